/** Who stays over a festival, by the names of the OpenAPI document. */
import type { SessionItem, SignUpItem } from './gatherings'
import type { Named } from './answers'
import type { Id } from './ids'

export type StayAnswer = 'stays_alone' | 'not_asked' | 'stays_with' | 'goes_home'
export type MealAnswer = 'not_asked' | 'yes' | 'no'

export interface Relative {
  who: Named
  child: boolean
  elder: boolean
  phones: string[]
  stay: { id: Id; expected_back: string | null; version: number } | null
}

export interface StayItem {
  id: Id
  household: Id | null
  number: string
  person: Id | null
  members: Relative[]
  answer: StayAnswer
  from: string | null
  back: string | null
  with_household: Named | null
  with_person: Named | null
  with_words: string
  people: number | null
  children: number | null
  meal: MealAnswer
  words: string
  signup: { id: Id; standing: SignUpItem['standing']; version: number } | null
  version: number
}

/** Households, people without one, and people: units that are not added to each other. */
export interface StayCount {
  households: number
  single: number
  people: number
  children: number
  untold: number
}

export interface StayTotals {
  stays_alone: StayCount
  stays_with: StayCount
  goes_home: StayCount
  invited: StayCount
  comes: StayCount
  not_asked: number
  not_asked_single: number
}

export interface FestivalOption {
  code: string
  year: number
  name_zh: string
  name_en: string
  day: string
  eve: string
  days: number
  offered: boolean
}

export interface StayList {
  festival: FestivalOption
  meal: SessionItem | null
  meal_version: number
  items: StayItem[]
  more: boolean
  totals: StayTotals
}

/** A festival of the next three weeks over which somebody stays by themselves, or was not asked yet. */
export interface Staying {
  festival: string
  year: number
  name_zh: string
  name_en: string
  eve: string
  days: number
  alone: { household: Id | null; number: string; members: Named[] }[]
  more: boolean
  not_asked: number
  not_asked_single: number
}
