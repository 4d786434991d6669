import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Device, type Weather, World } from '@/fake/world'
import type { Draft } from './envelope'
import { derive, fromParts } from './ids'
import { parts } from './outbox'
import { backoff } from './sync'

const PEOPLE = [0, 1, 2].map((n) => fromParts(1_700_000_000_000 + n, BigInt(n)))
const SESSION = fromParts(1_700_000_000_000, 99n)
const FIELDS = ['remark', 'occupation', 'education']

type Step =
  | { kind: 'amend'; device: number; person: number; field: number; value: string }
  | { kind: 'mark'; device: number; person: number }
  | { kind: 'visit'; device: number; needs: number; bad: boolean }
  | { kind: 'sync'; device: number; weather: Weather[] }

const device = fc.nat({ max: 2 })
const weather = fc.constantFrom<Weather>('fine', 'request_lost', 'answer_lost', 'busy')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('amend' as const), device, person: fc.nat({ max: 2 }), field: fc.nat({ max: 2 }),
    value: fc.constantFrom('李娜', '𠮷', '', '<b>', "'; DROP TABLE person; --"),
  }),
  fc.record({ kind: fc.constant('mark' as const), device, person: fc.nat({ max: 2 }) }),
  fc.record({ kind: fc.constant('visit' as const), device, needs: fc.nat({ max: 3 }), bad: fc.boolean() }),
  fc.record({ kind: fc.constant('sync' as const), device, weather: fc.array(weather, { maxLength: 4 }) }),
)

async function play(steps: Step[]): Promise<{ world: World; devices: Device[]; issued: Map<string, string | null> }> {
  const world = new World()
  const devices = [1, 2, 3].map((seed) => new Device(world, seed))
  const first = devices[0]!
  const issued = new Map<string, string | null>()
  const add = async (on: Device, drafts: Draft[]): Promise<void> => {
    const envelopes = on.maker.bundle(drafts)
    for (const envelope of envelopes) issued.set(envelope.id, envelope.bundle)
    await on.outbox.add(envelopes)
  }
  await add(first, PEOPLE.map((record) => ({ verb: 'person.create', record, body: { names: [] } })))
  for (const each of devices) await each.settle()
  for (const each of steps) {
    const on = devices[each.device]!
    if (each.kind === 'sync') {
      world.weather = [...each.weather]
      await on.sync.round()
      world.weather = []
    } else await add(on, await drafts(each, on))
  }
  for (const each of [...devices, ...devices]) await each.settle()
  return { world, devices, issued }
}

async function drafts(each: Exclude<Step, { kind: 'sync' }>, on: Device): Promise<Draft[]> {
  if (each.kind === 'amend') {
    const record = PEOPLE[each.person]!
    const base = (await on.store.settled('person', record))?.version ?? null
    return [{ verb: 'person.amend', record, base, body: { [FIELDS[each.field]!]: each.value } }]
  }
  if (each.kind === 'mark') {
    const person = PEOPLE[each.person]!
    return [{ verb: 'participation.mark', record: derive(SESSION, `person:${person}`), body: { kind: 'person', person } }]
  }
  const needs = Array.from({ length: each.needs }, () => ({ verb: 'need.hear', record: on.maker.id(), body: { code: 'wage' } }))
  const bad = each.bad ? [{ verb: 'person.merge', record: PEOPLE[0]!, body: { into: PEOPLE[0]! } }] : []
  return [{ verb: 'encounter.record', record: on.maker.id(), body: { kind: 'visit' } }, ...needs, ...bad]
}

describe('sync', () => {
  it('converges, loses nothing, stores once, keeps bundles whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { world, devices, issued } = await play(steps)
        // Every replica holds what the journal holds.
        for (const each of devices) {
          for (const held of world.journal.records.values()) {
            const copy = await each.store.settled(held.noun, held.id)
            expect(copy?.fields).toEqual(held.fields)
            expect(copy?.version).toBe(held.version)
          }
        }
        // Every command has exactly one receipt on its device, and at most one journal row.
        const rows = world.journal.rows.map((row) => row.envelope.id)
        expect(new Set(rows).size).toBe(rows.length)
        const posted = (await Promise.all(devices.map((each) => each.outbox.all(1000)))).flat()
        expect(new Set(posted.map((row) => row.id))).toEqual(new Set(issued.keys()))
        const stored = new Set(rows)
        for (const row of posted) {
          expect(row.receipt).not.toBeNull()
          expect(stored.has(row.id)).toBe(row.standing !== 'refused')
        }
        // A bundle is there whole or not at all.
        const bundles = new Map<string, boolean[]>()
        for (const [id, bundle] of issued) {
          if (bundle !== null) bundles.set(bundle, [...(bundles.get(bundle) ?? []), stored.has(id)])
        }
        for (const there of bundles.values()) expect(new Set(there).size).toBe(1)
      }),
      { seed: 20261124, numRuns: 60 },
    )
  }, 120_000)

  it('nobody’s value disappears when two devices edit the same field', async () => {
    const world = new World()
    const [a, b] = [new Device(world, 1), new Device(world, 2)]
    const person = PEOPLE[0]!
    await a.outbox.add(a.maker.bundle([{ verb: 'person.create', record: person, body: { remark: '' } }]))
    await a.settle()
    await b.settle()
    for (const [on, value] of [[a, '甲'], [b, '乙']] as const) {
      await on.outbox.add([on.maker.one({ verb: 'person.amend', record: person, base: 1, body: { remark: value } })])
    }
    await a.settle()
    await b.settle()
    const held = world.journal.records.get(person)!
    expect(held.fields['remark']).toBe('甲')
    expect(held.set_aside.map((aside) => aside.value)).toEqual(['乙'])
    const [latest] = await b.outbox.all(1)
    expect(latest?.standing).toBe('conflict')
  })

  it('a record that another device made under the same id is no refusal', async () => {
    const world = new World()
    const [a, b] = [new Device(world, 1), new Device(world, 2)]
    const person = PEOPLE[0]!
    const make = { verb: 'person.create', record: person, body: { remark: '' } }
    for (const each of [a, b]) await each.outbox.add(each.maker.bundle([make]), '', ['person.create'])
    await a.settle()
    await b.settle()
    expect((await b.outbox.all(1))[0]?.standing).toBe('stored')
    await b.outbox.add(b.maker.bundle([make]))
    await b.settle()
    expect((await b.outbox.all(1))[0]?.standing).toBe('refused')
  })

  it('shows unsent edits at once and the server’s word afterwards', async () => {
    const world = new World()
    const on = new Device(world, 1)
    const person = PEOPLE[1]!
    await on.outbox.add(on.maker.bundle([{ verb: 'person.create', record: person, body: { remark: 'a' } }]))
    expect((await on.store.record('person', person))?.fields['remark']).toBe('a')
    await on.settle()
    await on.outbox.add([on.maker.one({ verb: 'person.amend', record: person, body: { remark: 'b' } })])
    expect((await on.store.record('person', person))?.fields['remark']).toBe('b')
    expect((await on.store.settled('person', person))?.fields['remark']).toBe('a')
  })

  it('waits longer after each failure, never longer than five minutes', () => {
    expect(backoff(0, 0)).toBe(1000)
    expect(backoff(3, 0)).toBe(8000)
    expect(backoff(3, 1)).toBe(6000)
    expect(backoff(99, 0)).toBe(300_000)
  })
})

describe('outbox', () => {
  it('never deletes an unsent command', async () => {
    const on = new Device(new World(), 4)
    const envelope = on.maker.one({ verb: 'person.create', record: PEOPLE[2]! })
    await on.outbox.add([envelope])
    await on.outbox.add([envelope])
    expect(await on.outbox.discard(envelope.id)).toBe(false)
    await on.outbox.prune()
    await on.store.forgetRead()
    expect(await on.outbox.unsent()).toHaveLength(1)
  })

  it('knows what an older answer does not hold: unsent, and stored since unless it tells that version', async () => {
    const on = new Device(new World(), 8)
    const record = PEOPLE[0]!
    const drafts = ['before', 'since', 'told', 'unsent'].map((remark) => on.maker.one({ verb: 'person.amend', record: remark === 'told' ? PEOPLE[1]! : record, body: { remark } }))
    await on.outbox.add(drafts)
    const stored = (at: number, version: number) => ({ id: drafts[at]!.id, outcome: 'applied' as const, position: at, version, problem: null, set_aside: [] })
    await on.outbox.settle([stored(0, 1)], 1_000)
    await on.outbox.settle([stored(1, 2), stored(2, 7)], 3_000)
    const beyond = await on.outbox.beyond(2_000, new Map([[record, 1], [PEOPLE[1]!, 7]]))
    expect(beyond.map((row) => row.envelope.body['remark'])).toEqual(['since', 'unsent'])
    expect(await on.outbox.beyond(4_000, new Map())).toHaveLength(1)
    expect((await on.outbox.receipts(drafts.map((each) => each.id))).map((receipt) => receipt.version)).toEqual([1, 2, 7])
  })

  it('cuts into parts without cutting a bundle', () => {
    const on = new Device(new World(), 5)
    const rows = [2, 1, 4, 1, 7, 1]
      .flatMap((size) => on.maker.bundle(Array.from({ length: size }, () => ({ verb: 'need.hear', record: on.maker.id() }))))
      .map((envelope, seq) => ({ seq, id: envelope.id, record: envelope.record, standing: 'unsent' as const, envelope, receipt: null, label: '' }))
    const cut = parts(rows, 5)
    expect(cut.flat()).toEqual(rows)
    expect(cut.map((part) => part.length)).toEqual([3, 5, 7, 1])
  })

  it('keeps accounts apart', async () => {
    const world = new World()
    const [a, b] = [new Device(world, 6, 'A'), new Device(world, 7, 'B')]
    await a.store.saveDraft('visit', { note: '只给自己看' }, 1)
    expect(await b.store.draft('visit')).toBeNull()
    expect(await a.store.draft('visit')).toEqual({ note: '只给自己看' })
  })
})
