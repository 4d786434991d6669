/** From the list of sign-ups to the roll: whoever is expected is marked by one tap. Pure. */
import type { Group, SessionItem, SignUpItem } from '@/engine/answers'
import type { Draft, JsonObject } from '@/engine/envelope'
import { derive } from '@/engine/ids'

/** Adults and children besides the one who is named: the named one is an adult where there is any. */
export function company(item: Pick<SignUpItem, 'adults' | 'children'>): { adults: number; children: number } {
  return item.adults > 0 ? { adults: item.adults - 1, children: item.children } : { adults: 0, children: Math.max(0, item.children - 1) }
}

/**
 * The marks of a sign-up whose people are here, as one bundle: the person or the nickname, those who came along as
 * tallies that can be claimed later, and that they came. Ids follow from the sign-up, so that two phones mark once.
 */
export function arrivals(item: SignUpItem, session: Pick<SessionItem, 'id' | 'activity'>): Draft[] {
  const base = { session: session.id, activity: session.activity }
  const mark = (record: string, rest: JsonObject): Draft => ({ verb: 'participation.mark', record, body: { ...base, ...rest } })
  const child = item.adults === 0
  const group = (age: Group['age']): JsonObject => ({ migrant: null, age, sex: null })
  const drafts: Draft[] = item.person
    ? [mark(derive(session.id, `person:${item.person.id}`), { kind: 'person', person: item.person.id })]
    : [mark(derive(item.id, 'nickname'), { kind: 'nickname', nickname: item.nickname ?? '', group: group(child ? 'child' : 'adult') })]
  const { adults, children } = company(item)
  if (adults > 0) drafts.push(mark(derive(item.id, 'adults'), { kind: 'tally', count: adults, group: group('adult') }))
  if (children > 0) drafts.push(mark(derive(item.id, 'children'), { kind: 'tally', count: children, group: group('child') }))
  return [...drafts, { verb: 'signup.come', record: item.id, body: {} }]
}

/** What takes that back. */
export function departures(item: SignUpItem, session: Pick<SessionItem, 'id'>): Draft[] {
  const { adults, children } = company(item)
  const marks = [
    item.person ? derive(session.id, `person:${item.person.id}`) : derive(item.id, 'nickname'),
    ...(adults > 0 ? [derive(item.id, 'adults')] : []),
    ...(children > 0 ? [derive(item.id, 'children')] : []),
  ]
  return [...marks.map((record): Draft => ({ verb: 'participation.unmark', record, body: {} })), { verb: 'signup.stay', record: item.id, body: {} }]
}
