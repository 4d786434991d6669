/**
 * What a command will do to a record, guessed before the server has said so. The guess is shown, never stored:
 * the server's word replaces it.
 */
import type { Known } from './database'
import type { Envelope, Json, JsonObject } from './envelope'

const LIFE = new Set(['retract', 'unmark', 'take'])
const BACK = new Set(['restore'])
const OWN = new Set(['settle', 'merge', 'unmerge', 'erase', 'claim', 'unclaim', 'finish', 'drop', 'reopen', 'dismiss', 'ask', 'withdraw', 'lock', 'followed', 'follow_up', 'give', 'take_back', 'receive', 'take_stock'])

/** The record after one command; `null` stands for a record that is not known yet. */
export function apply(record: Known | null, envelope: Envelope): Known | null {
  const [noun = '', verb = ''] = envelope.verb.split('.')
  if (record === null) {
    const fields = { ...envelope.body }
    return { noun, id: envelope.record, version: 0, fields, retracted: false }
  }
  if (LIFE.has(verb)) return { ...record, retracted: true }
  if (BACK.has(verb)) return { ...record, retracted: false }
  if (verb === 'adjust') return { ...record, fields: adjusted(record.fields, envelope.body) }
  if (OWN.has(verb)) return { ...record, fields: own(verb, record.fields, envelope.body) }
  return { ...record, fields: { ...record.fields, ...envelope.body } }
}

/** The record after all commands, in order. */
export function overlay(record: Known | null, envelopes: Envelope[]): Known | null {
  return envelopes.reduce<Known | null>((state, envelope) => apply(state, envelope), record)
}

function adjusted(fields: JsonObject, body: JsonObject): JsonObject {
  const count = numberOf(fields['count']) + numberOf(body['by'])
  return { ...fields, count: Math.max(0, count) }
}

function own(verb: string, fields: JsonObject, body: JsonObject): JsonObject {
  const status: Record<string, Json> = { finish: 'done', drop: 'dropped', reopen: 'open', dismiss: 'dismissed', ask: 'asked' }
  const next = status[verb]
  if (next !== undefined) return { ...fields, ...body, status: next }
  if (verb === 'lock' || verb === 'take_stock') return { ...fields, ...body }
  if (verb === 'followed') return { ...fields, followed: body['followed'] ?? true }
  if (verb === 'give') return { ...fields, count: Math.max(0, numberOf(fields['count']) - numberOf(body['count'])) }
  if (verb === 'receive') return { ...fields, count: numberOf(fields['count']) + numberOf(body['count']) }
  if (verb === 'merge') return { ...fields, merged_into: body['into'] ?? null }
  if (verb === 'unmerge') return { ...fields, merged_into: null }
  return fields
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}
