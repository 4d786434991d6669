/** Changes to an import on their way to the server. */
import { type Ref, ref } from 'vue'
import { request } from '@/app/act'

/** Sends one change after those before it; `null` when it failed, which is told. */
export type Send = <T>(work: () => Promise<T>) => Promise<T | null>

/** Changes in the order of their making. Nothing may be written while one is on its way: it would be written without it. */
export function useChanges(): { send: Send; waiting: Ref<number> } {
  const waiting = ref(0)
  let last: Promise<unknown> = Promise.resolve()
  const send: Send = async (work) => {
    waiting.value += 1
    const before = last
    const sent = (async () => {
      await before
      return request(work)
    })()
    last = sent.catch(() => undefined)
    try {
      return await sent
    } finally {
      waiting.value -= 1
    }
  }
  return { send, waiting }
}
