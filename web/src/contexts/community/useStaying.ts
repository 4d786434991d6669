/** Who stays over a festival, with this device's unsent taps on top, and what can be done. */
import { type ComputedRef, type Ref } from 'vue'
import type { HouseholdView, MealAnswer, StayAnswer, StayItem, StayList } from '@/engine/answers'
import type { Draft, JsonObject, Problem } from '@/engine/envelope'
import { atMeal, entry, fresh, overlayStays, returns, said, signingUp, signupOf, tapped } from './staying'
import { useOverlay } from './useOverlay'

/** What is said of a household at once: the answer, and whether the return goes into the stays here. */
export interface Told {
  body: JsonObject
  /** The day of return, where it is to be noted in their stays, too. */
  back: string | null
}

export interface StayDesk {
  list: ComputedRef<StayList | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  stale: Ref<boolean>
  waiting: ComputedRef<Set<string>>
  reload: () => Promise<void>
  answer: (item: StayItem, answer: StayAnswer) => Promise<void>
  meal: (item: StayItem, meal: MealAnswer) => Promise<void>
  tell: (item: StayItem, told: Told) => Promise<void>
  /** Lists a household that the register did not propose. */
  add: (household: HouseholdView) => Promise<void>
}

/** A record that another phone made is what was wanted; each is stored by itself. */
const APART = { apart: true, shown: true, once: ['festival_stay.list', 'signup.make'] }

export function useStaying(path: () => string | null): StayDesk {
  const known = new Map<string, HouseholdView>()
  function versions(read: StayList): Map<string, number> {
    const all = new Map<string, number>()
    for (const item of read.items) {
      all.set(item.id, item.version || -1)
      const signup = read.meal ? signupOf(item, read.meal.id) : null
      if (signup) all.set(signup, item.signup?.version ?? -1)
      for (const { stay } of item.members) if (stay) all.set(stay.id, stay.version)
    }
    return all
  }
  const { reading, shown: list, waiting, reload, run } = useOverlay<StayList>({ path, session: () => '', versions, lay: (read, steps) => overlayStays(read, steps, known) })
  const now = (item: StayItem): StayItem => list.value?.items.find((each) => each.id === item.id) ?? item

  async function send(item: StayItem, drafts: Draft[]): Promise<void> {
    const before = now(item)
    const back = (): void => {
      const at = list.value
      if (!at) return
      const present = now(item)
      void run([...entry(present, at, said(before)), ...signingUp(present, at, before.meal)], undefined, APART)
    }
    await run(drafts, back, APART)
  }
  async function answer(item: StayItem, next: StayAnswer): Promise<void> {
    if (list.value && item.answer !== next) await send(item, entry(item, list.value, tapped(item, next)))
  }
  async function meal(item: StayItem, next: MealAnswer): Promise<void> {
    if (list.value && item.meal !== next) await send(item, atMeal(item, list.value, next))
  }
  async function tell(item: StayItem, { body, back }: Told): Promise<void> {
    if (!list.value) return
    const next = { ...item, people: body['people'] as number | null, children: body['children'] as number | null }
    const signup = body['meal'] === item.meal ? [] : signingUp(next, list.value, body['meal'] as MealAnswer)
    await send(item, [...entry(item, list.value, body), ...signup, ...(back ? returns(item, back) : [])])
  }
  async function add(household: HouseholdView): Promise<void> {
    if (!list.value) return
    known.set(household.id, household)
    const item = fresh(household, list.value)
    if (!list.value.items.some((each) => each.id === item.id)) await run(entry(item, list.value, { answer: 'not_asked' }).slice(0, 1), undefined, APART)
  }
  return { list, problem: reading.problem, loading: reading.loading, stale: reading.stale, waiting, reload, answer, meal, tell, add }
}
