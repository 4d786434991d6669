import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeviceDatabase } from './database'
import { Outbox } from './outbox'
import { dayOf, Store } from './store'

let db: DeviceDatabase
let store: Store
let count = 0
beforeEach(() => {
  count += 1
  db = new DeviceDatabase(`keeping-${count}`)
  store = new Store(db, new Outbox(db))
})
afterEach(() => db.delete())

const list = { keep_until: '2026-11-24', children: [{ name: '李娜', phone: '13800138000' }] }

describe('what a device keeps for a day only', () => {
  it('is read on the day and gone on the next', async () => {
    await store.keep('/sessions/1/trip', list, 1)
    expect((await store.kept('/sessions/1/trip', '2026-11-24'))?.body).toEqual(list)
    expect(await store.kept('/sessions/1/trip', '2026-11-25')).toBeNull()
    expect(await db.answers.count()).toBe(0)
  })

  it('goes without being asked for, and nothing else does', async () => {
    await store.keep('/sessions/1/trip', list, 1)
    await store.keep('/sessions/2/trip', { ...list, keep_until: '2026-11-26' }, 2)
    await store.keep('/today', { sessions: [] }, 3)
    expect(await store.sweep('2026-11-25')).toBe(1)
    expect(await db.answers.toCollection().primaryKeys()).toEqual(['/sessions/2/trip', '/today'])
    expect(JSON.stringify(await db.answers.get('/sessions/1/trip') ?? null)).toBe('null')
  })

  it('is let go of when the server tells it no longer', async () => {
    await store.keep('/sessions/1/trip', list, 1)
    await store.forget('/sessions/1/trip')
    expect(await store.kept('/sessions/1/trip', '2026-11-24')).toBeNull()
  })

  it('knows the day here', () => {
    expect(dayOf(new Date(2026, 10, 24, 23, 59).getTime())).toBe('2026-11-24')
  })
})

describe('answers to one path', () => {
  it('stay in the order of asking, whichever comes first', async () => {
    const prefetched = store.begin()
    const shown = store.begin()
    await store.keep('/sessions/1/roll', { participations: 5 }, 1, shown)
    await store.keep('/sessions/1/roll', { participations: 4 }, 2, prefetched)
    expect((await store.kept('/sessions/1/roll', '2026-11-24'))?.body).toEqual({ participations: 5 })
    await store.keep('/sessions/1/roll', { participations: 6 }, 3, store.begin())
    expect((await store.kept('/sessions/1/roll', '2026-11-24'))?.body).toEqual({ participations: 6 })
  })

  it('do not come back once the server tells them no longer', async () => {
    const slow = store.begin()
    await store.forget('/people/1', store.begin())
    await store.keep('/people/1', { name: '李娜' }, 1, slow)
    expect(await store.kept('/people/1', '2026-11-24')).toBeNull()
  })
})
