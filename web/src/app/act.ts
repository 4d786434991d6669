/** Doing for screens: a command goes into the outbox first, then to the server; the answer is told in a toast. */
import { OfflineError, ProblemError } from '@/engine/api'
import type { Draft, Envelope, Problem, Receipt } from '@/engine/envelope'
import { EXISTS } from '@/engine/outbox'
import { t } from './i18n'
import { api, context, device, maker, refreshCounts, syncNow } from './services'
import { toast } from './toasts'

/** How it went. */
export interface Done {
  ok: boolean
  /** Kept on this device, not yet sent. */
  waiting: boolean
  receipts: Receipt[]
  problem: Problem | null
}

export interface Options {
  /** What it is, for the sync page. */
  label?: string
  /** No toast on success. */
  quiet?: boolean
  /** Undo, offered in the toast. */
  undo?: () => void
  /** The screen itself shows what waits: no toast for that. */
  shown?: boolean
  /** Each by itself, not as a bundle: where one is refused, the others are stored. */
  apart?: boolean
  /** Verbs by which a record is made once: that it is there already is what was wanted. */
  once?: string[]
}

/** Commands as they travel: a bundle when there are several. */
export function enveloped(drafts: Draft[], options: Options = {}): Envelope[] {
  // Forms hold reactive objects, which IndexedDB cannot copy.
  return JSON.parse(JSON.stringify(options.apart ? drafts.map((draft) => maker.one(draft)) : maker.bundle(drafts))) as Envelope[]
}

/** Keeps commands on this device; returns once they are on disk. */
export async function keep(envelopes: Envelope[], options: Options = {}): Promise<void> {
  await device().outbox.add(envelopes, options.label ?? '', options.once)
}

/** Does commands together. */
export async function act(drafts: Draft[], options: Options = {}): Promise<Done> {
  const envelopes = enveloped(drafts, options)
  await keep(envelopes, options)
  return send(envelopes, options)
}

/** Sends what is kept, and tells what became of these commands; an earlier round may have sent them already. */
export async function send(envelopes: Envelope[], options: Options = {}): Promise<Done> {
  await refreshCounts()
  const ids = envelopes.map((envelope) => envelope.id)
  const told = new Map((await device().outbox.receipts(ids)).map((receipt) => [receipt.id, receipt]))
  const round = told.size < ids.length ? await syncNow() : null
  for (const receipt of round?.receipts ?? []) told.set(receipt.id, receipt)
  const receipts = ids.flatMap((id) => told.get(id) ?? [])
  // Refused while the person is still at the form: the form holds what was typed, so the outbox need not.
  const refused = receipts.filter((receipt) => receipt.outcome === 'refused')
  await Promise.all(refused.map((receipt) => device().outbox.discard(receipt.id)))
  await refreshCounts()
  return tell(envelopes, receipts, options)
}

function tell(envelopes: Envelope[], receipts: Receipt[], options: Options): Done {
  const once = new Set(envelopes.filter((envelope) => options.once?.includes(envelope.verb)).map((envelope) => envelope.id))
  const all = receipts.filter((receipt) => receipt.outcome === 'refused' && !(receipt.problem?.code === EXISTS && once.has(receipt.id)))
  const any = all.find((receipt) => receipt.problem?.code !== 'SK-1008') ?? all[0]
  if (any) {
    const problem = any.problem
    toast('error', problem?.title ?? t('act.refused'), problem?.detail ?? '')
    return { ok: false, waiting: false, receipts, problem }
  }
  if (receipts.length < envelopes.length) {
    if (!options.shown) toast('waiting', t('act.waiting'), t('act.waitingDetail'))
    return { ok: true, waiting: true, receipts, problem: null }
  }
  if (receipts.some((receipt) => receipt.outcome === 'conflict')) {
    toast('waiting', t('act.conflict'), t('act.conflictDetail'))
  } else if (!options.quiet) {
    toast('done', t('act.stored', { n: envelopes.length }), '', options.undo)
  }
  return { ok: true, waiting: false, receipts, problem: null }
}

/** Does one command at once, without keeping it on the device: passwords and accounts. */
export async function actNow(draft: Draft): Promise<Done> {
  const envelope = maker.one(draft)
  const sent_at = new Date(context.now()).toISOString()
  return attempt(async () => {
    const { receipts } = await api.post<{ receipts: Receipt[] }>('/commands', { sent_at, commands: [envelope] })
    return tell([envelope], receipts, {})
  })
}

/** Runs a request that is no command, and tells its problem in words. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | Done> {
  try {
    return await work()
  } catch (error) {
    const problem = problemOf(error)
    toast('error', problem.title, problem.detail)
    return { ok: false, waiting: false, receipts: [], problem }
  }
}

/** A request with its problem told; `null` when it failed. */
export async function request<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const problem = problemOf(error)
    toast('error', problem.title, problem.detail)
    return null
  }
}

/** The problem in an error; anything else is a mistake in the program and goes on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof OfflineError) {
    return { type: 'about:blank', title: t('act.offline'), status: 0, detail: t('act.offlineDetail'), code: 'OFFLINE' }
  }
  throw error
}
