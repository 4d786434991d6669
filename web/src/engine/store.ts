/** The device's copy: records, answers of the server, cards of people, drafts. Readable without a connection. */
import { overlay } from './apply'
import type { DeviceDatabase, Kept, Known, SavedDraft } from './database'
import type { Json, JsonObject } from './envelope'
import type { Id } from './ids'
import type { Outbox } from './outbox'

/** How many answers are kept; the oldest go first. */
const ANSWERS = 400

/** The day here, ISO. */
export function dayOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 10)
}

const over = (kept: Kept, today: string): boolean => kept.until !== undefined && kept.until < today

/** The last day on which an answer may be kept. */
function untilOf(body: Json): string | null {
  const until = body !== null && typeof body === 'object' && !Array.isArray(body) ? body['keep_until'] : null
  return typeof until === 'string' ? until : null
}

/** What one account can see on this device. */
export class Store {
  private turn = 0
  /** By path, the turn of the latest reading whose answer was taken. */
  private readonly taken = new Map<string, number>()

  constructor(
    private readonly db: DeviceDatabase,
    private readonly outbox: Outbox,
  ) {}

  /** Takes the server's word on records; an older version never replaces a newer one. */
  async learn(records: Known[]): Promise<void> {
    await this.db.transaction('rw', this.db.records, async () => {
      for (const record of records) {
        const known = await this.db.records.get([record.noun, record.id])
        if (!known || known.version <= record.version) await this.db.records.put(record)
      }
    })
  }

  /** A record with the unsent commands of this device laid over it. */
  async record(noun: string, id: Id): Promise<Known | null> {
    const known = (await this.db.records.get([noun, id])) ?? null
    const unsent = await this.outbox.about(id)
    return overlay(known, unsent.map((row) => row.envelope))
  }

  /** A record as the server told it, without anything unsent. */
  async settled(noun: string, id: Id): Promise<Known | null> {
    return (await this.db.records.get([noun, id])) ?? null
  }

  /** All records of a noun, as the server told them. */
  async all(noun: string): Promise<Known[]> {
    return this.db.records.where('noun').equals(noun).toArray()
  }

  /** The turn of a reading that begins now. Of two answers to one path the one asked for later is right, whichever comes first. */
  begin(): number {
    this.turn += 1
    return this.turn
  }

  /** Whether the answer of that turn is the latest yet; then it is taken to be. */
  private latest(path: string, turn: number): boolean {
    if (turn < (this.taken.get(path) ?? 0)) return false
    this.taken.set(path, turn)
    return true
  }

  /** Keeps an answer for when there is no connection; until the day that the answer itself names, where it does. */
  async keep(path: string, body: Json, at: number, turn = this.begin()): Promise<void> {
    if (!this.latest(path, turn)) return
    const until = untilOf(body)
    await this.db.answers.put({ path, body, at, ...(until === null ? {} : { until }) })
    const count = await this.db.answers.count()
    if (count > ANSWERS) {
      const old = await this.db.answers.orderBy('at').limit(count - ANSWERS).primaryKeys()
      await this.db.answers.bulkDelete(old)
    }
  }

  /** The last answer to a path, unless its last day is over: then it goes. */
  async kept(path: string, today: string): Promise<Kept | null> {
    const kept = (await this.db.answers.get(path)) ?? null
    if (!kept || !over(kept, today)) return kept
    await this.forget(path)
    return null
  }

  /** Lets go of an answer: the server tells it to this account no longer. */
  async forget(path: string, turn = this.begin()): Promise<void> {
    if (!this.latest(path, turn)) return
    await this.db.answers.delete(path)
  }

  /** Lets go of every answer whose last day is over. */
  async sweep(today: string): Promise<number> {
    return this.db.answers.filter((kept) => over(kept, today)).delete()
  }

  /** Keeps people's cards for finding them without a connection. */
  async keepCards(cards: (JsonObject & { id: Id })[], at: number): Promise<void> {
    await this.db.cards.bulkPut(cards.map((card) => ({ id: card.id, at, card })))
  }

  /** Every kept card, latest first. */
  async cards(): Promise<JsonObject[]> {
    const rows = await this.db.cards.orderBy('at').reverse().toArray()
    return rows.map((row) => row.card)
  }

  /** A form that was begun; `null` forgets it. */
  async saveDraft(key: string, body: Json, at: number): Promise<void> {
    if (body === null) await this.db.drafts.delete(key)
    else await this.db.drafts.put({ key, body, at })
  }

  /** The form begun under that name. */
  async draft(key: string): Promise<Json> {
    return (await this.db.drafts.get(key))?.body ?? null
  }

  /** Every form begun under names that start so, latest first. */
  async drafts(prefix: string): Promise<SavedDraft[]> {
    const rows = await this.db.drafts.where('key').startsWith(prefix).toArray()
    return rows.sort((a, b) => b.at - a.at)
  }

  /** The journal position up to which changes were pulled. */
  async cursor(): Promise<number> {
    const mark = await this.db.marks.get('cursor')
    return typeof mark?.value === 'number' ? mark.value : 0
  }

  async setCursor(position: number): Promise<void> {
    await this.db.marks.put({ key: 'cursor', value: position })
  }

  /** On signing out: forgets what was read, keeps what was not yet sent. */
  async forgetRead(): Promise<void> {
    await Promise.all([
      this.db.records.clear(),
      this.db.answers.clear(),
      this.db.cards.clear(),
      this.db.marks.clear(),
    ])
    await this.outbox.prune()
  }
}
