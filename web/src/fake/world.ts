/** A small world for engine tests: one fake pipeline, several devices, a network that loses things. */
import { Api, type Fetch } from '@/engine/api'
import { DeviceDatabase } from '@/engine/database'
import { type Context, type Envelope, Maker } from '@/engine/envelope'
import type { Id } from '@/engine/ids'
import { Outbox } from '@/engine/outbox'
import { Store } from '@/engine/store'
import { SyncClient } from '@/engine/sync'
import { FakeJournal } from './journal'

/** What the network does to one request. */
export type Weather = 'fine' | 'request_lost' | 'answer_lost' | 'busy'

/** A repeatable source of bytes. */
export function seeded(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0 || 1
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    })
}

export class World {
  clock = 1_760_000_000_000
  journal = new FakeJournal(() => this.clock)
  weather: Weather[] = []
  requests = 0

  fetch(account: Id): Fetch {
    return async (input, init) => {
      this.requests += 1
      const weather = this.weather.shift() ?? 'fine'
      if (weather === 'request_lost') throw new TypeError('network')
      if (weather === 'busy') return answer({ type: 'x', title: 'busy', status: 503, code: 'SK-1015', detail: '' }, 503)
      const result = this.serve(input, init, account)
      if (weather === 'answer_lost') throw new TypeError('network')
      return result
    }
  }

  private serve(input: string, init: RequestInit | undefined, account: Id): Response {
    const url = new URL(input, 'http://skein.test')
    if (url.pathname === '/api/v1/commands') {
      const { commands } = JSON.parse(String(init?.body)) as { commands: Envelope[] }
      return answer({ receipts: this.journal.run(commands, account) })
    }
    if (url.pathname === '/api/v1/changes') {
      const after = Number(url.searchParams.get('after'))
      const rows = this.journal.rows.filter((row) => row.position > after)
      const items = rows.slice(0, 3).map(({ position, envelope, version }) => ({
        position, noun: envelope.verb.split('.')[0], record: envelope.record, version,
      }))
      return answer({ items, next: rows.length > 3 ? items.at(-1)?.position : null })
    }
    const id = url.pathname.split('/').at(-1) ?? ''
    const held = this.journal.records.get(id)
    if (!held) return answer({ type: 'x', title: 'unknown', status: 404, code: 'SK-1004', detail: '' }, 404)
    const { noun, fields, version, retracted } = held
    return answer({ noun, id, fields, meta: { version, retracted } })
  }
}

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

let devices = 0

/** One device of one account. */
export class Device {
  readonly context: Context
  readonly maker: Maker
  readonly db: DeviceDatabase
  readonly outbox: Outbox
  readonly store: Store
  readonly sync: SyncClient

  constructor(world: World, seed: number, account: Id = `ACCOUNT${String(seed)}`) {
    devices += 1
    this.context = { now: () => (world.clock += 1), random: seeded(seed * 7919 + 13), device: `device-${String(seed)}` }
    this.maker = new Maker(this.context)
    this.db = new DeviceDatabase(`${account}-${String(devices)}`)
    this.outbox = new Outbox(this.db)
    this.store = new Store(this.db, this.outbox)
    const api = new Api(world.fetch(account))
    this.sync = new SyncClient(api, this.outbox, this.store, this.context, new Set(['person', 'participation', 'encounter', 'need']))
  }

  /** Rounds until nothing is unsent. */
  async settle(limit = 40): Promise<void> {
    for (let round = 0; round < limit; round += 1) {
      const { stopped } = await this.sync.round()
      if (stopped === null && (await this.outbox.counts()).unsent === 0) return
    }
    throw new Error('did not settle')
  }
}
