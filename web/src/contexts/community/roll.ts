/** The roll as it will be once this device's unsent commands are stored. Pure, so that offline marking is testable. */
import type { Group, Lent, Mark, PersonCard, Roll, SignUpItem } from '@/engine/answers'
import type { Envelope } from '@/engine/envelope'

/** Names for people who were marked on this device and whom the server's roll does not know yet. */
export interface Names {
  person(id: string): string
}

/** What the overlay needs of a command. */
export type Step = Pick<Envelope, 'verb' | 'record' | 'body' | 'at'>

/**
 * The commands about a session, in order: those that name it, and those about a record that the answer holds or that one of
 * them made. A count goes up by a command that names nothing but the record, which the answer may not hold yet.
 */
export function ofSession<T extends { record: string; envelope: Pick<Step, 'body'> }>(posted: T[], session: string, held: ReadonlyMap<string, number>): T[] {
  const records = new Set(held.keys())
  return posted.filter(({ record, envelope }) => {
    const about = records.has(record) || envelope.body['session'] === session
    if (about) records.add(record)
    return about
  })
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const whole = (value: unknown): number => (typeof value === 'number' ? value : 0)

function made(envelope: Step, names: Names): Mark {
  const { body } = envelope
  const person = text(body['person'])
  const household = text(body['household'])
  return {
    id: envelope.record,
    kind: (text(body['kind']) ?? 'person') as Mark['kind'],
    person: person === null ? null : { id: person, name: names.person(person) },
    household,
    nickname: text(body['nickname']),
    group: (body['group'] ?? null) as Group | null,
    count: body['kind'] === 'tally' ? whole(body['count']) : 1,
    claims: [],
    version: 0,
  }
}

function step(marks: Mark[], envelope: Step, names: Names, gone: Map<string, Mark>): Mark[] {
  const change = (edit: (mark: Mark) => Mark): Mark[] => marks.map((mark) => (mark.id === envelope.record ? edit(mark) : mark))
  switch (envelope.verb) {
    case 'participation.mark':
      return marks.some((mark) => mark.id === envelope.record) ? marks : [...marks, made(envelope, names)]
    case 'participation.unmark':
      for (const mark of marks.filter(({ id }) => id === envelope.record)) gone.set(mark.id, mark)
      return marks.filter((mark) => mark.id !== envelope.record)
    case 'participation.restore': {
      const back = gone.get(envelope.record)
      return back && !marks.some((mark) => mark.id === back.id) ? [...marks, back] : marks
    }
    case 'participation.adjust':
      return change((mark) => ({ ...mark, count: Math.max(mark.claims.length, mark.count + whole(envelope.body['by'])) }))
    case 'participation.claim': {
      const person = text(envelope.body['person']) ?? ''
      return change((mark) => ({ ...mark, claims: [...mark.claims, { person: { id: person, name: names.person(person) }, at: envelope.at }] }))
    }
    case 'participation.unclaim':
      return change((mark) => ({ ...mark, claims: mark.claims.filter((claim) => claim.person.id !== envelope.body['person']) }))
    default:
      return marks
  }
}

/** Heads: people by name, nicknames and tallies; a household mark counts a household and nobody's head. */
export function totalsOf(marks: Mark[]): Roll['totals'] {
  const people = new Set<string>()
  const households = new Set<string>()
  let anonymous = 0
  for (const mark of marks) {
    if (mark.household) households.add(mark.household)
    if (mark.person) people.add(mark.person.id)
    for (const claim of mark.claims) people.add(claim.person.id)
    if (mark.kind === 'nickname' || mark.kind === 'tally') anonymous += Math.max(0, mark.count - mark.claims.length)
  }
  return { people: people.size, participations: people.size + anonymous, households: households.size, anonymous }
}

/** Lays unsent commands over the server's roll. */
export function overlayRoll(roll: Roll, unsent: Step[], names: Names): Roll {
  if (unsent.length === 0) return roll
  const gone = new Map<string, Mark>()
  const marks = unsent.reduce<Mark[]>((state, envelope) => step(state, envelope, names, gone), roll.marks)
  const signups = unsent.reduce<SignUpItem[]>(arrival, roll.signups ?? [])
  return { ...roll, marks, signups, totals: totalsOf(marks) }
}

function arrival(signups: SignUpItem[], envelope: Step): SignUpItem[] {
  const standing = envelope.verb === 'signup.come' ? 'came' : envelope.verb === 'signup.stay' ? 'in' : null
  return standing ? signups.map((item) => (item.id === envelope.record ? { ...item, standing } : item)) : signups
}

/** A group of people nobody knows, as the key of a counter. */
export function groupKey(group: Group | null | undefined): string {
  const migrant = group?.migrant
  return [migrant === true ? 'migrant' : migrant === false ? 'local' : 'any', group?.age ?? 'any', group?.sex ?? 'any'].join(':')
}

/** What is counted of a group: every phone counts in a tally of its own, and all of them are added up. */
export interface Counter {
  count: number
  /** Those of them who were recognised. */
  claimed: number
  marks: Mark[]
}

/** The tallies of a roll by group. */
export function counters(marks: Mark[]): Map<string, Counter> {
  const all = new Map<string, Counter>()
  for (const mark of marks.filter((each) => each.kind === 'tally')) {
    const key = groupKey(mark.group)
    const before = all.get(key) ?? { count: 0, claimed: 0, marks: [] }
    all.set(key, { count: before.count + mark.count, claimed: before.claimed + mark.claims.length, marks: [...before.marks, mark] })
  }
  return all
}

/** The tally to lower by one: this phone's own first, else another that has somebody nobody recognised. */
export function toLower(counter: Counter | undefined, own: string): Mark | null {
  const spare = (counter?.marks ?? []).filter((mark) => mark.count > mark.claims.length)
  return spare.find((mark) => mark.id === own) ?? spare[0] ?? null
}

/** Who signed up and is not here yet, those with a place first. */
export function stillExpected(roll: Roll): SignUpItem[] {
  const here = new Set(roll.marks.map((mark) => mark.person?.id ?? ''))
  const open = (roll.signups ?? []).filter((item) => (item.standing === 'in' || item.standing === 'waiting') && !here.has(item.person?.id ?? '-'))
  return [...open.filter((item) => item.standing === 'in'), ...open.filter((item) => item.standing === 'waiting')]
}

/** Whether the reader may open a person's or a household's page, and not only mark it by this roll. */
export function opens(lent: Lent | undefined, id: string): boolean {
  return !lent?.people.includes(id) && !lent?.households.some((each) => each.id === id)
}

/** A family that can be marked by one tap. */
export interface Family {
  id: string
  number: string
  names: string[]
  /** Its members, where the reader knows them by the roll alone; else they are read from its page. */
  members?: { id: string; name: string }[]
}

/** The families of those who came the last times, and those that the roll lends, but for those marked. */
export function families(suggestions: PersonCard[], lent: Lent | undefined, marks: Mark[]): Family[] {
  const marked = new Set(marks.map((mark) => mark.household))
  const all = new Map<string, Family>()
  for (const card of suggestions) {
    if (!card.household || marked.has(card.household.id)) continue
    const family = all.get(card.household.id) ?? { ...card.household, names: [] }
    family.names.push(card.name)
    all.set(card.household.id, family)
  }
  for (const { id, number, members } of lent?.households ?? []) {
    if (!marked.has(id) && !all.has(id)) all.set(id, { id, number, names: members.map((each) => each.name), members })
  }
  return [...all.values()]
}

/** Who came before and is not marked yet. */
export function stillToMark(roll: Roll): PersonCard[] {
  const expected = (roll.signups ?? []).filter((item) => item.standing !== 'cancelled').map((item) => item.person?.id ?? '')
  const here = new Set([...roll.marks.flatMap((mark) => [mark.person?.id ?? '', ...mark.claims.map((claim) => claim.person.id)]), ...expected])
  return roll.suggestions.filter((card) => !here.has(card.id))
}
