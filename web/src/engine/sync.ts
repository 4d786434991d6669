/** The sync client: pushes the outbox in order, takes receipts, pulls what others changed. */
import { type Api, OfflineError, ProblemError, query } from './api'
import type { Known } from './database'
import type { Context, JsonObject, Receipt } from './envelope'
import { type Outbox, parts } from './outbox'
import type { Id } from './ids'
import type { Store } from './store'

/** Commands in one request; the server takes no more. */
export const PART = 500

/** Shortest and longest wait after a failure, in milliseconds. */
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 300_000

/** What a round of sync came to. */
export interface Round {
  /** Commands with a receipt, of those that were unsent: "12 of 12 stored". */
  stored: number
  of: number
  refused: Receipt[]
  conflicts: Receipt[]
  receipts: Receipt[]
  /** Records pulled. */
  pulled: number
  /** Why it ended early. */
  stopped: 'offline' | 'signed_out' | 'problem' | null
}

interface Changes {
  items: { position: number; noun: string; record: Id; version: number }[]
  next: number | null
}

interface RecordAnswer {
  noun: string
  id: Id
  fields: JsonObject
  meta: { version: number; retracted: boolean }
}

/** The pause before attempt number `failures`, with up to a quarter of jitter from `random` in 0..1. */
export function backoff(failures: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures, 20))
  return Math.round(wait * (1 - random / 4))
}

/** Pushes and pulls, one round at a time. */
export class SyncClient {
  private running: Promise<Round> | null = null
  failures = 0

  constructor(
    private readonly api: Api,
    private readonly outbox: Outbox,
    private readonly store: Store,
    private readonly context: Context,
    /** Nouns that this device keeps records of. */
    private readonly nouns: ReadonlySet<string> = new Set(),
  ) {}

  /** One round. Called while one runs, it waits for that one and runs again, so that nothing just added is missed. */
  async round(): Promise<Round> {
    while (this.running) await this.running.catch(() => undefined)
    this.running = this.once()
    try {
      return await this.running
    } finally {
      this.running = null
    }
  }

  private async once(): Promise<Round> {
    const round: Round = { stored: 0, of: 0, refused: [], conflicts: [], receipts: [], pulled: 0, stopped: null }
    try {
      await this.push(round)
      await this.pull(round)
      await this.outbox.prune()
      this.failures = 0
    } catch (error) {
      this.failures += 1
      if (error instanceof OfflineError) round.stopped = 'offline'
      else if (error instanceof ProblemError) round.stopped = error.problem.status === 401 ? 'signed_out' : 'problem'
      else throw error
    }
    return round
  }

  private async push(round: Round): Promise<void> {
    const rows = await this.outbox.unsent()
    round.of = rows.length
    for (const part of parts(rows, PART)) {
      const sent_at = new Date(this.context.now()).toISOString()
      const commands = part.map((row) => row.envelope)
      const { receipts } = await this.api.post<{ receipts: Receipt[] }>('/commands', { sent_at, commands })
      // A receipt whose command the store could not take (503) is no receipt: the command stays.
      const final = receipts.filter((receipt) => !temporary(receipt))
      round.stored += await this.outbox.settle(final, this.context.now())
      round.receipts.push(...final)
      round.refused.push(...final.filter((receipt) => receipt.outcome === 'refused'))
      round.conflicts.push(...final.filter((receipt) => receipt.outcome === 'conflict'))
    }
  }

  private async pull(round: Round): Promise<void> {
    if (this.nouns.size === 0) return
    let after = await this.store.cursor()
    for (;;) {
      const changes = await this.api.get<Changes>(`/changes${query({ after, limit: 200 })}`)
      const wanted = new Map<Id, string>()
      for (const item of changes.items) if (this.nouns.has(item.noun)) wanted.set(item.record, item.noun)
      const known: Known[] = []
      for (const [id, noun] of wanted) {
        const record = await this.fetchRecord(noun, id)
        if (record) known.push(record)
      }
      await this.store.learn(known)
      round.pulled += known.length
      const last = changes.items.at(-1)?.position ?? after
      await this.store.setCursor(last)
      if (changes.next === null || last === after) return
      after = last
    }
  }

  /** One record, or null when it went out of this account's scope meanwhile. */
  private async fetchRecord(noun: string, id: Id): Promise<Known | null> {
    try {
      const { fields, meta } = await this.api.get<RecordAnswer>(`/records/${noun}/${id}`)
      return { noun, id, fields, version: meta.version, retracted: meta.retracted }
    } catch (error) {
      if (error instanceof ProblemError && [403, 404, 410].includes(error.problem.status)) return null
      throw error
    }
  }
}

function temporary(receipt: Receipt): boolean {
  return receipt.outcome === 'refused' && (receipt.problem?.status ?? 0) >= 500
}
