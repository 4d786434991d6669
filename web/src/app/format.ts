/** Dates, numbers and names in the chosen language. */
import type { PersonCard, Stated } from '@/engine/answers'
import { isChinese, t, words } from './i18n'
import { languageTag, settings } from './settings'

const tag = (): string => (isChinese() ? languageTag(settings.language) : 'en-GB')

/** The day of today here, ISO. */
export function today(): string {
  const now = new Date()
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 10)
}

/** `2026年11月24日 周二` / `Tue 24 Nov 2026`. */
export function day(iso: string | null | undefined, weekday = false): string {
  if (!iso) return ''
  const date = new Date(`${iso.slice(0, 10)}T12:00:00`)
  if (Number.isNaN(date.getTime())) return iso
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: isChinese() ? 'long' : 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(tag(), weekday ? { ...options, weekday: 'short' } : options).format(date)
}

/** Day and time. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return ''
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}

/** A date as it was said. */
export function stated(value: Stated | null | undefined): string {
  if (!value) return t('ui.unknown')
  switch (value.precision) {
    case 'day':
      return day(value.date)
    case 'month':
      return new Intl.DateTimeFormat(tag(), { year: 'numeric', month: 'long' }).format(new Date(value.year, value.month - 1, 15))
    case 'year':
      return t('stated.year', { year: value.year })
    case 'age':
      return t('stated.age', { years: value.years, on: day(value.on) })
    case 'nominal_age':
      return t('stated.nominal', { years: value.years, on: day(value.on) })
    case 'age_months':
      return t('stated.months', { months: value.months, on: day(value.on) })
    case 'lunar':
      return t('stated.lunar', { year: value.year, month: value.month, day: value.day ?? '', leap: value.leap ? t('stated.leap') : '' })
  }
}

/** `9 岁`, `8–9 岁`. */
export function age(range: { least: number; most: number } | null | undefined): string {
  if (!range) return t('ui.ageUnknown')
  if (range.least === range.most) return t('ui.age', { n: range.least })
  return t('ui.ageRange', { least: range.least, most: range.most })
}

export function sex(code: string | null | undefined): string {
  return words('sex', code ?? 'U')
}

/** One line under a name: sex, age, home. */
export function cardLine(card: PersonCard): string {
  return [card.sex === 'U' ? '' : sex(card.sex), age(card.age), card.home_text].filter(Boolean).join(' · ')
}

/** What somebody said, in quotation marks; not twice where they were typed along. */
export function quoted(text: string): string {
  if (/^[“"「『‘']/u.test(text.trim())) return text
  return settings.language === 'zh-Hant' ? `「${text}」` : `“${text}”`
}

/** What an account or a person is called, shortened for a round picture: the last character of a Han name. */
export function initial(name: string): string {
  const letters = [...name.trim()]
  const last = letters.at(-1) ?? '?'
  return /\p{Script=Han}/u.test(last) ? last : (letters[0] ?? '?').toUpperCase()
}

/** A count with its thousands set apart; what is kept back stays as it came. */
export function count(value: string | number | null | undefined): string {
  return typeof value === 'number' ? new Intl.NumberFormat(tag()).format(value) : (value ?? '')
}

/** A share that came as text or number, with a percent sign. */
export function percent(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  return `${String(value)} %`
}
