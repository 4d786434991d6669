/** A visit as it is being written down, and the commands that it comes to: one entry, many effects. */
import type { Lock } from '@/engine/answers'
import type { Draft, Json, JsonObject } from '@/engine/envelope'
import type { Id } from '@/engine/ids'

/** Somebody who was met. */
export interface Met {
  id: Id
  name: string
  isNew: boolean
}

/** A need as it was heard; asked for at once where there is an owner. */
export interface HeardNeed {
  code: string
  tag: Id | null
  words: string
  person: Id | null
  ask: boolean
  owner: Id | null
  due: string
}

/** Somebody who took part for the centre, and for how long. */
export interface Helper {
  id: Id
  name: string
  account: boolean
  minutes: number | string | null
}

/** Something that was given. */
export interface Given {
  item: Id
  name: string
  count: number | string
  person: Id | null
}

/** The form. */
export interface Visit {
  kind: string | null
  day: string
  minutes: number | string | null
  place: Id | null
  placeText: string
  note: string
  lock: string | null
  sharedWith: Id[]
  met: Met[]
  household: Id | null
  needs: HeardNeed[]
  helpers: Helper[]
  given: Given[]
  followUp: string
}

/** An empty form. */
export function blankVisit(today: string): Visit {
  return {
    kind: 'visit', day: today, minutes: null, place: null, placeText: '', note: '', lock: 'sealed', sharedWith: [], met: [], household: null, needs: [], helpers: [],
    given: [], followUp: '',
  }
}

/** Nothing in it that anybody would miss; `opened` is whom the form was opened for. */
export function isBlank(form: Visit, opened: Id | undefined): boolean {
  const nobody = form.met.every((one) => one.id === opened)
  return nobody && form.note === '' && form.needs.length === 0 && form.placeText === '' && form.helpers.length === 0 && form.given.length === 0 && form.followUp === ''
}

/** How long somebody is said to have helped where they did not say: as long as the visit, or an hour. */
export const HOUR = 60

function whole(value: number | string | null): number | null {
  const number = value === null || value === '' ? Number.NaN : Number(value)
  return Number.isInteger(number) ? number : null
}

interface Made {
  encounter: Id
  account: Id | null
  follows: Id | null
  purpose: string
  id: () => Id
}

/** The commands of the entry, in the order in which they build on each other. */
export function draftsOf(form: Visit, made: Made): Draft[] {
  const { encounter } = made
  const people: Draft[] = form.met
    .filter((one) => one.isNew)
    .map((one) => ({ verb: 'person.create', record: one.id, body: { names: [{ kind: 'nickname', text: one.name }], sex: 'U' } }))
  const minutes = whole(form.minutes)
  const body: JsonObject = {
    kind: form.kind, day: form.day, minutes, persons: form.met.map((one) => one.id), household: form.household, worker: made.account, place_text: form.placeText.trim(),
    note: form.note.trim(), place: form.place, lock: form.lock as Lock, shared_with: form.lock === 'shared' ? form.sharedWith : [],
    workers: form.helpers.filter((one) => one.account).map((one) => one.id), volunteers: form.helpers.filter((one) => !one.account).map((one) => one.id),
    follow_up: form.followUp || null, follows: made.follows,
  }
  const entry: Draft[] = [...people, { verb: 'encounter.record', record: encounter, body }]
  if (made.follows) entry.push({ verb: 'encounter.followed', record: made.follows })
  for (const need of form.needs) entry.push(...needDrafts(need, form, made))
  for (const one of form.given) {
    const whom = one.person ?? form.met[0]?.id
    const to: JsonObject = whom ? { persons: [whom] } : { household: form.household }
    entry.push({ verb: 'item.give', record: one.item, body: { count: Number(one.count), encounter, day: form.day, ...to } })
  }
  for (const one of form.helpers) {
    const long = whole(one.minutes) ?? minutes ?? HOUR
    if (long < 1) continue
    const who: JsonObject = one.account ? { account: one.id } : { person: one.id }
    entry.push({ verb: 'hours.log', record: made.id(), body: { ...who, minutes: long, day: form.day, purpose: made.purpose, encounter } })
  }
  return entry
}

function needDrafts(need: HeardNeed, form: Visit, made: Made): Draft[] {
  const record = made.id()
  const person = need.person ?? form.met[0]?.id ?? null
  const told = { code: need.code, words: need.words.trim(), person }
  const heard: Draft = { verb: 'need.hear', record, body: { ...told, tag: need.tag, encounter: made.encounter } }
  if (!need.ask) return [heard]
  const asked: Json = { ...told, words: need.words.trim(), need: record, owner: need.owner ?? made.account, due: need.due || null }
  return [heard, { verb: 'request.ask', record: made.id(), body: asked as JsonObject }, { verb: 'need.ask', record }]
}
