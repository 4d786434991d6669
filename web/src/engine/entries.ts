/** The shapes of what an entry comes to: encounters, gifts, hours, and whom nobody has been to for long. */
import type { Named, NeedItem, RequestItem } from './answers'
import type { JsonObject } from './envelope'
import type { Id } from './ids'
import type { Staying } from './stays'

export interface EncounterItem {
  id: Id
  kind: string
  day: string
  minutes: number | null
  persons: Named[]
  household: Id | null
  worker: Named
  place_text: string | null
  /** Null where the reader may not read it. */
  note: string | null
  version: number
  /** What came of it: `met`, or that it was tried in vain. This and what follows older answers kept on the device lack. */
  outcome?: string
  workers?: Named[]
  volunteers?: Named[]
  place?: Named | null
  lock?: Lock
  shared_with?: Named[]
  may_lock?: boolean
  follow_up?: string | null
  followed?: boolean
  follows?: Id | null
}

/** Who reads a note besides its author and the manager. */
export type Lock = 'sealed' | 'shared' | 'team'

export interface EncounterPage {
  encounter: EncounterItem
  needs: NeedItem[]
  requests?: RequestItem[]
  gifts?: GiftItem[]
  hours?: HoursItem[]
  /** The commands that take the whole entry back. */
  undo?: { verb: string; record: Id; body: JsonObject }[]
}

export interface NeedTag {
  id: Id
  code: string
  own: boolean
  zh: string
  en: string
  retired: boolean
  version: number
}

export interface ItemCard {
  id: Id
  name: string
  place: Named | null
  place_text: string
  count: number
  given: number
  version: number
}

export interface GiftItem {
  gift: Id
  item: Id
  name: string
  count: number
  persons: Named[]
  household: Id | null
  encounter: Id | null
  day: string
  by: Named
}

export interface ItemPage {
  item: ItemCard
  gifts: GiftItem[]
}

export interface HoursItem {
  id: Id
  account: Named | null
  person: Named | null
  minutes: number
  day: string
  purpose: string
  encounter: Id | null
  activity: Id | null
  version: number
}

export interface HoursPage {
  items: HoursItem[]
  next: string | null
  sums: { who: Named; account: boolean; minutes: number; times: number }[]
}

/** Somebody, or some place, whom nobody has been to for long. */
export interface Unseen {
  who: Named
  day: string | null
  days: number | null
  age: number | null
}

export interface Attention {
  watch: { person_days: number; community_days: number; elder_days: number }
  people: Unseen[]
  more_people: boolean
  communities: Unseen[]
  elders: Unseen[]
  more_elders: boolean
  staying: Staying[]
}

/** An incident of discrimination; nobody is named. */
export interface IncidentItem {
  id: Id
  kind: string
  place: Named | null
  place_text: string
  day: string
  words: string | null
  version: number
}

/** Three or more incidents alike at one place. */
export interface Pattern {
  kind: string
  place: Named | null
  place_text: string
  incidents: number
  first: string
  last: string
}

export interface IncidentPage {
  items: IncidentItem[]
  next: string | null
  patterns: Pattern[]
}

export interface LeafletPage {
  items: { id: Id; title: string; place: Named | null; place_text: string; day: string; copies: number; languages: string[]; version: number }[]
  next: string | null
  sums: { title: string; copies: number }[]
  copies: number
}

/** What people said, and what was done. */
export interface BoardItem {
  id: Id
  code: string
  said: string
  voices: number
  status: string
  did: string
  changed_on: string | null
  place: Named | null
  public: boolean
  version: number
}

export interface Ladder {
  dimension: string
  name_zh: string
  name_en: string
  steps: { step: number; words_zh: string; words_en: string }[]
}

export interface GroupChange {
  activity: Named | null
  dimension: string
  people: number | null
  last: (number | null)[] | null
  first_mean: number | null
  last_mean: number | null
}
