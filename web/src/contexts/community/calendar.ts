/** Days, weeks and months of the calendar. Pure; a day is an ISO date. */
import type { SessionItem } from '@/engine/answers'

const DAY = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The day so many days later. */
export function shift(day: string, days: number): string {
  return iso(at(day) + days * DAY)
}

/** The first day of the month so many months later. */
export function shiftMonth(day: string, months: number): string {
  const date = new Date(at(day))
  return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
}

/** The Monday of a day's week. */
export function monday(day: string): string {
  const weekday = (new Date(at(day)).getUTCDay() + 6) % 7
  return shift(day, -weekday)
}

/** The seven days of a day's week. */
export function week(day: string): string[] {
  const first = monday(day)
  return Array.from({ length: 7 }, (_, n) => shift(first, n))
}

/** The weeks that show a day's month, whole. */
export function month(day: string): string[][] {
  const weeks: string[][] = []
  const last = shift(shiftMonth(day, 1), -1)
  for (let first = monday(`${day.slice(0, 7)}-01`); first <= last; first = shift(first, 7)) weeks.push(week(first))
  return weeks
}

/** Sessions by their day, in order of time. */
export function byDay(sessions: SessionItem[]): Map<string, SessionItem[]> {
  const days = new Map<string, SessionItem[]>()
  const order = (session: SessionItem): string => `${session.day} ${session.start ?? ''}`
  for (const session of [...sessions].sort((a, b) => order(a).localeCompare(order(b)))) {
    days.set(session.day, [...(days.get(session.day) ?? []), session])
  }
  return days
}

/** `16:30–18:00`, `16:30`, or nothing. */
export function hours(item: { start: string | null; end: string | null }): string {
  if (!item.start) return ''
  return item.end ? `${item.start}–${item.end}` : item.start
}

/** Whole weeks from one day to a later one; 0 for less than a week. */
export function weeksUntil(from: string, to: string): number {
  return Math.max(0, Math.floor((at(to) - at(from)) / (7 * DAY)))
}

/** Days from one day to another. */
export function daysUntil(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / DAY)
}
