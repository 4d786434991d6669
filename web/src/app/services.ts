/** Puts the engine together for the account that is signed in. */
import { reactive } from 'vue'
import type { Session } from '@/engine/answers'
import { Api, type Fetch } from '@/engine/api'
import { DeviceDatabase } from '@/engine/database'
import { type Context, Maker } from '@/engine/envelope'
import { newId, type Id } from '@/engine/ids'
import { Outbox } from '@/engine/outbox'
import { dayOf, Store } from '@/engine/store'
import { backoff, type Round, SyncClient } from '@/engine/sync'
import { settings } from './settings'

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

export const context: Context = {
  now: () => Date.now(),
  random,
  get device() {
    if (settings.device === '') settings.device = `web-${newId(Date.now(), random).slice(-6)}`
    return settings.device
  },
}

let fetcher: Fetch = (input, init) => globalThis.fetch(input, init)

/** Lets the fake server answer instead of the network. */
export function useFetch(fetch: Fetch): void {
  fetcher = fetch
}

export const api = new Api((input, init) => fetcher(input, init))
export const maker = new Maker(context)

/** What the shell shows about sync. */
export const syncState = reactive({
  online: navigator.onLine,
  unsent: 0,
  refused: 0,
  running: false,
  last: null as { at: number; stored: number; of: number } | null,
  /** Commands sent in the background of which a part was set aside. */
  conflicts: 0,
  signedOut: false,
})

interface Services {
  account: Id
  db: DeviceDatabase
  outbox: Outbox
  store: Store
  sync: SyncClient
}

let services: Services | null = null
let timer: ReturnType<typeof setTimeout> | undefined
/** How often what may be kept for a day only is looked for, in milliseconds. */
const SWEEP = 300_000
let sweeping: ReturnType<typeof setInterval> | undefined

/** The services of the signed-in account. */
export function device(): Services {
  if (!services) throw new Error('nobody is signed in')
  return services
}

/** Whether anybody's services are open. */
export function deviceOpen(): boolean {
  return services !== null
}

/** Opens the tables of an account and starts syncing. */
export async function openDevice(account: Id): Promise<void> {
  if (services?.account === account) return
  closeDevice()
  const db = new DeviceDatabase(account)
  const outbox = new Outbox(db)
  const store = new Store(db, outbox)
  services = { account, db, outbox, store, sync: new SyncClient(api, outbox, store, context) }
  await store.sweep(dayOf(context.now()))
  sweeping = setInterval(() => void services?.store.sweep(dayOf(context.now())), SWEEP)
  await refreshCounts()
  schedule(0)
}

/** Closes them; unsent commands stay on the device for the next time. */
export function closeDevice(): void {
  clearTimeout(timer)
  clearInterval(sweeping)
  services?.db.close()
  services = null
  Object.assign(syncState, { unsent: 0, refused: 0, last: null, signedOut: false })
}

export async function refreshCounts(): Promise<void> {
  if (services) Object.assign(syncState, await services.outbox.counts())
}

/** A page that was opened without a connection has not yet heard from the server what it sends by. */
async function assure(): Promise<void> {
  if (api.csrf !== '') return
  const session = await api.get<Session>('/session').catch(() => null)
  api.csrf = session?.csrf ?? ''
}

/** One round of sync, now. */
export async function syncNow(): Promise<Round | null> {
  if (!services) return null
  const { sync } = services
  syncState.running = true
  try {
    await assure()
    const round = await sync.round()
    syncState.online = round.stopped !== 'offline'
    syncState.signedOut = round.stopped === 'signed_out'
    if (round.of > 0) syncState.last = { at: Date.now(), stored: round.stored, of: round.of }
    return round
  } finally {
    syncState.running = false
    await refreshCounts()
    if (sync.failures > 0) schedule(backoff(sync.failures, (random(1)[0] ?? 0) / 255))
  }
}

function schedule(wait: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void tick(), wait)
}

async function tick(): Promise<void> {
  await refreshCounts()
  if (syncState.unsent === 0) return
  const round = await syncNow()
  syncState.conflicts += round?.conflicts.length ?? 0
}

globalThis.addEventListener('online', () => {
  syncState.online = true
  schedule(0)
})
globalThis.addEventListener('offline', () => {
  syncState.online = false
})
