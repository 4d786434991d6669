/**
 * What a device keeps, one database per account: a draft or an unsent command never crosses from one account to
 * another, because it lives in another database.
 */
import Dexie, { type Table } from 'dexie'
import type { Envelope, Json, JsonObject, Receipt } from './envelope'
import type { Id } from './ids'

/** Where a command of the outbox stands. */
export type Standing = 'unsent' | 'stored' | 'conflict' | 'refused'

/** A command in the outbox. */
export interface Posted {
  /** Order of making. */
  seq?: number
  id: Id
  record: Id
  standing: Standing
  envelope: Envelope
  receipt: Receipt | null
  /** When this device heard of the receipt, in milliseconds; older rows lack it. */
  settled?: number
  /** What it is, in the words of the screen that made it. */
  label: string
  /** Makes a record whose id follows from what it is about: that it is there already is what was wanted. */
  once?: boolean
}

/** A record as the server last told it. */
export interface Known {
  noun: string
  id: Id
  version: number
  fields: JsonObject
  retracted: boolean
}

/** An answer of the server, kept for when there is no connection. */
export interface Kept {
  path: string
  /** When it was asked for, in milliseconds. */
  at: number
  body: Json
  /** The last day on which this device keeps it; for good where nothing is said. */
  until?: string
}

/** A form that was begun. */
export interface SavedDraft {
  key: string
  at: number
  body: Json
}

/** Somebody's card, for finding people without a connection. */
export interface KeptCard {
  id: Id
  at: number
  card: JsonObject
}

/** The tables of one account on this device. */
export class DeviceDatabase extends Dexie {
  outbox!: Table<Posted, number>
  records!: Table<Known, [string, string]>
  answers!: Table<Kept, string>
  drafts!: Table<SavedDraft, string>
  cards!: Table<KeptCard, string>
  marks!: Table<{ key: string; value: Json }, string>

  constructor(account: string) {
    super(`skein-${account}`)
    this.version(1).stores({
      outbox: '++seq,&id,record,standing',
      records: '[noun+id],noun',
      answers: 'path,at',
      drafts: 'key',
      cards: 'id,at',
      marks: 'key',
    })
  }
}
