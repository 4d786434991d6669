/** The roll as it will be once this device's unsent commands are stored. Pure, so that offline marking is testable. */
import type { Mark, PersonCard, Roll } from '@/engine/answers'
import type { Envelope } from '@/engine/envelope'

/** Names for people who were marked on this device and whom the server's roll does not know yet. */
export interface Names {
  person(id: string): string
}

/** What the overlay needs of a command. */
export type Step = Pick<Envelope, 'verb' | 'record' | 'body' | 'at'>

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
    count: body['kind'] === 'tally' ? whole(body['count']) : 1,
    claims: [],
    version: 0,
  }
}

function step(marks: Mark[], envelope: Step, names: Names): Mark[] {
  const change = (edit: (mark: Mark) => Mark): Mark[] => marks.map((mark) => (mark.id === envelope.record ? edit(mark) : mark))
  switch (envelope.verb) {
    case 'participation.mark':
      return marks.some((mark) => mark.id === envelope.record) ? marks : [...marks, made(envelope, names)]
    case 'participation.unmark':
      return marks.filter((mark) => mark.id !== envelope.record)
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
  const marks = unsent.reduce<Mark[]>((state, envelope) => step(state, envelope, names), roll.marks)
  return { ...roll, marks, totals: totalsOf(marks) }
}

/** Who came before and is not marked yet. */
export function stillToMark(roll: Roll): PersonCard[] {
  const here = new Set(roll.marks.flatMap((mark) => [mark.person?.id ?? '', ...mark.claims.map((claim) => claim.person.id)]))
  return roll.suggestions.filter((card) => !here.has(card.id))
}
