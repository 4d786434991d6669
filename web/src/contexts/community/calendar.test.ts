import { describe, expect, it } from 'vitest'
import { byDay, hours, month, monday, shift, shiftMonth, week, weeksUntil } from './calendar'

describe('the calendar', () => {
  it('knows weeks that begin on Monday', () => {
    expect(monday('2026-11-24')).toBe('2026-11-23')
    expect(monday('2026-11-29')).toBe('2026-11-23')
    expect(week('2026-11-24')).toHaveLength(7)
    expect(week('2027-01-01')[0]).toBe('2026-12-28')
  })

  it('shows a month in whole weeks', () => {
    const november = month('2026-11-24')
    expect([november.length, november[0]?.[0], november.at(-1)?.[6]]).toEqual([6, '2026-10-26', '2026-12-06'])
    expect(month('2027-02-10').flat()).toHaveLength(28)
    expect(month('2024-02-29').flat()).toContain('2024-02-29')
  })

  it('moves by days and months', () => {
    expect(shift('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftMonth('2026-01-31', 1)).toBe('2026-02-01')
    expect(shiftMonth('2026-11-24', -11)).toBe('2025-12-01')
    expect(weeksUntil('2026-09-04', '2026-09-25')).toBe(3)
    expect(weeksUntil('2026-09-25', '2026-09-04')).toBe(0)
  })

  it('puts sessions into their days by time', () => {
    const at = (day: string, start: string | null, id: string) => ({ id, activity: '', title: '', day, start, end: null })
    const days = byDay([at('2026-11-24', '18:30', 'b'), at('2026-11-24', null, 'a'), at('2026-11-23', '09:00', 'c')])
    expect([...days.keys()]).toEqual(['2026-11-23', '2026-11-24'])
    expect(days.get('2026-11-24')?.map((each) => each.id)).toEqual(['a', 'b'])
    expect([hours({ start: '16:30', end: '18:00' }), hours({ start: '16:30', end: null }), hours({ start: null, end: null })]).toEqual(['16:30–18:00', '16:30', ''])
  })
})
