/** Who is signed in, and what they may do. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Session } from '@/engine/answers'
import { OfflineError } from '@/engine/api'
import { Permissions } from '@/engine/may'
import { dayOf } from '@/engine/store'
import { prefetchSoon } from './prefetch'
import { api, closeDevice, context, device, deviceOpen, openDevice, syncState } from './services'
import { isLanguage, settings } from './settings'

const HELPERS = new Set(['manager', 'worker', 'volunteer'])
const REMEMBER = 'skein.last-session'

export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const loaded = ref(false)
  const permissions = computed(() => new Permissions(session.value?.may ?? []))

  async function take(next: Session): Promise<void> {
    session.value = next
    loaded.value = true
    api.csrf = next.csrf ?? ''
    if (next.account) {
      syncState.signedOut = false
      if (!settings.chosen && isLanguage(next.account.lang)) {
        settings.language = next.account.lang
      }
      await openDevice(next.account.id)
      await device().store.keep(REMEMBER, { ...next, csrf: null } as never, Date.now())
      sessionStorage.setItem(REMEMBER, next.account.id)
      if (HELPERS.has(next.account.role)) prefetchSoon()
    } else closeDevice()
  }

  /** Asks the server; without a connection, goes on as the account of this browser session. */
  async function load(): Promise<void> {
    try {
      await take(await api.get<Session>('/session'))
    } catch (error) {
      const account = sessionStorage.getItem(REMEMBER)
      if (!(error instanceof OfflineError) || account === null) throw error
      await openDevice(account)
      const kept = await device().store.kept(REMEMBER, dayOf(context.now()))
      if (!kept) throw error
      session.value = kept.body as unknown as Session
      loaded.value = true
    }
  }

  async function signIn(login: string, password: string, code?: string): Promise<void> {
    await take(await api.post<Session>('/session', { login, password, ...(code ? { code } : {}) }))
  }

  async function setUp(body: { site: string; login: string; display: string; password: string; lang: string }): Promise<void> {
    await take(await api.post<Session>('/setup', body))
  }

  async function signOut(): Promise<void> {
    await api.delete('/session')
    if (deviceOpen()) await device().store.forgetRead()
    sessionStorage.removeItem(REMEMBER)
    closeDevice()
    session.value = null
    await load()
  }

  const may = (verb: string): boolean => permissions.value.may(verb)
  const account = computed(() => session.value?.account ?? null)
  const role = computed(() => session.value?.account?.role ?? null)
  const helper = computed(() => ['manager', 'worker', 'volunteer'].includes(role.value ?? ''))
  const staff = computed(() => ['manager', 'worker'].includes(role.value ?? ''))
  return { session, loaded, account, role, helper, staff, may, load, signIn, setUp, signOut }
})
