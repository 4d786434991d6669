/** Periods of a report: a year, a half, a quarter, a month by its code, or two days. */
export type Level = 'year' | 'half' | 'quarter' | 'month' | 'days'

export interface Choice {
  level: Level
  year: number
  /** Which half, quarter or month of the year, from 1 on. */
  which: number
  from: string
  to: string
}

const PARTS: Record<Level, number> = { year: 1, half: 2, quarter: 4, month: 12, days: 1 }

/** How many of them a year has. */
export function parts(level: Level): number {
  return PARTS[level]
}

/** The part of the year that a month is in. */
export function partOf(level: Level, month: number): number {
  return Math.floor(((month - 1) * parts(level)) / 12) + 1
}

/** The choice that a day begins with: its year. */
export function yearOf(day: string): Choice {
  const year = Number(day.slice(0, 4))
  return { level: 'year', year, which: 1, from: `${year}-01-01`, to: day }
}

/** What the server is asked for; nothing while the choice is not complete. */
export function asked(choice: Choice): Record<string, string> | null {
  const { level, year, which, from, to } = choice
  if (level === 'days') return from && to && from <= to ? { from, to } : null
  if (!Number.isInteger(year) || year < 1900 || year > 2200) return null
  const number = Math.min(Math.max(which, 1), parts(level))
  const code = { year: `${year}`, half: `${year}-H${number}`, quarter: `${year}-Q${number}`, month: `${year}-${String(number).padStart(2, '0')}` }[level]
  return { period: code }
}

/** Which records are behind a table's rows: what is counted and by what, from its title. */
export const BEHIND: Record<string, { of: string; by: string }> = {
  'Participations by month': { of: 'participations', by: 'month' },
  'People by month': { of: 'people', by: 'month' },
  'Sessions by month': { of: 'sessions', by: 'month' },
  'Participations by kind of activity': { of: 'participations', by: 'kind' },
  'People by kind of activity': { of: 'people', by: 'kind' },
  'Families by kind of activity': { of: 'households', by: 'kind' },
  'Sessions by kind of activity': { of: 'sessions', by: 'kind' },
  'People by sex': { of: 'people', by: 'sex' },
  'Participations by sex': { of: 'participations', by: 'sex' },
  'People by age': { of: 'people', by: 'age' },
  'Participations by age': { of: 'participations', by: 'age' },
  'People by home province': { of: 'people', by: 'province' },
  'Visits and calls': { of: 'encounters', by: 'kind' },
  'Requests asked': { of: 'requests', by: 'kind' },
}
