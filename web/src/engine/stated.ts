/** Dates as they were said: from form fields to the wire and back, without making them more exact than they were. */
import type { Stated } from './answers'

/** How exactly a date is known. */
export type Precision = Stated['precision']

export const PRECISIONS: Precision[] = ['day', 'month', 'year', 'age', 'nominal_age', 'lunar']

/** The real last day of a month. */
export function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month)
}

/**
 * Reads what somebody typed: `2015-3-5`, `2015.3.5`, `20150305`, `2015年3月`, `2015`, `8岁`. Returns null where the
 * text is none of these or names a day that does not exist.
 */
export function readStated(text: string, today: string): Stated | null {
  const plain = text.normalize('NFKC').trim()
  const age = /^([虚虛])?[岁歲]?\s*(\d{1,3})\s*(?:[周週]?[岁歲]|years?( old)?|y)$/i.exec(plain)
  if (age) {
    const years = Number(age[2])
    if (years > 130) return null
    return age[1] ? { precision: 'nominal_age', years, on: today } : { precision: 'age', years, on: today }
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  const parts = compact ?? /^(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?$/.exec(plain)
  if (!parts) return null
  const year = Number(parts[1])
  if (year < 1880 || year > Number(today.slice(0, 4))) return null
  if (parts[2] === undefined) return { precision: 'year', year }
  const month = Number(parts[2])
  if (month < 1 || month > 12) return null
  if (parts[3] === undefined) return { precision: 'month', year, month }
  const day = Number(parts[3])
  if (day < 1 || day > lastDay(year, month)) return null
  return { precision: 'day', date: `${String(year)}-${two(month)}-${two(day)}` }
}

/** The text that {@link readStated} reads back. */
export function writeStated(stated: Stated | null): string {
  switch (stated?.precision) {
    case 'day':
      return stated.date
    case 'month':
      return `${String(stated.year)}-${two(stated.month)}`
    case 'year':
      return String(stated.year)
    case 'age':
      return `${String(stated.years)}岁`
    case 'nominal_age':
      return `虚${String(stated.years)}岁`
    default:
      return ''
  }
}

/** Whole years on a day, at least and at most; null where nothing is known. */
export function ageOn(stated: Stated | null, day: string): { least: number; most: number } | null {
  switch (stated?.precision) {
    case 'day':
      return same(between(stated.date, day))
    case 'month': {
      const month = `${String(stated.year)}-${two(stated.month)}`
      const end = `${month}-${two(lastDay(stated.year, stated.month))}`
      return { least: between(end, day), most: between(`${month}-01`, day) }
    }
    case 'year':
      return { least: between(`${String(stated.year)}-12-31`, day), most: between(`${String(stated.year)}-01-01`, day) }
    case 'age': {
      const since = between(stated.on, day)
      return { least: stated.years + since, most: stated.years + since + (stated.on === day ? 0 : 1) }
    }
    case 'nominal_age': {
      const since = between(stated.on, day)
      return { least: Math.max(0, stated.years - 2 + since), most: stated.years + since }
    }
    default:
      return null
  }
}

function same(age: number): { least: number; most: number } {
  return { least: age, most: age }
}

/** Completed years between two days. */
function between(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
