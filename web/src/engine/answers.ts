/** The shapes of the server's answers, by the names of its OpenAPI document. */
import type { Json, JsonObject } from './envelope'
import type { ActivityItem, Lent, SessionItem, SignUpItem } from './gatherings'
import type { Id } from './ids'
import type { Attention, EncounterItem, Pattern } from './entries'

export type * from './entries'

export type * from './gatherings'

export type * from './care'

export type * from './stays'

export type * from './trips'

export type * from './works'

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
  kind: 'participation' | 'encounter' | 'need' | 'request' | 'referral' | 'gift' | 'hours'
  id: Id
  day: string
  title: string
  status?: string | null
  /** Which kind of encounter. */
  of?: string
  /** Which kind of need. */
  code?: string
  /** They were there as a volunteer. */
  volunteered?: boolean
  /** How many pieces. */
  count?: number
  /** How long. */
  minutes?: number
  /** At which encounter. */
  encounter?: Id | null
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
  /** Left out of answers kept on the device by an older version. */
  consents?: ConsentItem[]
}

/** A line of the ledger of consents. */
export interface ConsentItem {
  id: Id
  person: Id
  purpose: string
  words: string
  recipient: string
  organisation: Id | null
  fields: string[]
  relation: string
  by: Named | null
  by_name: string
  own_answer: string
  proof: string
  witness: Id | null
  witness_name: string
  note: string
  given_on: string
  expires_on: string | null
  withdrawn_on: string | null
  withdrawn_why: string
  standing: 'in_force' | 'expired' | 'withdrawn' | 'unwilling'
  version: number
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
  set_aside: string[]
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
  lent?: Lent
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
  tag?: Named | null
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
  created?: string
  follow_up?: string | null
  followed?: boolean
  referred?: boolean
}

export interface Today {
  day: string
  sessions: SessionItem[]
  requests_due: RequestItem[]
  requests_overdue: RequestItem[]
  /** Left out of answers kept on the device by an older version. */
  referrals_unanswered?: ReferralItem[]
  needs_open: number
  conflicts: number
  follow_ups?: EncounterItem[]
  request_follow_ups?: RequestItem[]
  attention?: Attention
  patterns?: Pattern[]
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
  /** Whether rows and unknown add up to the denominator. */
  adds_up?: boolean
  definition_zh?: string
  definition_en?: string
}

export interface PeriodTotals {
  participations: number | string
  people: number | string
  households: number | string
  anonymous: number | string
  anonymous_pct: string | null
  sessions: number | string
  encounters: number | string
  requests: number | string
}

export interface PeriodReport {
  period: string
  from: string
  to: string
  definition_zh: string
  definition_en: string
  totals: PeriodTotals
  previous: { period: string; from: string; to: string; totals: PeriodTotals } | null
  answers: {
    asked: number | string
    answered: number | string
    dropped: number | string
    open: number | string
    median_days: number | null
    median_waiting: number | null
    definition_zh: string
    definition_en: string
  }
  blocks: ReportBlock[]
}

export interface BehindFigure {
  total: number
  items: { noun: string; id: string; name: string; day: string | null; kind: string | null; count: number }[]
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
  /** What kind of sheet it is. */
  kind: ImportKind
  mapping: { column: string; header: string; field: string | null; sure: number }[]
  /** The activity that a roll or a list of sign-ups is about. */
  title: string
  /** The day that sign-ups are for. */
  day: string | null
  /** Signs of a roll that nobody explained, with how many cells have them. */
  signs: Record<string, number>
}

export type ImportKind = 'children' | 'household' | 'people' | 'visits' | 'signups' | 'roll' | 'other'

/** What goes where on a sheet of a form. */
export interface FormPointing {
  sheet: string
  first_row: number
  last_row: number
  /** Field by letters of the column. */
  columns: Record<string, string>
  /** Figure by name of the cell. */
  cells: Record<string, string>
}

export interface FormFilling {
  id: Id
  at: number
  from: string
  to: string
  people: number
  new: number
  changed: number
  gone: number
}

/** A workbook of another office that is filled in. */
export interface FormView {
  id: Id
  file: string
  pointings: FormPointing[]
  fillings: FormFilling[]
  sheets: string[]
  fields: { code: string; words: string }[]
  figures: { code: string; words: string }[]
  parts: { code: string; words: string }[]
}

export interface FormGrid {
  sheet: string
  columns: string[]
  height: number
  rows: { row: number; cells: { column: string; text: string; span?: [number, number]; formula: boolean }[] }[]
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
  places: { id: Id; name: string; kind: string; within: string | null; rounds?: boolean }[]
}

/** When somebody last made sure of an organisation. */
export interface VerifiedView {
  on: string | null
  by: Named | null
  days: number | null
  stale: boolean
}

export interface OrganisationItem {
  id: Id
  name: string
  group: string
  phone: string
  services: string[]
  verified: VerifiedView
}

export interface ContactView {
  post: string
  name: string
  phone: string
  hours: string
}

export interface ServiceItem {
  id: Id
  what: string
  code: string
  for_whom: string
  location: string
  hours: string
  cost: string
  capacity: number | null
  free: number | null
  free_on: string | null
  version: number
}

export interface OrganisationPage {
  id: Id
  name: string
  also: string[]
  group: string
  about: string
  address: string
  phone: string
  hours: string
  contacts: ContactView[]
  places: Named[]
  area: string
  services: ServiceItem[]
  verified: VerifiedView
  version: number
}

export type ReferralStatus = 'sent' | 'accepted' | 'declined' | 'done' | 'unanswered' | 'cancelled'

export interface ReferralItem {
  id: Id
  person: Named
  code: string
  organisation: Named
  service: Named | null
  owner: Named
  sent: string
  days: number
  due: string
  late: boolean
  status: ReferralStatus
  answered_on: string | null
  slip: string
  version: number
}

export interface Told {
  group: string
  text: string
}

export interface ReferralPage extends ReferralItem {
  need: Id | null
  request: Id | null
  consent: Id
  consent_holds: boolean
  told: Told[]
  replies: { answer: string; words: string; via: string; at: string }[]
  closed_why: string
  follow_up: Id | null
  link_until: string | null
  viewed: string[]
}

/** Told once. */
export interface LinkView {
  path: string
  code: string
  until: string
}
