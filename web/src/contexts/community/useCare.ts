/** The children of one session in care, with this device's unsent taps on top, and what can be done. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { t } from '@/app/i18n'
import { context } from '@/app/services'
import type { CareChild, CareList, PickupItem } from '@/engine/answers'
import type { Problem } from '@/engine/envelope'
import { arrival, clock, departure, overlayCare, recordOf } from './care'
import { useOverlay } from './useOverlay'

/** To whom who is not on the list, who saw it, and why. */
export interface Exception {
  takenBy: string
  second: string | null
  secondName: string
  reason: string
}

export interface CareDesk {
  list: ComputedRef<CareList | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  stale: Ref<boolean>
  waiting: ComputedRef<Set<string>>
  reload: () => Promise<void>
  arrive: (child: CareChild) => Promise<void>
  /** Somebody who is not on the list yet. */
  add: (person: { id: string; name: string }) => Promise<void>
  undo: (child: CareChild) => Promise<void>
  release: (child: CareChild, line: PickupItem) => Promise<void>
  handOver: (child: CareChild, exception: Exception) => Promise<void>
  recall: (child: CareChild) => Promise<void>
}

/** A mark that another phone made, or took back, is what was wanted. */
const APART = { apart: true, shown: true, once: ['participation.mark'] }

export function useCare(session: () => string): CareDesk {
  const known = new Map<string, string>()
  const { reading, shown, waiting, reload, run } = useOverlay<CareList>({
    path: () => `/sessions/${session()}/care`,
    session,
    versions: (read) => new Map(read.children.map((each) => [recordOf(read.session.id, each), each.care?.version ?? -1])),
    lay: (read, steps) => overlayCare(read, steps, { person: (id) => known.get(id) ?? t('ui.unknown') }),
  })
  const of = computed(() => reading.data.value?.session ?? null)
  const now = (): string => clock(context.now())
  const record = (child: CareChild): string => recordOf(session(), child)

  async function arrive(child: CareChild): Promise<void> {
    if (!of.value || child.care) return
    await run(arrival(child, of.value, now()), undefined, APART)
  }
  async function add(person: { id: string; name: string }): Promise<void> {
    known.set(person.id, person.name)
    const there = shown.value?.children.find((each) => each.child.id === person.id)
    await arrive(there ?? { child: person, signup: null, standing: null, line: null, marked: 'never', arrival: 'never', care: null, permissions: [], note: { health: '', guardian: '', phone: '', version: 0 } })
  }
  const undo = (child: CareChild): Promise<void> => run(departure(child, { id: session() }), undefined, APART)
  const recall = (child: CareChild): Promise<void> => run([{ verb: 'care.recall', record: record(child), body: {} }])
  const release = (child: CareChild, line: PickupItem): Promise<void> => run([{ verb: 'care.release', record: record(child), body: { permission: line.id, left: now() } }])
  const handOver = (child: CareChild, { takenBy, second, secondName, reason }: Exception): Promise<void> =>
    run([{ verb: 'care.hand_over', record: record(child), body: { taken_by: takenBy, second, second_name: secondName, left: now() }, reason }])
  return { list: shown, problem: reading.problem, loading: reading.loading, stale: reading.stale, waiting, reload, arrive, add, undo, release, handOver, recall }
}
