/** The list of a festival as it will be once this device's unsent commands are stored, and what a tap sends. Pure. */
import type { HouseholdView, MealAnswer, Relative, StayAnswer, StayCount, StayItem, StayList, StayTotals } from '@/engine/answers'
import type { Draft, JsonObject } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import type { Step } from './roll'

/** The order of the list: who is alone stands first. */
export const ANSWERS: StayAnswer[] = ['stays_alone', 'not_asked', 'stays_with', 'goes_home']

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const whole = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The record of what a household, or a person without one, said. */
export const stayId = (who: string, festival: string, year: number): string => derive(who, `festival:${festival}:${year}`)
/** The record of a festival's shared meal. */
export const mealId = (site: string, festival: string, year: number): string => derive(site, `festival_meal:${festival}:${year}`)

export const whoOf = (item: StayItem): string => item.household ?? item.person ?? ''
export const stays = (answer: StayAnswer): boolean => answer === 'stays_alone' || answer === 'stays_with'

/** Who signs up for the others: the first grown-up, else the first. */
export const guestOf = (item: StayItem): Relative | null => item.members.find((each) => !each.child) ?? item.members[0] ?? null

/** The sign-up of a household for a session. */
export function signupOf(item: StayItem, session: string): string | null {
  const guest = guestOf(item)
  return item.signup?.id ?? (guest ? derive(session, `signup:${guest.who.id}`) : null)
}

/** What was said before, for taking a tap back. */
export const said = (item: StayItem): JsonObject => ({
  answer: item.answer, from: item.from, back: item.back, with_household: item.with_household?.id ?? null, with_person: item.with_person?.id ?? null,
  with_words: item.with_words, people: item.people, children: item.children, meal: item.meal, words: item.words,
})

/** One entry of the list; a household that nobody has listed yet is listed first, by an id that any phone would give it. */
export function entry(item: StayItem, list: StayList, body: JsonObject): Draft[] {
  const { code, year } = list.festival
  const who: JsonObject = item.household ? { household: item.household } : { person: item.person }
  const amend: Draft = { verb: 'festival_stay.amend', record: item.id, base: Math.max(item.version, 1), body }
  return item.version === 0 ? [{ verb: 'festival_stay.list', record: item.id, body: { festival: code, year, ...who } }, amend] : [amend]
}

/** What a tap on an answer notes: those who stay are all of the household unless somebody said otherwise. */
export function tapped(item: StayItem, answer: StayAnswer): JsonObject {
  if (answer === 'goes_home') return { answer, back: item.members.map((each) => each.stay?.expected_back ?? null).find((day) => day !== null) ?? null }
  if (!stays(answer)) return { answer }
  return { answer, people: item.people ?? (item.members.length || null), children: item.children ?? (item.members.length ? item.members.filter((each) => each.child).length : null) }
}

/** Whether they come to the meal, and the sign-up that follows from it where a session is linked. */
export function atMeal(item: StayItem, list: StayList, meal: MealAnswer): Draft[] {
  return [...entry(item, list, { meal }), ...signingUp(item, list, meal)]
}

/** The sign-up that follows from what they said of the meal. */
export function signingUp(item: StayItem, list: StayList, meal: MealAnswer): Draft[] {
  const session = list.meal
  const guest = guestOf(item)
  if (!session || !guest) return []
  const record = signupOf(item, session.id) ?? ''
  const standing = item.signup?.standing ?? null
  if (meal !== 'yes') return standing === 'in' || standing === 'waiting' ? [{ verb: 'signup.cancel', record, body: {} }] : []
  if (standing === 'cancelled') return [{ verb: 'signup.renew', record, body: { session: session.id } }]
  if (standing !== null) return []
  const all = item.people || item.members.length
  const children = Math.min(all, item.children ?? item.members.filter((each) => each.child).length)
  const body = { session: session.id, activity: session.activity, person: guest.who.id, adults: all - children, children, told: session.changes ?? 0 }
  return [{ verb: 'signup.make', record, body }]
}

/** When they are back, noted in the stays here of those who have one: one entry, not two. */
export function returns(item: StayItem, back: string): Draft[] {
  return item.members.flatMap(({ stay }) =>
    stay && stay.expected_back !== back ? [{ verb: 'stay.amend', record: stay.id, base: stay.version, body: { expected_back: { precision: 'day', date: back } } }] : [])
}

const blank: Omit<StayItem, 'id'> = {
  household: null, number: '', person: null, members: [], answer: 'not_asked', from: null, back: null, with_household: null, with_person: null, with_words: '',
  people: null, children: null, meal: 'not_asked', words: '', signup: null, version: 0,
}

/** A household that is on nobody's list yet. */
export function fresh(household: HouseholdView, list: StayList): StayItem {
  const now = household.members.filter((each) => !each.to)
  const members = now.map((each) => ({ who: { id: each.person, name: each.name ?? '' }, child: each.role === 'child' || each.role === 'grandchild', elder: false, phones: [], stay: null }))
  return { ...blank, id: stayId(household.id, list.festival.code, list.festival.year), household: household.id, number: household.number, members }
}

function amended(item: StayItem, body: JsonObject): StayItem {
  // The version is the server's: what this device changed since is no conflict, and a step may be laid over it twice.
  const next: StayItem = { ...item, version: Math.max(1, item.version) }
  const named = (value: unknown, old: StayItem['with_household']): StayItem['with_household'] => (textOrNull(value) === null ? null : old?.id === value ? old : { id: text(value), name: '' })
  if ('answer' in body) next.answer = text(body['answer']) as StayAnswer
  if ('meal' in body) next.meal = text(body['meal']) as MealAnswer
  for (const key of ['from', 'back'] as const) if (key in body) next[key] = textOrNull(body[key])
  for (const key of ['people', 'children'] as const) if (key in body) next[key] = whole(body[key])
  for (const key of ['words', 'with_words'] as const) if (key in body) next[key] = text(body[key]).trim()
  for (const key of ['with_household', 'with_person'] as const) if (key in body) next[key] = named(body[key], item[key])
  if (next.answer !== 'goes_home') Object.assign(next, { from: null, back: null })
  if (next.answer !== 'stays_with') Object.assign(next, { with_household: null, with_person: null, with_words: '' })
  if (!stays(next.answer)) Object.assign(next, { people: null, children: null })
  return next
}

function after(item: StayItem, step: Step, session: string | null): StayItem {
  if (step.record === item.id) {
    if (step.verb === 'festival_stay.list') return { ...item, version: Math.max(1, item.version) }
    return step.verb === 'festival_stay.amend' ? amended(item, step.body) : item
  }
  const signup = session ? signupOf(item, session) : null
  if (signup !== null && step.record === signup) {
    if (step.verb === 'signup.make' || step.verb === 'signup.renew') return { ...item, signup: { id: signup, standing: 'in', version: 0 } }
    return step.verb === 'signup.cancel' ? { ...item, signup: { id: signup, standing: 'cancelled', version: 0 } } : item
  }
  const back = step.verb === 'stay.amend' ? text((step.body['expected_back'] as JsonObject | undefined)?.['date']) : ''
  if (back === '' || !item.members.some((each) => each.stay?.id === step.record)) return item
  const members = item.members.map((each) => (each.stay?.id === step.record ? { ...each, stay: { ...each.stay, expected_back: back } } : each))
  return { ...item, members }
}

const none = (): StayCount => ({ households: 0, single: 0, people: 0, children: 0, untold: 0 })

function add(count: StayCount, item: StayItem): void {
  if (item.household) count.households += 1
  else count.single += 1
  if (item.people !== null) {
    count.people += item.people
    count.children += item.children ?? 0
  } else if (item.household && stays(item.answer)) count.untold += 1
  else {
    count.people += Math.max(item.members.length, item.household ? 0 : 1)
    count.children += item.members.filter((each) => each.child).length
  }
}

/** The sums of a list; `unasked` are those not asked yet that the list does not hold. */
export function totalsOf(items: StayItem[], unasked: { households: number; single: number }): StayTotals {
  const totals: StayTotals = { stays_alone: none(), stays_with: none(), goes_home: none(), invited: none(), comes: none(), not_asked: unasked.households, not_asked_single: unasked.single }
  for (const item of items) {
    if (item.answer !== 'not_asked') add(totals[item.answer], item)
    else if (item.household) totals.not_asked += 1
    else totals.not_asked_single += 1
    if (item.meal !== 'not_asked') add(totals.invited, item)
    if (item.meal === 'yes') add(totals.comes, item)
  }
  return totals
}

/** Lays unsent commands over the server's list; `known` are households that this device added to it. */
export function overlayStays(list: StayList, steps: Step[], known: Map<string, HouseholdView>): StayList {
  if (steps.length === 0) return list
  const shown = totalsOf(list.items, { households: 0, single: 0 })
  const unasked = { households: list.totals.not_asked - shown.not_asked, single: list.totals.not_asked_single - shown.not_asked_single }
  let { items } = list
  for (const step of steps) {
    const household = known.get(text(step.body['household']))
    if (step.verb === 'festival_stay.list' && household && !items.some((each) => each.id === step.record)) items = [...items, fresh(household, list)]
    items = items.map((each) => after(each, step, list.meal?.id ?? null))
  }
  const place = (item: StayItem): number => ANSWERS.indexOf(item.answer)
  items = [...items].sort((a, b) => place(a) - place(b) || Number(a.household === null) - Number(b.household === null) || (a.number < b.number ? -1 : Number(a.number > b.number)))
  return { ...list, items, totals: totalsOf(items, unasked) }
}
