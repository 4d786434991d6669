/** What a list of a session will be: the server's answer with this device's unsent commands on top, and the way to add one. */
import { computed, type ComputedRef, ref, type Ref, watch } from 'vue'
import { enveloped, keep, type Options, send } from '@/app/act'
import { type Reading, useRead } from '@/app/read'
import { device, syncState } from '@/app/services'
import type { Draft, Envelope } from '@/engine/envelope'
import { ofSession, type Step } from './roll'

interface Of<T> {
  path: () => string | null
  session: () => string
  /** The records that the answer holds, each with its version; -1 where it tells none. */
  versions: (read: T) => Map<string, number>
  /** Lays commands over the answer. */
  lay: (read: T, steps: Step[]) => T
}

export interface Overlay<T> {
  reading: Reading<T>
  shown: ComputedRef<T | null>
  /** Records that wait on this device. */
  waiting: ComputedRef<Set<string>>
  reload: () => Promise<void>
  run: (drafts: Draft[], undo?: () => void, options?: Options) => Promise<void>
}

/** Taps whose command the answer does not hold yet, in order, and the way to add one. */
function useTaps(reload: () => Promise<void>): { tapped: Ref<Envelope[][]>; run: Overlay<unknown>['run'] } {
  const tapped = ref<Envelope[][]>([])
  let turn = Promise.resolve()
  let ahead = 0
  async function one(envelopes: Envelope[], kept: Promise<void>, undo?: () => void, options: Options = {}): Promise<void> {
    try {
      await kept
      await send(envelopes, { ...options, ...(undo ? { undo } : { quiet: true }) })
    } finally {
      ahead -= 1
      // Many taps one after the other are read once; until then they stay laid over the answer.
      if (ahead === 0) {
        const told = tapped.value.length
        await reload()
        tapped.value.splice(0, told)
      }
    }
  }
  async function run(drafts: Draft[], undo?: () => void, options?: Options): Promise<void> {
    // The tap shows at once and is on this device at once, so that whoever closes the page now finds it the next time;
    // the server's word follows, one tap after the other.
    const envelopes = enveloped(drafts, options)
    tapped.value.push(envelopes)
    ahead += 1
    const kept = keep(envelopes, options)
    kept.catch(() => undefined)
    turn = turn.catch(() => undefined).then(() => one(envelopes, kept, undo, options))
    await turn
  }
  return { tapped, run }
}

export function useOverlay<T>(of: Of<T>): Overlay<T> {
  const reading = useRead<T>(of.path)
  const kept = ref<(Step & { id: string; stored: boolean })[]>([])
  const { tapped, run } = useTaps(() => reload())

  async function refresh(): Promise<void> {
    const versions = reading.data.value ? of.versions(reading.data.value) : new Map<string, number>()
    // Stored since that answer was asked for, too: where the connection went before it could be read again, what was
    // just entered must not vanish from the screen.
    const beyond = await device().outbox.beyond(reading.asked.value, versions)
    const mine = ofSession(beyond, of.session(), versions)
    kept.value = mine.map(({ envelope: { id, verb, record, body, at }, standing }) => ({ id, verb, record, body, at, stored: standing === 'stored' }))
  }
  async function reload(): Promise<void> {
    await reading.reload()
    await refresh()
  }
  watch(reading.data, () => void refresh())
  // Sent in the background: what was laid over the answer stays until it was read again.
  watch(() => syncState.unsent, () => {
    if (tapped.value.length === 0) void reload()
  })
  const steps = computed(() => {
    const there = new Set(kept.value.map((each) => each.id))
    return [...kept.value, ...tapped.value.flat().filter((each) => !there.has(each.id))]
  })
  const shown = computed(() => (reading.data.value ? of.lay(reading.data.value, steps.value) : null))
  const waiting = computed(() => new Set([...kept.value.filter((each) => !each.stored), ...tapped.value.flat()].map((each) => each.record)))
  return { reading, shown, waiting, reload, run }
}
