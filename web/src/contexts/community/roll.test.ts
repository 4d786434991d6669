import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Roll } from '@/engine/answers'
import type { Envelope, JsonObject } from '@/engine/envelope'
import { derive, fromParts } from '@/engine/ids'
import { FakeJournal } from '@/fake/journal'
import { Views } from '@/fake/views'
import { counters, families, groupKey, ofSession, opens, overlayRoll, stillExpected, stillToMark, toLower, totalsOf } from './roll'

const SESSION = fromParts(1, 1n)
const ACTIVITY = fromParts(1, 2n)
const PEOPLE = [3n, 4n, 5n].map((n) => fromParts(1, n))
const empty: Roll = {
  session: { id: SESSION, activity: ACTIVITY, title: '', activity_title: '读书会', day: '2026-11-24', start: null, end: null },
  activity: null, marks: [], totals: { people: 0, participations: 0, households: 0, anonymous: 0 }, suggestions: [],
}
const names = { person: (id: string) => id }
let count = 10n
function command(verb: string, record: string, body: JsonObject = {}): Envelope {
  count += 1n
  return { id: fromParts(2, count), verb, record, base: null, at: '2026-11-24T08:00:00Z', device: 'a', bundle: null, reason: null, body }
}
const mark = (person: string): Envelope => command('participation.mark', derive(SESSION, `person:${person}`), { session: SESSION, activity: ACTIVITY, kind: 'person', person })
const tally = derive(SESSION, 'tally')

describe('the roll on this device', () => {
  it('counts a person marked on two phones once', () => {
    const roll = overlayRoll(empty, [mark(PEOPLE[0]!), mark(PEOPLE[0]!), mark(PEOPLE[1]!)], names)
    expect(roll.totals).toEqual({ people: 2, participations: 2, households: 0, anonymous: 0 })
  })

  it('names one of a tally later without changing the heads', () => {
    const counted = overlayRoll(empty, [command('participation.mark', tally, { session: SESSION, kind: 'tally', count: 6 })], names)
    const claimed = overlayRoll(counted, [command('participation.claim', tally, { person: PEOPLE[0]! })], names)
    expect(counted.totals.participations).toBe(6)
    expect(claimed.totals).toEqual({ people: 1, participations: 6, households: 0, anonymous: 5 })
    const fewer = overlayRoll(claimed, [command('participation.adjust', tally, { by: -9 })], names)
    expect(fewer.totals.participations).toBe(1)
  })

  it('takes a mark back', () => {
    const one = mark(PEOPLE[2]!)
    expect(overlayRoll(empty, [one, command('participation.unmark', one.record)], names).marks).toEqual([])
    const back = [one, command('participation.unmark', one.record), command('participation.restore', one.record)]
    expect(overlayRoll(empty, back, names).totals.people).toBe(1)
  })

  it('suggests only those who are not here yet', () => {
    const card = { id: PEOPLE[0]!, no: 1, name: '李娜', names: [], sex: 'F' as const, birth: null, age: null, phones_tail: [], household: null, home_text: '', merged_into: null }
    const roll = { ...empty, suggestions: [card, { ...card, id: PEOPLE[1]! }] }
    expect(stillToMark(overlayRoll(roll, [mark(PEOPLE[0]!)], names)).map((each) => each.id)).toEqual([PEOPLE[1]])
  })

  it('offers the families that the roll lends beside those that are read, each once, and opens no page of theirs', () => {
    const card = { id: PEOPLE[0]!, no: 1, name: '李娜', names: [], sex: 'F' as const, birth: null, age: null, phones_tail: [], household: { id: 'home', number: 'A1' }, home_text: '', merged_into: null }
    const member = { id: PEOPLE[1]!, name: '小军' }
    const home = { id: 'lent', number: 'B2', members: [member] }
    const lent = { people: [PEOPLE[1]!], households: [home, { id: 'home', number: 'A1', members: [] }, { id: 'here', number: 'C3', members: [] }] }
    const here = { id: 'm', kind: 'household' as const, person: null, household: 'here', nickname: null, count: 0, claims: [], version: 1 }
    expect(families([card], lent, [here])).toEqual([{ id: 'home', number: 'A1', names: ['李娜'] }, { ...home, names: ['小军'] }])
    expect([opens(lent, PEOPLE[0]!), opens(lent, PEOPLE[1]!), opens(lent, 'lent'), opens(undefined, PEOPLE[1]!)]).toEqual([true, false, false, true])
  })

  it('adds up what two phones count of a group, and lowers its own first', () => {
    const group = { migrant: true, age: 'child', sex: 'F' } as const
    const [mine, theirs] = ['a', 'b'].map((phone) => derive(SESSION, `tally:${phone}:${groupKey(group)}`)) as [string, string]
    const counted = overlayRoll(empty, [
      command('participation.mark', mine, { session: SESSION, kind: 'tally', count: 2, group }),
      command('participation.mark', theirs, { session: SESSION, kind: 'tally', count: 3, group }),
      command('participation.claim', theirs, { person: PEOPLE[0]! }),
    ], names)
    const counter = counters(counted.marks).get('migrant:child:F')
    expect([counter?.count, counter?.claimed, counted.totals.participations]).toEqual([5, 1, 5])
    expect(toLower(counter, mine)?.id).toBe(mine)
    expect(toLower({ ...counter!, marks: counter!.marks.filter((mark) => mark.id === theirs) }, mine)?.id).toBe(theirs)
    expect(toLower(undefined, mine)).toBeNull()
    expect(groupKey(null)).toBe('any:any:any')
  })

  it('knows who is still expected', () => {
    const item = (id: string, standing: 'in' | 'waiting' | 'came' | 'cancelled') => ({ id, person: { id, name: id }, nickname: null, phone: null, adults: 1, children: 0, words: '', standing, line: null, admitted: false, to_tell: false, version: 1 })
    const roll = { ...empty, signups: [item(PEOPLE[2]!, 'waiting'), item(PEOPLE[0]!, 'in'), item(PEOPLE[1]!, 'cancelled')] }
    expect(stillExpected(roll).map((each) => each.id)).toEqual([PEOPLE[0], PEOPLE[2]])
    const here = overlayRoll(roll, [mark(PEOPLE[0]!), command('signup.come', PEOPLE[0]!)], names)
    expect(stillExpected(here).map((each) => each.id)).toEqual([PEOPLE[2]])
    expect(here.signups?.[1]?.standing).toBe('came')
  })

  it('knows its own commands, also those about a record that no answer holds yet', () => {
    const more = command('participation.adjust', tally, { by: 1 })
    const start = command('participation.mark', tally, { session: SESSION, activity: ACTIVITY, kind: 'tally', count: 1 })
    const elsewhere = command('participation.mark', derive(ACTIVITY, 'tally'), { session: ACTIVITY, kind: 'tally', count: 1 })
    const posted = [start, elsewhere, more, command('participation.adjust', elsewhere.record, { by: 1 })].map((envelope) => ({ record: envelope.record, envelope }))
    const verbs = (held: Map<string, number>): string[] => ofSession(posted, SESSION, held).map(({ envelope }) => `${envelope.verb} ${envelope.record}`)
    expect(verbs(new Map())).toEqual([`participation.mark ${tally}`, `participation.adjust ${tally}`])
    expect(ofSession(posted.slice(2), SESSION, new Map())).toEqual([])
    expect(ofSession(posted.slice(2), SESSION, new Map([[tally, 1]]))).toEqual([posted[2]])
  })

  it('guesses what the server will say', () => {
    const steps = fc.array(fc.oneof(
      fc.nat({ max: 2 }).map((n) => mark(PEOPLE[n]!)),
      fc.nat({ max: 2 }).map((n) => command('participation.unmark', derive(SESSION, `person:${PEOPLE[n]!}`))),
      fc.integer({ min: -2, max: 3 }).map((by) => command('participation.adjust', tally, { by })),
    ), { maxLength: 20 })
    fc.assert(fc.property(steps, (envelopes) => {
      const journal = new FakeJournal(() => 1)
      const start = command('participation.mark', tally, { session: SESSION, activity: ACTIVITY, kind: 'tally', count: 2 })
      journal.run([...PEOPLE.map((id) => command('person.create', id, { names: [] })), start], PEOPLE[0]!)
      const kept = envelopes.filter((envelope) => journal.run([envelope], PEOPLE[0]!)[0]?.outcome === 'applied')
      const views = new Views(journal, '2026-11-24')
      const guess = overlayRoll(empty, [start, ...kept], names)
      expect(guess.totals).toEqual(totalsOf(views.live('participation').map((held) => views.mark(held))))
    }), { seed: 3 })
  })
})
