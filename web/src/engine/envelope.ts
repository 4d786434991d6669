/** Commands as they travel: the same names as the server's `kernel::command`. */
import type { Id, Random } from './ids'
import { newId } from './ids'

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A JSON object. */
export type JsonObject = Record<string, Json>

/** A command. */
export interface Envelope {
  id: Id
  /** `noun.verb` */
  verb: string
  record: Id
  /** The version that this device saw; null where it does not matter. */
  base: number | null
  /** Device time, RFC 3339. */
  at: string
  device: string
  /** Commands of one bundle are stored together or not at all. */
  bundle: Id | null
  reason: string | null
  body: JsonObject
}

/** How a command ended. */
export type Outcome = 'applied' | 'already_applied' | 'refused' | 'conflict'

/** RFC 9457, in the language that was asked for. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  instance?: string
  fields?: { field: string; code?: string; detail: string }[]
}

/** What became of a command. */
export interface Receipt {
  id: Id
  outcome: Outcome
  position: number | null
  version: number | null
  problem: Problem | null
  set_aside: string[]
}

/** Time and chance, passed in so that tests need no sleeping and no luck. */
export interface Context {
  now(): number
  random: Random
  device: string
}

/** What a screen says of a command; the maker adds the rest. */
export interface Draft {
  verb: string
  record: Id
  body?: JsonObject
  base?: number | null
  reason?: string | null
}

/** Makes envelopes. */
export class Maker {
  constructor(private readonly context: Context) {}

  /** A new id for a record that a command will make. */
  id(): Id {
    return newId(this.context.now(), this.context.random)
  }

  /** One command. */
  one(draft: Draft, bundle: Id | null = null): Envelope {
    return {
      id: this.id(),
      verb: draft.verb,
      record: draft.record,
      base: draft.base ?? null,
      at: new Date(this.context.now()).toISOString(),
      device: this.context.device,
      bundle,
      reason: draft.reason ?? null,
      body: draft.body ?? {},
    }
  }

  /** Several commands that are stored together or not at all. */
  bundle(drafts: Draft[]): Envelope[] {
    if (drafts.length < 2) return drafts.map((draft) => this.one(draft))
    const bundle = this.id()
    return drafts.map((draft) => this.one(draft, bundle))
  }
}

/** The fields that differ: only these go out, so that somebody else's edit of another field is never touched. */
export function changedFields(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])))
}
