/** The places of the register, to choose one. */
import { computed, type ComputedRef } from 'vue'
import { useRead } from '@/app/read'
import type { PlaceList } from '@/engine/answers'

export function usePlaces(): ComputedRef<{ value: string; text: string }[]> {
  const { data } = useRead<PlaceList>(() => '/places')
  return computed(() => [...(data.value?.places ?? [])].sort((a, b) => Number(b.rounds ?? false) - Number(a.rounds ?? false)).map((one) => ({ value: one.id, text: one.name })))
}
