import { describe, expect, it } from 'vitest'
import type { TripChild, TripPage } from '@/engine/answers'
import { fromParts } from '@/engine/ids'
import type { Step } from './roll'
import { adultsMissing, opening, overlayTrip, stillOut, tripDayId, withoutConsent } from './trip'

const SESSION = fromParts(1, 1n)
const ACTIVITY = fromParts(1, 2n)
const child = (n: bigint, consent: string | null): TripChild => ({ child: { id: fromParts(1, n), name: `孩子${n}` }, guardians: [], health: '', consent, expected: true, gone: false, back: false })
const [first, second] = [child(3n, fromParts(1, 9n)), child(4n, null)]
const session = { id: SESSION, activity: ACTIVITY, title: '', day: '2026-11-24', start: null, end: null }
const page: TripPage = {
  session, purpose: 'trip', children_per_adult: 5, unnamed: 0, keep_until: '2026-11-24', children: [first, second],
  day: { id: tripDayId(SESSION), stage: 'open', children_per_adult: 5, leaders: [], adults: [], log: '', version: 1 },
}
const step = (verb: string, body: Step['body'], record = tripDayId(SESSION)): Step => ({ verb, record, body, at: '' })

describe('before a day begins', () => {
  it('says how many adults are missing', () => {
    expect([adultsMissing(10, 2, 5), adultsMissing(11, 2, 5), adultsMissing(0, 0, 5), adultsMissing(3, 1, null)]).toEqual([0, 1, 0, null])
  })

  it('says whose consent is missing, and sends only those there are', () => {
    expect(withoutConsent(page.children)).toEqual([second])
    const body = opening({ ...page, day: null }, page.children, ['a'], ['张阿姨'])
    expect(body).toMatchObject({ children: [first.child.id, second.child.id], consents: [first.consent], leaders: ['a'], adults: ['张阿姨'], children_per_adult: 5 })
  })
})

describe('a day on this device', () => {
  it('knows who left and who was counted back', () => {
    const left = overlayTrip(page, [step('trip_day.leave', { person: first.child.id, words: '奶奶' })])
    expect(stillOut(left.children, new Set())).toEqual([second])
    const closed = overlayTrip(left, [step('trip_day.close', { back: [first.child.id, second.child.id] })])
    expect([closed.day?.stage, closed.children.map((each) => each.back)]).toEqual(['closed', [false, true]])
  })

  it('leaves other days alone', () => {
    expect(overlayTrip(page, [step('trip_day.close', { back: [] }, tripDayId(ACTIVITY))])).toEqual(page)
  })
})
