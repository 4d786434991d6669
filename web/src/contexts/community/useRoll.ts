/** The roll of one session: what the server said, with this device's unsent marks on top, and what can be done. */
import type { ComputedRef, Ref } from 'vue'
import { t } from '@/app/i18n'
import { context, maker } from '@/app/services'
import type { Group, HouseholdView, Mark, PersonCard, Roll, SignUpItem } from '@/engine/answers'
import type { Draft } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import type { Problem } from '@/engine/envelope'
import { counters, groupKey, type Names, overlayRoll, toLower } from './roll'
import { arrivals, departures } from './signups'
import { useOverlay } from './useOverlay'

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

export function useRoll(session: () => string): RollDesk {
  const known = new Map<string, string>()
  const names: Names = { person: (id) => known.get(id) ?? t('ui.unknown') }
  const versions = (read: Roll): Map<string, number> => new Map([...read.marks, ...(read.signups ?? [])].map((each) => [each.id, each.version]))
  const { reading, shown: roll, waiting, reload, run } = useOverlay<Roll>({ path: () => `/sessions/${session()}/roll`, session, versions, lay: (read, steps) => overlayRoll(read, steps, names) })

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
