/** The shapes of the server's answers about children in care, by the names of its OpenAPI document. */
import type { Named } from './answers'
import type { SessionItem, SignUpItem } from './gatherings'
import type { Id } from './ids'

/** A line of a child's list of who may take it home. */
export interface PickupItem {
  id: Id
  child: Id
  person: Named | null
  name: string
  relation: string
  phone: string
  from: string
  until: string | null
  given_by: string
  revoked_on: string | null
  revoked_why: string
  /** On the day that was asked for. */
  holds: boolean
  version: number
}

/** What to know of a child. */
export interface CareNoteItem {
  health: string
  guardian: string
  phone: string
  version: number
}

/** A child's time at a session. */
export interface CareItem {
  id: Id
  arrived: string
  left: string | null
  permission: Id | null
  taken_by: string
  why: string
  second: Id | null
  second_name: string
  late: number
  version: number
}

/** Whether a record that is made once is there. */
export type Once = 'never' | 'there' | 'withdrawn'

export interface CareChild {
  child: Named
  signup: Id | null
  standing: SignUpItem['standing'] | null
  line: number | null
  marked: Once
  arrival: Once
  care: CareItem | null
  permissions: PickupItem[]
  note: CareNoteItem
}

export interface CareList {
  session: SessionItem
  children: CareChild[]
  here: number
  left: number
  expected: number
  keep_until: string
}

export interface ChildCare {
  child: Named
  permissions: PickupItem[]
  note: CareNoteItem
}
