/** The numbers behind household ids, read once each. */
import { reactive, watch } from 'vue'
import { readOnce } from '@/app/read'
import type { HouseholdPage } from '@/engine/answers'

/** Household id → its number. */
export function useHouseholdNumbers(ids: () => string[]): Map<string, string> {
  const numbers = reactive(new Map<string, string>())
  async function learn(id: string): Promise<void> {
    numbers.set(id, '')
    const answer = await readOnce<HouseholdPage>(`/households/${id}`).catch(() => null)
    if (answer) numbers.set(id, String(answer.body.household['number'] ?? ''))
  }
  watch(ids, (all) => all.filter((id) => !numbers.has(id)).forEach((id) => void learn(id)), { immediate: true })
  return numbers
}
