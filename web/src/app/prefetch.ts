/** Brings what a helper may need without a connection: people's cards, today's rolls. Quietly, in the background. */
import type { FestivalOption, KindItem, LedDay, Page, PersonCard, Today } from '@/engine/answers'
import { OfflineError, ProblemError, query } from '@/engine/api'
import type { JsonObject } from '@/engine/envelope'
import { readOnce } from './read'
import { api, device, deviceOpen } from './services'

/** How many people's cards a device keeps. */
const CARDS = 2_000
const PAGE = 200
const SOON = 2_500

let timer: ReturnType<typeof setTimeout> | undefined

/** Starts after the first page has had its turn. */
export function prefetchSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void prefetch(), SOON)
}

async function prefetch(): Promise<void> {
  try {
    await trips()
    await rolls()
    await stays()
    await cards()
  } catch (error) {
    if (!(error instanceof OfflineError || error instanceof ProblemError)) throw error
  }
}

async function rolls(): Promise<void> {
  const { body } = await readOnce<Today>('/today')
  await readOnce('/activities?limit=50')
  const kinds = await readOnce<Page<KindItem>>('/activity-kinds')
  const pickUp = new Set(kinds.body.items.filter((kind) => kind.traits.pick_up).map((kind) => kind.code))
  for (const session of body.sessions) {
    await readOnce(`/sessions/${session.id}/roll`)
    if (pickUp.has(session.activity_kind ?? '')) await readOnce(`/sessions/${session.id}/care`)
  }
}

/** The list of the festival that comes: families are asked at their doors. */
async function stays(): Promise<void> {
  const { body } = await readOnce<Page<FestivalOption>>('/festival-stays/festivals')
  for (const each of body.items.filter((option) => option.offered)) await readOnce(`/festival-stays${query({ festival: each.code, year: String(each.year) })}`)
}

/** The lists of the days that one leads: they are needed where there is no connection. */
async function trips(): Promise<void> {
  const { body } = await readOnce<Page<LedDay>>('/trips')
  for (const led of body.items) await readOnce(`/sessions/${led.session}/trip`)
}

async function cards(): Promise<void> {
  const account = deviceOpen() ? device().account : null
  let after: string | null = null
  for (let kept = 0; kept < CARDS; kept += PAGE) {
    const page: Page<PersonCard> = await api.get(`/people${query({ limit: PAGE, after })}`)
    // Somebody else may have signed in meanwhile.
    if (!deviceOpen() || device().account !== account) return
    const plain = JSON.parse(JSON.stringify(page.items)) as (JsonObject & { id: string })[]
    await device().store.keepCards(plain, Date.now() - kept)
    after = page.next
    if (after === null) return
  }
}
