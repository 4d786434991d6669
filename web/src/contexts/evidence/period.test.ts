import { describe, expect, it } from 'vitest'
import { asked, partOf, yearOf } from './period'

describe('periods of a report', () => {
  const of = yearOf('2026-11-24')
  it('are asked for by their codes', () => {
    expect(asked(of)).toEqual({ period: '2026' })
    expect(asked({ ...of, level: 'half', which: 2 })).toEqual({ period: '2026-H2' })
    expect(asked({ ...of, level: 'quarter', which: 9 })).toEqual({ period: '2026-Q4' })
    expect(asked({ ...of, level: 'month', which: 3 })).toEqual({ period: '2026-03' })
    expect(asked({ ...of, level: 'days', from: '2026-03-01', to: '2026-03-09' })).toEqual({ from: '2026-03-01', to: '2026-03-09' })
  })
  it('are not asked for while they cannot be', () => {
    expect(asked({ ...of, level: 'days', from: '2026-03-02', to: '2026-03-01' })).toBeNull()
    expect(asked({ ...of, level: 'days', from: '', to: '2026-03-01' })).toBeNull()
    expect(asked({ ...of, year: 26 })).toBeNull()
    expect(asked({ ...of, year: Number.NaN })).toBeNull()
  })
  it('know the part of the year of a month', () => {
    expect([partOf('half', 6), partOf('half', 7), partOf('quarter', 3), partOf('quarter', 4), partOf('month', 12)]).toEqual([1, 2, 1, 2, 12])
  })
})
