/** Finding people: the server when it can be reached, this device's cards when it cannot. */
import type { Page, PersonCard } from '@/engine/answers'
import { OfflineError, query } from '@/engine/api'
import type { JsonObject } from '@/engine/envelope'
import { rankCards, type Reader } from '@/engine/names'
import { api, device, deviceOpen, syncState } from '@/app/services'

let reader: Promise<Reader> | null = null

/** The readings of characters, loaded only when somebody searches without a connection. */
function readings(): Promise<Reader> {
  reader ??= import('@/engine/readings').then((module) => module.reader)
  return reader
}

/** People for what was typed, best first. */
export async function findPeople(text: string, limit = 30): Promise<PersonCard[]> {
  try {
    const page = await api.get<Page<PersonCard>>(`/people${query({ q: text.trim(), limit })}`)
    syncState.online = true
    keepCards(page.items)
    return page.items
  } catch (error) {
    if (!(error instanceof OfflineError) || !deviceOpen()) throw error
    syncState.online = false
    const cards = (await device().store.cards()) as unknown as PersonCard[]
    return rankCards(text, cards, await readings()).slice(0, limit)
  }
}

/** Keeps cards on this device for finding them without a connection. */
export function keepCards(cards: PersonCard[]): void {
  if (!deviceOpen()) return
  const plain = JSON.parse(JSON.stringify(cards)) as (JsonObject & { id: string })[]
  void device().store.keepCards(plain, Date.now())
}
