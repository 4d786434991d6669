/** The outbox: every command waits here until the server has given a receipt for it. */
import type { DeviceDatabase, Posted, Standing } from './database'
import type { Envelope, Outcome, Receipt } from './envelope'
import type { Id } from './ids'

/** How many settled commands stay readable on the sync page. */
const HISTORY = 200

/** The record is there already. */
export const EXISTS = 'SK-1006'

/** The standing that follows from an outcome. */
export function standingOf(outcome: Outcome): Standing {
  switch (outcome) {
    case 'applied':
    case 'already_applied':
      return 'stored'
    case 'conflict':
      return 'conflict'
    case 'refused':
      return 'refused'
  }
}

/** The commands of one account on this device. */
export class Outbox {
  constructor(private readonly db: DeviceDatabase) {}

  /** Keeps commands, all or none; returns once they are on disk. `once` are verbs by which a record is made once. */
  async add(envelopes: Envelope[], label = '', once: string[] = []): Promise<void> {
    await this.db.transaction('rw', this.db.outbox, async () => {
      for (const envelope of envelopes) {
        const known = await this.db.outbox.where('id').equals(envelope.id).count()
        if (known > 0) continue
        await this.db.outbox.add({
          id: envelope.id,
          record: envelope.record,
          standing: 'unsent',
          envelope,
          receipt: null,
          label,
          ...(once.includes(envelope.verb) ? { once: true } : {}),
        })
      }
    })
  }

  /** Unsent commands in the order of making. */
  async unsent(): Promise<Posted[]> {
    return this.db.outbox.where('standing').equals('unsent').sortBy('seq')
  }

  /** Everything, newest first. */
  async all(limit = HISTORY): Promise<Posted[]> {
    return this.db.outbox.orderBy('seq').reverse().limit(limit).toArray()
  }

  /** Unsent commands about one record. */
  async about(record: Id): Promise<Posted[]> {
    const rows = await this.db.outbox.where('record').equals(record).sortBy('seq')
    return rows.filter((row) => row.standing === 'unsent')
  }

  /** How many wait, and how many the server refused. */
  async counts(): Promise<{ unsent: number; refused: number }> {
    const [unsent, refused] = await Promise.all([
      this.db.outbox.where('standing').equals('unsent').count(),
      this.db.outbox.where('standing').equals('refused').count(),
    ])
    return { unsent, refused }
  }

  /**
   * What an answer asked for at `asked` does not hold yet, in the order of making: unsent commands, and those stored
   * since, unless the answer's own version of the record, by `versions`, has them already.
   */
  async beyond(asked: number, versions: ReadonlyMap<Id, number>): Promise<Posted[]> {
    const rows = await this.db.outbox.where('standing').anyOf('unsent', 'stored').sortBy('seq')
    return rows.filter(({ standing, settled, receipt, record }) => {
      if (standing === 'unsent') return true
      return (settled ?? 0) >= asked && (versions.get(record) ?? -1) < (receipt?.version ?? 0)
    })
  }

  /** Notes receipts that came at `now`; a command without one stays unsent. Returns how many commands were settled. */
  async settle(receipts: Receipt[], now: number): Promise<number> {
    return this.db.transaction('rw', this.db.outbox, async () => {
      let settled = 0
      for (const receipt of receipts) {
        settled += await this.db.outbox
          .where('id')
          .equals(receipt.id)
          .and((row) => row.standing === 'unsent')
          .modify((row) => {
            const there = row.once === true && receipt.problem?.code === EXISTS
            Object.assign(row, { standing: there ? 'stored' : standingOf(receipt.outcome), receipt, settled: now })
          })
      }
      return settled
    })
  }

  /** The receipts of these commands, as far as there are any. */
  async receipts(ids: Id[]): Promise<Receipt[]> {
    const rows = await this.db.outbox.where('id').anyOf(ids).toArray()
    return rows.flatMap((row) => row.receipt ?? [])
  }

  /** Puts a refused command back in line, as after a permission was given. */
  async retry(id: Id): Promise<void> {
    await this.db.outbox
      .where('id')
      .equals(id)
      .and((row) => row.standing === 'refused')
      .modify({ standing: 'unsent', receipt: null })
  }

  /** Lets go of a refused command; an unsent one is never deleted, whoever asks. */
  async discard(id: Id): Promise<boolean> {
    const gone = await this.db.outbox
      .where('id')
      .equals(id)
      .and((row) => row.standing === 'refused')
      .delete()
    return gone > 0
  }

  /** Forgets old settled commands; unsent and refused ones stay. */
  async prune(): Promise<void> {
    await this.db.transaction('rw', this.db.outbox, async () => {
      const settled = await this.db.outbox.where('standing').anyOf('stored', 'conflict').sortBy('seq')
      const old = settled.slice(0, Math.max(0, settled.length - HISTORY))
      await this.db.outbox.bulkDelete(old.flatMap((row) => (row.seq === undefined ? [] : [row.seq])))
    })
  }
}

/** Cuts commands into parts of at most `size`, never through a bundle (a larger bundle goes alone). */
export function parts(rows: Posted[], size: number): Posted[][] {
  const result: Posted[][] = []
  let part: Posted[] = []
  let at = 0
  while (at < rows.length) {
    const first = rows[at]
    if (!first) break
    let end = at + 1
    const { bundle } = first.envelope
    while (bundle !== null && rows[end]?.envelope.bundle === bundle) end += 1
    if (part.length > 0 && part.length + (end - at) > size) {
      result.push(part)
      part = []
    }
    part.push(...rows.slice(at, end))
    at = end
  }
  if (part.length > 0) result.push(part)
  return result
}
