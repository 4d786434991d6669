/** The shapes of the server's answers about activities, by the names of its OpenAPI document. */
import type { Named } from './answers'
import type { Id } from './ids'

/** What goes with activities of a kind. */
export interface Traits {
  dishes: boolean
  pick_up: boolean
  consents: boolean
  self_run: boolean
}

export interface KindItem {
  code: string
  zh: string
  en: string
  traits: Traits
  children_per_adult?: number | null
  retired: boolean
  own: boolean
  record: Id
  version: number
}

export type Weekday = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su'

export type Every =
  | { by: 'day' }
  | { by: 'week'; weekdays: Weekday[] }
  | { by: 'month_day'; day: number }
  | { by: 'month_weekday'; nth: number; weekday: Weekday }
  | { by: 'year'; month: number; day: number }
  | { by: 'lunar_year'; month: number; day: number }

export interface Rule {
  every: Every
  interval: number
  from: string
  until: string | null
  count: number | null
  pauses: { from: string; to: string; words: string }[]
}

/** A rule with its time of day. */
export interface Plan {
  rule: Rule
  start: string | null
  end: string | null
}

export interface PlanItem {
  plan: Plan
  words_zh: string
  words_en: string
  made_until: string
  goes_on: boolean
}

export interface RulePreview extends PlanItem {
  days: string[]
  total: number
}

export interface ActivityItem {
  id: Id
  title: string
  kind: string
  words?: string
  place?: string | null
  place_text?: string | null
  capacity?: number | null
  children_per_adult?: number | null
  staff?: Id[]
  volunteers?: Id[]
  public?: boolean
  plans?: PlanItem[]
  sessions?: number
  last_day?: string | null
  version?: number
}

export interface When {
  day: string
  start: string | null
  end: string | null
}

export interface SessionItem {
  id: Id
  activity: Id
  title: string | null
  activity_title?: string
  activity_kind?: string
  day: string
  start: string | null
  end: string | null
  place_text?: string
  capacity?: number | null
  status?: 'planned' | 'closed' | 'cancelled'
  why?: string
  moved_from?: When | null
  slot?: string | null
  changes?: number
  /** In heads; to_tell in sign-ups. */
  expected?: { seated: number; waiting: number; to_tell: number }
  version?: number
}

export interface SignUpItem {
  id: Id
  person: Named | null
  nickname: string | null
  phone: string | null
  adults: number
  children: number
  words: string
  standing: 'in' | 'waiting' | 'came' | 'cancelled'
  line: number | null
  admitted: boolean
  to_tell: boolean
  version: number
}

/** What a reader knows by a roll alone: names to mark by, pages that stay closed to it. */
export interface Lent {
  people: Id[]
  households: { id: Id; number: string; members: Named[] }[]
}

export interface SessionPage {
  session: SessionItem
  activity: ActivityItem | null
  signups: SignUpItem[]
  /** Left out of answers kept on the device by an older version. */
  lent?: Lent
}

export interface DishItem {
  id: Id
  household: Id
  number: string
  members: Named[]
  words: string
  brought: boolean
  asked: 'ask' | 'brings' | 'exempt'
  version: number
}

export interface Dishes {
  items: DishItem[]
  invited: number
  brings: number
  ask: number
  exempt: number
}

export interface FestivalItem {
  code: string
  name_zh: string
  name_en: string
  peoples: { letters: string; name_zh: string; name_en: string }[]
  here: boolean
  day: string | null
  last: string | null
  late: number
  source_zh: string
  source_en: string
  note_zh: string
  note_en: string
}

/** Participations by where people are from; pairs of children. */
export interface Mix {
  migrant: number
  local: number
  unknown: number
  pairs: number
  pairs_again: number
  definition_zh: string
  definition_en: string
}

export interface Festivals {
  items: FestivalItem[]
  announced: FestivalItem[]
  peoples: string[]
}
