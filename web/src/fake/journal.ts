/**
 * A stand-in for the server's pipeline, for tests and for `npm run dev:fake`: idempotent commands, atomic bundles,
 * field-level merging, values set aside. It keeps everything in memory and is never part of a real build.
 */
import type { Envelope, Json, JsonObject, Problem, Receipt } from '@/engine/envelope'
import type { Id } from '@/engine/ids'
import { GATHERINGS } from './gatherings'

export interface Aside {
  command: Id
  field: string
  value: Json
  by: Id
  device: string
  at: string
}

export interface Held {
  noun: string
  id: Id
  no: number
  version: number
  created: string
  changed: string
  made_by: Id
  retracted: boolean
  erased: boolean
  fields: JsonObject
  stamps: Record<string, number>
  set_aside: Aside[]
}

export interface Row {
  position: number
  envelope: Envelope
  by: Id
  stored: string
  before: JsonObject
  after: JsonObject
  version: number
  set_aside: string[]
}

export type Own = (held: Held, body: JsonObject, envelope: Envelope) => void

export function problem(code: string, status: number, title: string, detail = ''): Problem {
  return { type: `/problems/${code}`, title, status, detail, code }
}

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
  }
}

export function refuse(code: string, status: number, title: string, detail = ''): never {
  throw new Refused(problem(code, status, title, detail))
}

const CREATE = new Set(['create', 'add', 'mark', 'record', 'hear', 'apply', 'state', 'give', 'make', 'invite'])
const RETRACT = new Set(['retract', 'unmark', 'undo', 'take', 'uninvite'])
const REASON = new Set(['retract', 'restore', 'erase', 'drop'])
const FREE = new Set(['participation', 'activity', 'session', 'tie', 'need', 'place', 'distinct', 'assignment', 'signup', 'dish'])

export class FakeJournal {
  rows: Row[] = []
  records = new Map<Id, Held>()
  private receipts = new Map<Id, Receipt>()

  constructor(private readonly now: () => number) {}

  /** Runs commands as one request would: in order, bundles whole. */
  run(envelopes: Envelope[], by: Id): Receipt[] {
    const done = new Map<Id, Receipt>()
    for (let at = 0; at < envelopes.length; ) {
      const first = envelopes[at]!
      let end = at + 1
      while (first.bundle !== null && envelopes[end]?.bundle === first.bundle) end += 1
      for (const receipt of this.together(envelopes.slice(at, end), by)) done.set(receipt.id, receipt)
      at = end
    }
    return envelopes.map((envelope) => done.get(envelope.id)!)
  }

  private together(group: Envelope[], by: Id): Receipt[] {
    const records = new Map([...this.records].map(([id, held]) => [id, structuredClone(held)]))
    const saved = { rows: this.rows.length, records, receipts: new Map(this.receipts) }
    const receipts: Receipt[] = []
    for (const envelope of group) {
      try {
        receipts.push(this.one(envelope, by))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        this.rows.length = saved.rows
        this.records = saved.records
        this.receipts = saved.receipts
        return group.map((each) => ({
          id: each.id,
          outcome: 'refused',
          position: null,
          version: null,
          problem:
            each === envelope ? error.problem : problem('SK-1008', 409, '同组的另一项没有通过', error.problem.title),
          set_aside: [],
        }))
      }
    }
    return receipts
  }

  private one(envelope: Envelope, by: Id): Receipt {
    const known = this.receipts.get(envelope.id)
    if (known) return { ...known, outcome: 'already_applied' }
    const [noun = '', verb = ''] = envelope.verb.split('.')
    const held = this.records.get(envelope.record)
    const makes = CREATE.has(verb) || envelope.verb === 'request.ask'
    if (!held && !makes) refuse('SK-1004', 404, '找不到这条记录')
    if (held && makes) refuse('SK-1006', 409, '已经有了')
    if (REASON.has(verb) && !FREE.has(noun) && !envelope.reason) refuse('SK-1007', 422, '请写明原因')
    const stored = new Date(this.now()).toISOString()
    const target = held ?? this.blank(noun, envelope, by, stored)
    const before = structuredClone(target.fields)
    const asides = this.change(target, verb, envelope, by)
    target.version += 1
    target.changed = stored
    for (const key of new Set([...Object.keys(before), ...Object.keys(target.fields)])) {
      if (JSON.stringify(before[key]) !== JSON.stringify(target.fields[key])) target.stamps[key] = target.version
    }
    this.records.set(target.id, target)
    const position = this.rows.length + 1
    const after = structuredClone(target.fields)
    const changed = Object.keys({ ...before, ...after }).filter((key) => target.stamps[key] === target.version)
    const only = (fields: JsonObject): JsonObject => Object.fromEntries(changed.map((key) => [key, fields[key] ?? null]))
    this.rows.push({ position, envelope, by, stored, before: only(before), after: only(after), version: target.version, set_aside: asides })
    const outcome = asides.length > 0 ? 'conflict' : 'applied'
    const receipt: Receipt = { id: envelope.id, outcome, position, version: target.version, problem: null, set_aside: asides }
    this.receipts.set(envelope.id, receipt)
    return receipt
  }

  private blank(noun: string, envelope: Envelope, by: Id, stored: string): Held {
    return {
      noun, id: envelope.record, no: this.rows.length + 1, version: 0, created: stored, changed: stored, made_by: by,
      retracted: false, erased: false, fields: {}, stamps: {}, set_aside: [],
    }
  }

  private change(held: Held, verb: string, envelope: Envelope, by: Id): string[] {
    const { body } = envelope
    const own = GATHERINGS[envelope.verb] ?? OWN[verb]
    if (RETRACT.has(verb)) held.retracted = true
    else if (verb === 'restore') held.retracted = false
    else if (verb === 'settle') this.settle(held, body)
    else if (own && envelope.verb !== 'request.ask') own(held, body, envelope)
    else return this.amend(held, envelope, by)
    return []
  }

  private amend(held: Held, envelope: Envelope, by: Id): string[] {
    const asides: string[] = []
    for (const [field, value] of Object.entries(envelope.body)) {
      const changedSince = envelope.base !== null && (held.stamps[field] ?? 0) > envelope.base
      const same = JSON.stringify(held.fields[field]) === JSON.stringify(value)
      if (changedSince && !same) {
        asides.push(field)
        held.set_aside.push({ command: envelope.id, field, value, by, device: envelope.device, at: envelope.at })
      } else held.fields[field] = value
    }
    return asides
  }

  private settle(held: Held, body: JsonObject): void {
    const aside = held.set_aside.find((each) => each.command === body['command'] && each.field === body['field'])
    if (!aside) return refuse('SK-1013', 409, '没有待处理的冲突')
    if (body['take'] === true) held.fields[aside.field] = aside.value
    held.set_aside = held.set_aside.filter((each) => each !== aside)
  }
}

const OWN: Record<string, Own> = {
  merge: (held, body) => {
    if (body['into'] === held.id) refuse('SK-3001', 409, '不能与自己合并')
    held.fields['merged_into'] = body['into'] ?? null
  },
  unmerge: (held) => void (held.fields['merged_into'] = null),
  erase: (held) => {
    held.fields = { names: [] }
    held.erased = true
  },
  adjust: (held, body) => {
    const next = Number(held.fields['count'] ?? 0) + Number(body['by'] ?? 0)
    held.fields['count'] = Math.max(next, (held.fields['claims'] as Json[] | undefined)?.length ?? 0)
  },
  claim: (held, body, envelope) => {
    const claims = (held.fields['claims'] as Json[] | undefined) ?? []
    held.fields['claims'] = [...claims, { person: body['person'] ?? null, at: envelope.at }]
  },
  unclaim: (held, body) => {
    const claims = (held.fields['claims'] as JsonObject[] | undefined) ?? []
    held.fields['claims'] = claims.filter((claim) => claim['person'] !== body['person'])
  },
  finish: (held, body) => void Object.assign(held.fields, body, { status: 'done' }),
  drop: (held, body) => void Object.assign(held.fields, body, { status: 'dropped' }),
  ask: (held) => void Object.assign(held.fields, { status: 'asked' }),
  reopen: (held) => void Object.assign(held.fields, { status: 'open' }),
  dismiss: (held) => void Object.assign(held.fields, { status: 'dismissed' }),
}
