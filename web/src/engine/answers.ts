/** The shapes of the server's answers, by the names of its OpenAPI document. */
import type { Json, JsonObject } from './envelope'
import type { Id } from './ids'

/** A page of a list. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export type Role = 'manager' | 'worker' | 'volunteer' | 'coordinator' | 'auditor' | 'operator'

export interface Session {
  signed_in: boolean
  setup_needed: boolean
  csrf: string | null
  account: { id: Id; login: string; display: string; role: Role; lang: string; totp: boolean } | null
  site: { id: Id; name: string; lang: string; timezone: string } | null
  may: string[]
  version: string
}

/** A date as it was said, with its precision. */
export type Stated =
  | { precision: 'day'; date: string }
  | { precision: 'month'; year: number; month: number }
  | { precision: 'year'; year: number }
  | { precision: 'age'; years: number; on: string }
  | { precision: 'nominal_age'; years: number; on: string }
  | { precision: 'age_months'; months: number; on: string }
  | { precision: 'lunar'; year: number; month: number; leap?: boolean; day?: number | null }

export type NameKind = 'birth' | 'usual' | 'nickname' | 'pen' | 'romanised' | 'former'

export interface Name {
  kind: NameKind
  text: string
}

export interface PersonCard {
  id: Id
  no: number
  name: string
  names: Name[]
  sex: 'F' | 'M' | 'U'
  birth: Stated | null
  age: { least: number; most: number } | null
  phones_tail: string[]
  household: { id: Id; number: string } | null
  home_text: string
  merged_into: Id | null
  why?: string | null
}

export interface Meta {
  version: number
  created: string
  changed: string
  made_by: Id
  retracted: boolean
  erased: boolean
  stamps: Record<string, number>
}

export interface SetAside {
  command: Id
  field: string
  value: Json
  by: Id
  device: string
  at: string
}

export interface Member {
  person: Id
  name: string | null
  role: string
  from: Stated | null
  to: Stated | null
}

export interface HouseholdView {
  id: Id
  number: string
  address: string | null
  members: Member[]
}

export interface HouseholdPage {
  household: JsonObject & { id: Id }
  meta: Meta
  set_aside: SetAside[]
  members: Member[]
}

export interface TimelineItem {
  kind: 'participation' | 'encounter' | 'need' | 'request'
  id: Id
  day: string
  title: string
  status?: string | null
  /** Which kind of encounter. */
  of?: string
  /** Which kind of need. */
  code?: string
}

export interface PersonView {
  person: JsonObject
  meta: Meta
  set_aside: SetAside[]
  households: HouseholdView[]
  stays: (JsonObject & { id: Id })[]
  ties: { id: Id; kind: string; other: { id: Id; name: string | null }; direction: 'out' | 'in' }[]
  timeline: TimelineItem[]
  merged: PersonCard[]
  minor: boolean
}

export interface RecordView {
  noun: string
  id: Id
  fields: JsonObject
  meta: Meta
  set_aside: SetAside[]
}

export interface HistoryItem {
  position: number
  at: string
  stored: string
  by: { id: Id; display: string }
  device: string
  verb: string
  reason: string | null
  before: JsonObject
  after: JsonObject
}

export interface DuplicatePair {
  a: PersonCard
  b: PersonCard
  probability: number
  decision: 'auto' | 'review'
  reasons: { field: string; level: string; weight: number; words_zh: string; words_en: string }[]
}

export interface ConflictItem {
  noun: string
  record: Id
  label: string
  field: string
  current: Json
  aside: SetAside
}

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
  zh: string
  en: string
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

export interface SessionPage {
  session: SessionItem
  activity: ActivityItem | null
  signups: SignUpItem[]
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
  zh: string
  en: string
  peoples: { letters: string; zh: string; en: string }[]
  here: boolean
  day: string | null
  last: string | null
  late: number
  source_zh: string
  source_en: string
  note_zh: string
  note_en: string
}

export interface Festivals {
  items: FestivalItem[]
  announced: FestivalItem[]
  peoples: string[]
}

export interface Named {
  id: Id
  /** Empty where the reader may not read it. */
  name: string
}

export interface Mark {
  id: Id
  kind: 'person' | 'household' | 'nickname' | 'tally'
  person: { id: Id; name: string } | null
  household: Id | null
  nickname: string | null
  group?: Group | null
  count: number
  claims: { person: Named; at: string }[]
  version: number
}

/** What was seen of people nobody knows. */
export interface Group {
  migrant: boolean | null
  age: 'child' | 'adult' | null
  sex: 'F' | 'M' | null
}

export interface Roll {
  session: SessionItem
  activity: ActivityItem | null
  marks: Mark[]
  totals: { people: number; participations: number; households: number; anonymous: number }
  groups?: (Group & { participations: number })[]
  signups?: SignUpItem[]
  suggestions: PersonCard[]
}

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
}

export interface EncounterPage {
  encounter: EncounterItem
  needs: NeedItem[]
}

export interface NeedItem {
  id: Id
  code: string
  words: string | null
  status: string
  person: Named | null
  encounter: Id | null
  created: string
  version: number
  from_remark?: boolean
}

export interface RequestItem {
  id: Id
  code: string
  words: string | null
  status: string
  person: Named | null
  need: Id | null
  owner: Named
  due: string | null
  outcome: string | null
  version: number
}

export interface Today {
  day: string
  sessions: SessionItem[]
  requests_due: RequestItem[]
  requests_overdue: RequestItem[]
  needs_open: number
  conflicts: number
}

export interface ReportRow {
  key: string
  label_zh: string
  label_en: string
  /** `"<5"` where small cells are suppressed. */
  count: number | string
  pct?: string | number | null
  pct_of_known?: string | number | null
}

export interface ReportBlock {
  title_zh: string
  title_en: string
  unit: string
  denominator: number | string
  rows: ReportRow[]
  unknown: number | string
  definition_zh?: string
  definition_en?: string
}

export interface Roster {
  definition_zh: string
  definition_en: string
  as_of?: string
  people: { total: number | string }
  children?: { total: number | string; unknown_age?: number | string }
  blocks: ReportBlock[]
}

export interface ParticipationReport {
  month?: string
  participations: number | string
  people: number | string
  households: number | string
  anonymous: number | string
  anonymous_pct: string | number | null
  sessions: number | string
  by_kind: ReportRow[]
  by_sex: ReportRow[]
  by_age: ReportRow[]
  definition_zh?: string
  definition_en?: string
  blocks?: ReportBlock[]
}

export interface ImportSheet {
  name: string
  visible: boolean
  role: string
  rows: number
  chosen: boolean
  mapping: { column: string; header: string; field: string | null; sure: number }[]
}

export type ImportState = 'reading' | 'preview' | 'applying' | 'done' | 'undone' | 'failed' | 'cancelled'
export type ImportRule = 'auto_only' | 'all_same' | 'all_new' | 'skip_doubtful'
export type ImportChoice = 'same' | 'new' | 'skip'

export interface ImportView {
  id: Id
  file: string
  state: ImportState
  rule: ImportRule
  /** While something runs. */
  progress: { done: number; total: number } | null
  problem: string | null
  /** An earlier import of the same file. */
  again: Id | null
  sheets: ImportSheet[]
  counts: Record<'rows' | 'clean' | 'fix' | 'flag' | 'refuse' | 'duplicates' | 'review' | 'new' | 'same' | 'skip' | 'known', number>
  entered: { persons_made: number; persons_known: number; records_made: number; left: number }
  failed: { sheet: string; row: number; why: string }[]
}

export interface ImportRow {
  row: number
  values: JsonObject
  issues: { cell: string; field: string; code: string; severity: 'fix' | 'flag' | 'refuse'; message: string }[]
  /** It was imported before. */
  known: Id | null
  duplicate: {
    person: Id | null
    sheet: string | null
    row: number | null
    name: string
    probability: number
    auto: boolean
    reasons: { words_zh: string; words_en: string; weight: number }[]
  } | null
  decision: ImportChoice
  decided: boolean
}

export interface AccountItem {
  id: Id
  login?: string
  display: string
  role?: Role
  active?: boolean
  lang?: string
  version?: number
}

export interface JournalItem {
  position: number
  at: string
  by: { id: Id; display: string } | null
  verb: string
  noun: string
  record: Id
  device: string
}

export interface PlaceList {
  divisions: { code: string; name: string; path: string }[]
  places: { id: Id; name: string; kind: string; within: string | null }[]
}
