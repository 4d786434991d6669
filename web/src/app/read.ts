/** Reading for screens: the server's answer, or the last one kept on this device when there is no connection. */
import { onScopeDispose, ref, type Ref, watch } from 'vue'
import { CancelledError, OfflineError, ProblemError } from '@/engine/api'
import type { Json, Problem } from '@/engine/envelope'
import { dayOf, type Store } from '@/engine/store'
import { api, context, device, deviceOpen, syncState } from './services'

export interface Reading<T> {
  data: Ref<T | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  /** The data is an old answer, because there is no connection. */
  stale: Ref<boolean>
  /** When what is shown was asked for, in milliseconds. */
  asked: Ref<number>
  reload: () => Promise<void>
  /** Waits no longer for the answer. */
  cancel: () => void
}

/** Under what an answer is kept: what somebody reads it for is told to the server and changes nothing in it. */
function keptAs(path: string): string {
  return path.replace(/\?purpose=\w+$/, '')
}

/** What the account that is signed in has on this device. */
const current = (): Store | null => (deviceOpen() ? device().store : null)

/** An answer; `asked` is when it was asked for, in milliseconds. */
interface Answer<T> {
  body: T
  stale: boolean
  asked: number
}

/** One answer, with the copy on this device standing in. */
export async function readOnce<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  const asked = context.now()
  const store = current()
  const turn = store?.begin()
  try {
    const body = await api.get<T>(path, signal)
    syncState.online = true
    // Whose device it was when this was asked: somebody else may have signed in meanwhile.
    if (store && store === current()) void store.keep(keptAs(path), JSON.parse(JSON.stringify(body)) as Json, asked, turn)
    return { body, stale: false, asked }
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) syncState.signedOut = true
    // What the server no longer tells, this device no longer keeps.
    const gone = error instanceof ProblemError && [403, 404, 410].includes(error.problem.status)
    if (gone && store && store === current()) await store.forget(keptAs(path), turn)
    if (!(error instanceof OfflineError)) throw error
    syncState.online = false
    const kept = (await current()?.kept(keptAs(path), dayOf(context.now()))) ?? null
    if (!kept) throw error
    return { body: kept.body as T, stale: true, asked: kept.at }
  }
}

const said = (code: string): Problem => ({ type: 'about:blank', title: '', status: 0, detail: '', code })
const OFFLINE = said('OFFLINE')
const CANCELLED = said('CANCELLED')

/**
 * Follows a path; `null` means nothing to read yet. A later path wins over a slower earlier answer. `over` lays something
 * of this device over the answer before it is shown.
 */
export function useRead<T>(path: () => string | null, over: (body: T) => T | Promise<T> = (body) => body): Reading<T> {
  const data = ref(null) as Ref<T | null>
  const problem = ref<Problem | null>(null)
  const loading = ref(false)
  const stale = ref(false)
  const asked = ref(0)
  let turn = 0
  let waiting = new AbortController()

  async function reload(): Promise<void> {
    const wanted = path()
    turn += 1
    const mine = turn
    waiting = new AbortController()
    if (wanted === null) {
      data.value = null
      loading.value = false
      return
    }
    loading.value = true
    try {
      const answer = await readOnce<T>(wanted, waiting.signal)
      const body = await over(answer.body)
      if (mine !== turn) return
      asked.value = answer.asked
      data.value = body
      stale.value = answer.stale
      problem.value = null
    } catch (error) {
      if (mine !== turn) return
      if (error instanceof ProblemError) problem.value = error.problem
      else if (error instanceof OfflineError) problem.value = OFFLINE
      else if (error instanceof CancelledError) problem.value = CANCELLED
      else throw error
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  watch(path, () => void reload(), { immediate: true })
  onScopeDispose(() => {
    turn += 1
  })
  return { data, problem, loading, stale, asked, reload, cancel: () => waiting.abort() }
}
