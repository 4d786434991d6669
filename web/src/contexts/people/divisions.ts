/** The names behind codes of divisions, read once each. */
import { reactive, watch } from 'vue'
import { query } from '@/engine/api'
import type { PlaceList } from '@/engine/answers'
import { readOnce } from '@/app/read'

/** The division above one, by the way the codes are built: 2, 4, 6, 9 digits. */
function above(code: string): string {
  return code.slice(0, code.length === 9 ? 6 : code.length - 2)
}

/** Code → its name with those above it. */
export function useDivisions(codes: () => string[]): Map<string, string> {
  const names = reactive(new Map<string, string>())
  const asked = new Set<string>()
  async function learn(parent: string): Promise<void> {
    if (asked.has(parent)) return
    asked.add(parent)
    const answer = await readOnce<PlaceList>(`/places${query({ within: parent })}`).catch(() => null)
    for (const division of answer?.body.divisions ?? []) names.set(division.code, division.path)
  }
  watch(codes, (all) => all.forEach((code) => void learn(above(code))), { immediate: true })
  return names
}
