/** Activities in the fake server: kinds, sessions with their sign-ups, dishes, festivals, rules. */
import codes from '@/app/codes.zh'
import type { Dishes, Every, Festivals, KindItem, Plan, PlanItem, RulePreview, SessionItem, SignUpItem, Traits, Weekday } from '@/engine/answers'
import type { Json, JsonObject } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import { shift } from '@/contexts/community/calendar'
import english from '@/locales/en/codes'
import { ACCOUNTS } from './seed'
import type { Held, Own } from './journal'
import type { Views } from './views'

const NONE: Traits = { dishes: false, pick_up: false, consents: false, self_run: false }
const WITH: Record<string, Partial<Traits>> = {
  feast: { dishes: true }, after_school: { pick_up: true }, child_care: { pick_up: true }, trip: { consents: true }, camp: { consents: true }, circle: { self_run: true },
}
const WEEK: Weekday[] = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa']
const text = (held: Held, field: string): string | null => (typeof held.fields[field] === 'string' ? (held.fields[field] as string) : null)
const whole = (held: Held, field: string): number => Number(held.fields[field] ?? 0)

/** What the commands of sessions and sign-ups do. */
export const GATHERINGS: Record<string, Own> = {
  'activity.arrange': (held, body) => void (held.fields['plans'] = body['plans'] ?? [body['plan'] ?? null]),
  'session.move': (held, body) => {
    const { day = null, start = null, end = null } = held.fields
    Object.assign(held.fields, body['to'], { moved_from: { day, start, end }, changes: whole(held, 'changes') + 1 })
  },
  'session.cancel': (held, body) => void Object.assign(held.fields, { status: 'cancelled', why: body['why'] ?? '', changes: whole(held, 'changes') + 1 }),
  'session.revive': (held) => void Object.assign(held.fields, { status: 'planned', why: '', changes: whole(held, 'changes') + 1 }),
  'session.close': (held) => void (held.fields['status'] = 'closed'),
  'session.reopen': (held) => void (held.fields['status'] = 'planned'),
  'signup.lessen': (held, body) => void Object.assign(held.fields, body),
  'signup.cancel': (held) => void Object.assign(held.fields, { cancelled: true, admitted: false, came: false }),
  'signup.renew': (held, _, envelope) => void Object.assign(held.fields, { cancelled: false, place: Date.parse(envelope.at) }),
  'signup.admit': (held) => void (held.fields['admitted'] = true),
  'signup.come': (held) => void (held.fields['came'] = true),
  'signup.stay': (held) => void (held.fields['came'] = false),
  'signup.tell': (held, body) => void Object.assign(held.fields, body),
}

function of(views: Views, noun: string, session: Held): Held[] {
  return views.live(noun).filter((each) => text(each, 'session') === session.id)
}

/** Those who signed up, with their places by order of arrival. */
export function signups(views: Views, session: Held, capacity: number | null): SignUpItem[] {
  let seated = 0
  let line = 0
  const order = (held: Held): number => Number(held.fields['place'] ?? held.no)
  return of(views, 'signup', session).sort((a, b) => order(a) - order(b)).map((held) => {
    const heads = Number(held.fields['adults'] ?? 1) + whole(held, 'children')
    const [cancelled, came, admitted] = ['cancelled', 'came', 'admitted'].map((field) => held.fields[field] === true)
    const fits = line === 0 && (capacity === null || seated + heads <= capacity)
    const seat = !cancelled && (came || admitted || fits)
    if (seat) seated += heads
    else if (!cancelled) line += 1
    return {
      id: held.id, person: views.person(text(held, 'person')), nickname: text(held, 'nickname'), phone: text(held, 'phone'), adults: Number(held.fields['adults'] ?? 1),
      children: whole(held, 'children'), words: text(held, 'words') ?? '', standing: cancelled ? 'cancelled' : came ? 'came' : seat ? 'in' : 'waiting', line: !seat && !cancelled ? line : null,
      admitted: admitted === true, to_tell: !cancelled && whole(held, 'told') < whole(session, 'changes'), version: held.version,
    }
  })
}

/** A session with what is expected. */
export function session(views: Views, held: Held): SessionItem {
  const activity = views.get(text(held, 'activity'))
  const capacity = (held.fields['capacity'] ?? activity?.fields['capacity'] ?? null) as number | null
  const all = signups(views, held, capacity)
  const heads = (list: SignUpItem[]): number => list.reduce((sum, each) => sum + each.adults + each.children, 0)
  return {
    id: held.id, activity: text(held, 'activity') ?? '', title: text(held, 'title'), activity_title: activity ? (text(activity, 'title') ?? '') : '', activity_kind: activity ? (text(activity, 'kind') ?? 'other') : 'other',
    day: text(held, 'day') ?? '', start: text(held, 'start'), end: text(held, 'end'), place_text: text(held, 'place_text') ?? (activity ? (text(activity, 'place_text') ?? '') : ''), capacity,
    status: (text(held, 'status') ?? 'planned') as 'planned', why: text(held, 'why') ?? '', moved_from: (held.fields['moved_from'] ?? null) as SessionItem['moved_from'] & Json, changes: whole(held, 'changes'),
    expected: { seated: heads(all.filter((each) => each.standing === 'in' || each.standing === 'came')), waiting: heads(all.filter((each) => each.standing === 'waiting')), to_tell: all.filter((each) => each.to_tell).length },
    version: held.version,
  }
}

/** The kinds that come with the program, as the site changed them, and its own. */
export function kinds(views: Views): KindItem[] {
  const plain = Object.entries(codes.activityKind).map(([code, zh]): KindItem => ({
    code, zh, en: (english.activityKind as Record<string, string>)[code] ?? code, traits: { ...NONE, ...WITH[code] }, retired: false, own: false, record: derive(ACCOUNTS[0]!.id, `kind:${code}`), version: 0,
  }))
  const mine = views.live('activity_kind')
  const changed = plain.map((kind): KindItem => {
    const held = mine.find((each) => each.id === kind.record)
    return held ? { ...kind, ...(held.fields as Partial<KindItem>), code: kind.code, version: held.version } : kind
  })
  const own = mine.filter((each) => !plain.some((kind) => kind.record === each.id))
  return [...changed, ...own.map((held): KindItem => ({ zh: '', en: '', traits: NONE, retired: false, ...(held.fields as Partial<KindItem>), code: held.id, own: true, record: held.id, version: held.version }))]
}

/** Who brings what; those whose members are all eighty and older are not asked. */
export function dishes(views: Views, feast: Held): Dishes {
  const items = of(views, 'dish', feast).map((held) => {
    const household = views.get(text(held, 'household'))
    const members = household ? views.household(household).members : []
    const ages = members.map((member) => views.get(member.person)).map((person) => (person ? (views.card(person).age?.least ?? null) : null))
    const words = text(held, 'words') ?? ''
    const exempt = ages.length > 0 && ages.every((age) => age !== null && age >= 80)
    const asked = words !== '' ? ('brings' as const) : exempt ? ('exempt' as const) : ('ask' as const)
    return {
      id: held.id, household: text(held, 'household') ?? '', number: household ? (text(household, 'number') ?? '') : '', members: members.map((member) => ({ id: member.person, name: member.name ?? '' })),
      words, brought: held.fields['brought'] === true, asked, version: held.version,
    }
  })
  const count = (asked: string): number => items.filter((item) => item.asked === asked).length
  return { items, invited: items.length, brings: count('brings'), ask: count('ask'), exempt: count('exempt') }
}

function falls(every: Every, day: string): boolean {
  if (every.by === 'day') return true
  const at = new Date(`${day}T00:00:00Z`)
  return every.by === 'week' ? every.weekdays.includes(WEEK[at.getUTCDay()]!) : every.by === 'month_day' && every.day === at.getUTCDate()
}

function dates(plan: Plan): string[] {
  const { rule } = plan
  const found: string[] = []
  const most = Math.min(rule.count ?? 60, 60)
  for (let n = 0; n < 180 && found.length < most; n += 1) {
    const day = shift(rule.from, n)
    if (rule.until && day > rule.until) break
    if (falls(rule.every, day) && !rule.pauses.some((pause) => pause.from <= day && day <= pause.to)) found.push(day)
  }
  return found
}

/** A plan in words; simpler than the server's. */
export function plan(said: Plan): PlanItem {
  const hours = [said.start, said.end].filter(Boolean).join('–')
  const weekdays = said.rule.every.by === 'week' ? said.rule.every.weekdays.map((day) => '日一二三四五六'[WEEK.indexOf(day)]).join('、周') : ''
  const zh = weekdays ? `每周${weekdays} ${hours}` : `按规律 ${hours}`
  return { plan: said, words_zh: zh, words_en: `By a rule ${hours}`, made_until: dates(said).at(-1) ?? said.rule.from, goes_on: said.rule.until === null && said.rule.count === null }
}

export function preview(said: Plan): RulePreview {
  const all = dates(said)
  return { ...plan(said), days: all.slice(0, 12), total: all.length }
}

/** The sessions that an activity's rules want and that are not there yet, as bodies. */
export function missing(views: Views, activity: Held): JsonObject[] {
  const here = new Set(views.live('session').filter((each) => text(each, 'activity') === activity.id).map((each) => text(each, 'day')))
  const plans = (activity.fields['plans'] ?? []) as unknown as Plan[]
  return plans.flatMap((each) => dates(each).filter((day) => !here.has(day)).map((day) => ({ activity: activity.id, day, start: each.start, end: each.end, title: '' })))
}

/** Two festivals, so that both kinds are on the screen. */
export function festivals(today: string): Festivals {
  const feast = (code: string, zh: string, en: string, days: number | null): Festivals['items'][number] => {
    const day = days === null ? null : shift(today, days)
    return { code, name_zh: zh, name_en: en, peoples: [], here: true, day, last: day, late: 0, source_zh: '农历推算。', source_en: 'By the lunar calendar.', note_zh: '', note_en: '' }
  }
  const yi = { letters: 'YI', name_zh: '彝族', name_en: 'Yi' }
  return {
    items: [feast('laba', '腊八节', 'Laba', 9), feast('spring', '春节', 'Spring Festival', 30)],
    announced: [{ ...feast('yi_year', '彝族年', 'Yi New Year', null), here: false, peoples: [yi] }], peoples: [],
  }
}
