import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Every, Plan } from '@/engine/answers'
import { blank, fromPlan, toPlan, weekdayOf, WEEKDAYS } from './rule'

const every: fc.Arbitrary<Every> = fc.oneof(
  fc.constant<Every>({ by: 'day' }),
  fc.subarray(WEEKDAYS, { minLength: 1 }).map((weekdays): Every => ({ by: 'week', weekdays })),
  fc.integer({ min: 1, max: 31 }).map((day): Every => ({ by: 'month_day', day })),
  fc.tuple(fc.constantFrom(-1, 1, 2, 3, 4, 5), fc.constantFrom(...WEEKDAYS)).map(([nth, weekday]): Every => ({ by: 'month_weekday', nth, weekday })),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([month, day]): Every => ({ by: 'year', month, day })),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 })).map(([month, day]): Every => ({ by: 'lunar_year', month, day })),
)
const plan: fc.Arbitrary<Plan> = fc.record({
  rule: fc.record({
    every, interval: fc.integer({ min: 1, max: 9 }), from: fc.constant('2026-11-24'), until: fc.constantFrom(null, '2027-01-15'), count: fc.constant<number | null>(null),
    pauses: fc.constantFrom([], [{ from: '2027-01-01', to: '2027-01-03', words: '元旦' }]),
  }),
  start: fc.constantFrom(null, '16:30'), end: fc.constantFrom(null, '18:00'),
})

describe('the form of a rule', () => {
  it('gives back the rule it was filled from', () => {
    fc.assert(fc.property(plan, (one) => {
      expect(toPlan(fromPlan(one))).toEqual(one)
    }), { seed: 7 })
  })

  it('starts on the weekday of the day', () => {
    expect(weekdayOf('2026-11-24')).toBe('tu')
    expect(toPlan(blank('2026-11-28'))).toMatchObject({ rule: { every: { by: 'week', weekdays: ['sa'] }, until: null, count: null }, start: null })
  })

  it('leaves out one day by its first alone', () => {
    const form = { ...blank('2026-11-24'), pauses: [{ from: '2026-12-01', to: '', words: '' }, { from: '', to: '', words: '' }] }
    expect(toPlan(form).rule.pauses).toEqual([{ from: '2026-12-01', to: '2026-12-01', words: '' }])
  })
})
