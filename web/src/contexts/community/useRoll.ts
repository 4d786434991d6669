/** The roll of one session: what the server said, with this device's unsent marks on top, and what can be done. */
import { computed, type ComputedRef, ref, type Ref, watch } from 'vue'
import { act } from '@/app/act'
import { t } from '@/app/i18n'
import { type Reading, useRead } from '@/app/read'
import { context, device, maker, syncState } from '@/app/services'
import type { Group, HouseholdView, Mark, PersonCard, Roll, SignUpItem } from '@/engine/answers'
import type { Draft } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import type { Problem } from '@/engine/envelope'
import { counters, groupKey, type Names, overlayRoll, type Step, toLower } from './roll'
import { arrivals, departures } from './signups'

export interface RollDesk {
  roll: ComputedRef<Roll | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  stale: Ref<boolean>
  /** Marks that wait on this device. */
  waiting: ComputedRef<Set<string>>
  reload: () => Promise<void>
  mark: (person: PersonCard | null, household?: HouseholdView, members?: { id: string; name: string }[]) => Promise<void>
  unmark: (mark: Mark) => Promise<void>
  count: (group: Group, by: 1 | -1) => Promise<void>
  arrive: (item: SignUpItem) => Promise<void>
  /** Closes the session, or opens it again. */
  close: (closed: boolean) => Promise<void>
  nickname: (name: string) => Promise<void>
  claim: (mark: Mark, person: { id: string; name: string }) => Promise<void>
}

interface Overlay {
  reading: Reading<Roll>
  roll: ComputedRef<Roll | null>
  waiting: ComputedRef<Set<string>>
  reload: () => Promise<void>
  run: (drafts: Draft[], undo?: () => void) => Promise<void>
}

/** Taps whose command the roll that was read does not hold yet, in order, and the way to add one. */
function useTaps(reload: () => Promise<void>): { tapped: Ref<Step[][]>; run: (drafts: Draft[], undo?: () => void) => Promise<void> } {
  const tapped = ref<Step[][]>([])
  let turn = Promise.resolve()
  async function one(drafts: Draft[], undo?: () => void): Promise<void> {
    try {
      await act(drafts, undo ? { undo } : { quiet: true })
      await reload()
    } finally {
      tapped.value.shift()
    }
  }
  async function run(drafts: Draft[], undo?: () => void): Promise<void> {
    // The tap shows at once; the server's word follows, one tap after the other.
    tapped.value.push(drafts.map(({ verb, record, body }) => ({ verb, record, body: body ?? {}, at: '' })))
    turn = turn.catch(() => undefined).then(() => one(drafts, undo))
    await turn
  }
  return { tapped, run }
}

/** The roll that was read, with what this device has not sent yet laid over it. */
function useOverlay(session: () => string, named: Names): Overlay {
  const reading = useRead<Roll>(() => `/sessions/${session()}/roll`)
  const unsent = ref<Step[]>([])
  const { tapped, run } = useTaps(() => reload())

  async function refresh(): Promise<void> {
    const rows = await device().outbox.unsent()
    const mine = new Set([...(reading.data.value?.marks ?? []), ...(reading.data.value?.signups ?? [])].map((each) => each.id))
    unsent.value = rows.map((row) => row.envelope).filter((envelope) => envelope.body['session'] === session() || mine.has(envelope.record))
  }
  async function reload(): Promise<void> {
    await reading.reload()
    await refresh()
  }
  watch(reading.data, () => void refresh())
  // Sent in the background: what was laid over the roll stays until the roll was read again.
  watch(() => syncState.unsent, () => {
    if (tapped.value.length === 0) void reload()
  })
  const steps = computed(() => [...unsent.value, ...tapped.value.flat()])
  const roll = computed(() => (reading.data.value ? overlayRoll(reading.data.value, steps.value, named) : null))
  const waiting = computed(() => new Set(steps.value.map((each) => each.record)))
  return { reading, roll, waiting, reload, run }
}

export function useRoll(session: () => string): RollDesk {
  const known = new Map<string, string>()
  const { reading, roll, waiting, reload, run } = useOverlay(session, { person: (id) => known.get(id) ?? t('ui.unknown') })

  const activity = (): string => reading.data.value?.session.activity ?? ''
  const base = (): { session: string; activity: string } => ({ session: session(), activity: activity() })

  /** The same person marked twice, on two phones, is one record: its id follows from session and person. */
  function personDraft(person: { id: string; name: string }): Draft {
    known.set(person.id, person.name)
    const record = derive(session(), `person:${person.id}`)
    return { verb: 'participation.mark', record, body: { ...base(), kind: 'person', person: person.id } }
  }
  async function mark(person: PersonCard | null, household?: HouseholdView, members: { id: string; name: string }[] = []): Promise<void> {
    const drafts = person ? [personDraft(person)] : members.map(personDraft)
    if (household) {
      const record = derive(session(), `household:${household.id}`)
      drafts.unshift({ verb: 'participation.mark', record, body: { ...base(), kind: 'household', household: household.id } })
    }
    const here = new Set(roll.value?.marks.map((each) => each.id))
    const fresh = drafts.filter((draft) => !here.has(draft.record))
    if (fresh.length === 0) return
    const undo = (): void => {
      for (const draft of fresh) taken.add(draft.record)
      void run(fresh.map((draft) => ({ verb: 'participation.unmark', record: draft.record })))
    }
    await run(fresh.map((draft) => back(draft)), household ? undo : undefined)
  }
  /** Marked before and taken back: the record is there, so it is restored rather than made again. */
  const taken = new Set<string>()
  function back(draft: Draft): Draft {
    return draft.verb === 'participation.mark' && taken.has(draft.record) ? { verb: 'participation.restore', record: draft.record } : draft
  }
  async function unmark(mark: Mark): Promise<void> {
    taken.add(mark.id)
    const restore = (): void => void run([{ verb: 'participation.restore', record: mark.id }])
    await run([{ verb: 'participation.unmark', record: mark.id }], restore)
  }
  /** Every phone counts in a tally of its own, so that two that count at once, also without a connection, add up. */
  async function count(group: Group, by: 1 | -1): Promise<void> {
    const key = groupKey(group)
    const own = derive(session(), `tally:${context.device}:${key}`)
    const counter = counters(roll.value?.marks ?? []).get(key)
    if (by < 0) {
      const tally = toLower(counter, own)
      if (tally) await run([{ verb: 'participation.adjust', record: tally.id, body: { by } }])
    } else if (counter?.marks.some((each) => each.id === own)) await run([{ verb: 'participation.adjust', record: own, body: { by } }])
    else await run([{ verb: 'participation.mark', record: own, body: { ...base(), kind: 'tally', count: by, group: { ...group } } }])
  }
  async function arrive(item: SignUpItem): Promise<void> {
    if (item.person) known.set(item.person.id, item.person.name)
    const here = new Set(roll.value?.marks.map((each) => each.id))
    const drafts = arrivals(item, { id: session(), activity: activity() }).filter((draft) => !here.has(draft.record))
    const undo = (): void => {
      for (const draft of drafts) taken.add(draft.record)
      void run(departures(item, { id: session() }))
    }
    await run(drafts.map((draft) => back(draft)), undo)
  }
  const close = (closed: boolean): Promise<void> => run([{ verb: closed ? 'session.close' : 'session.reopen', record: session() }])
  const nickname = (name: string): Promise<void> =>
    run([{ verb: 'participation.mark', record: maker.id(), body: { ...base(), kind: 'nickname', nickname: name } }])
  const claim = (mark: Mark, person: { id: string; name: string }): Promise<void> => {
    known.set(person.id, person.name)
    return run([{ verb: 'participation.claim', record: mark.id, body: { person: person.id } }])
  }
  return { roll, problem: reading.problem, loading: reading.loading, stale: reading.stale, waiting, reload, mark, unmark, count, arrive, close, nickname, claim }
}
