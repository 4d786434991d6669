/** The shapes of the server's answers about trips and circles, by the names of its OpenAPI document. */
import type { Named } from './answers'
import type { SessionItem } from './gatherings'
import type { Id } from './ids'

/** Whom to call about a child. */
export interface GuardianItem {
  name: string
  /** A code of a tie; nothing where it was said in words. */
  kind: string
  phone: string
}

export interface TripChild {
  child: Named
  guardians: GuardianItem[]
  health: string
  consent: Id | null
  expected: boolean
  gone: boolean
  back: boolean
}

export interface TripDayItem {
  id: Id
  stage: 'open' | 'closed'
  children_per_adult: number
  leaders: Id[]
  adults: string[]
  log: string
  version: number
}

export interface TripPage {
  session: SessionItem
  purpose: 'trip' | 'camp'
  children_per_adult: number | null
  day: TripDayItem | null
  children: TripChild[]
  unnamed: number
  keep_until: string
}

/** A day that somebody leads today. */
export interface LedDay {
  session: Id
  title: string
  day: string
  children: number
}

export interface CircleCard {
  activity: Id
  title: string
  members: number
  member: boolean
}

export interface CircleNoteItem {
  id: Id
  words: string
  by: Id
  at: string
  shared_by: Id | null
  shared_at: string | null
  own: boolean
  version: number
}

export interface CirclePage {
  activity: Id
  title: string
  circle: { id: Id; members: Id[]; member: boolean; version: number } | null
  notes: CircleNoteItem[]
  meetings: { session: SessionItem; heads: number }[]
}
