/** The names behind codes of divisions, read once for all screens. */
import { reactive } from 'vue'
import { query } from '@/engine/api'
import type { PlaceList } from '@/engine/answers'
import { readOnce } from '@/app/read'

const names = reactive(new Map<string, string>())
const asked = new Set<string>()

/** The division above one, by the way the codes are built: 2, 4, 6, 9 digits. */
function above(code: string): string {
  return code.slice(0, code.length === 9 ? 6 : code.length - 2)
}

async function learn(parent: string): Promise<void> {
  asked.add(parent)
  const answer = await readOnce<PlaceList>(`/places${query({ within: parent })}`).catch(() => null)
  if (!answer) asked.delete(parent)
  for (const division of answer?.body.divisions ?? []) names.set(division.code, division.path)
}

/** Code → its name with those above it; empty until the server has told it, and then shown by itself. */
export function divisionName(code: string): string {
  if (code === '') return ''
  const parent = above(code)
  if (!names.has(code) && !asked.has(parent)) void learn(parent)
  return names.get(code) ?? ''
}
