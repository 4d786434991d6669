/** What people do on every journey, in the words that they see. */
import { randomBytes } from 'node:crypto'
import { expect, type Page, test as base } from '@playwright/test'
import { check } from './check'
import { type Database, type Kind, type Server, startServer } from './server'

export interface Fixtures {
  kind: Kind
  database: Database
  server: Server
  /** Errors of scripts, of the console, of the content security policy. */
  errors: string[]
}

/** A test with a server of its own; it fails when the page ever logged an error. */
export const test = base.extend<Fixtures>({
  kind: ['demo', { option: true }],
  database: ['sqlite', { option: true }],
  server: async ({ kind, database }, use) => {
    const server = await startServer(kind, database)
    await use(server)
    await server.stop()
  },
  errors: async ({ page }, use) => {
    const errors: string[] = []
    listen(page, errors)
    await use(errors)
    expect(errors, errors.join('\n')).toEqual([])
  },
})

/** Collects what a page logs as an error. */
export function listen(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // The browser itself logs answers that the page handles: 401 before signing in, 404, no connection.
    const expected = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !expected) errors.push(message.text())
  })
}

export { check, expect }

/** Waits for a page by its title. */
export async function titled(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Signs in as the manager of the demonstration. */
export async function signIn(page: Page, server: Server, login = server.login): Promise<void> {
  await page.goto(`${server.address}/login`)
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(server.password)
  await page.getByRole('button', { name: '登录' }).click()
  await titled(page, '今天')
}

/** Goes to a page by the side navigation. */
export async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).first().getByRole('link', { name, exact: true }).click()
}

/** Waits for the toast that a command was stored. */
export async function stored(page: Page): Promise<void> {
  await expect(page.locator('.toast.done').last()).toContainText('已保存')
}

/** Picks somebody in a person picker. */
export async function pick(page: Page, label: string, text: string, option: string | RegExp = text): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(text)
  await page.getByRole('option', { name: option }).first().click()
}

/** Registers somebody and opens their page. */
export async function register(page: Page, server: Server, name: string, phone?: string): Promise<void> {
  await page.goto(`${server.address}/people/new`)
  await page.getByLabel('称呼 1').fill(name)
  if (phone) {
    await page.getByRole('button', { name: '再加一个电话' }).click()
    await page.getByLabel('电话 1').fill(phone)
  }
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, name)
}

/** Today in Shanghai, where the demonstration is. */
export function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** So many days later. */
export function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** What this browser has on disk, as one text: of one table of every account's database, or everything. */
export async function onDevice(page: Page, table?: 'cards' | 'drafts'): Promise<string> {
  return page.evaluate(async (only) => {
    const ended = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = (): void => resolve(request.result)
        request.onerror = (): void => reject(new Error(String(request.error)))
      })
    const said: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      const db = await ended(indexedDB.open(name ?? ''))
      for (const each of db.objectStoreNames) {
        if (only === undefined || only === each) said.push(await ended(db.transaction(each).objectStore(each).getAll()))
      }
      db.close()
    }
    return JSON.stringify(only === undefined ? [said, { ...localStorage }, { ...sessionStorage }] : said)
  }, table)
}

/** Waits until the server has so many participations on the roll that the page shows. */
export async function onRoll(page: Page, count: number): Promise<void> {
  const { origin, pathname } = new URL(page.url())
  const read = async (): Promise<number> => {
    const answer = await page.request.get(`${origin}/api/v1${pathname}`)
    return ((await answer.json()) as { totals: { participations: number } }).totals.participations
  }
  await expect.poll(read, { timeout: 60_000 }).toBe(count)
}

/** Enters a record by the API as whoever is signed in, where the journey is about something else; gives its id. */
export async function submit(page: Page, verb: string, body: Record<string, unknown>, at?: string, reason: string | null = null): Promise<string> {
  const id = (): string => `01${Array.from(randomBytes(24), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('')}`
  const record = at ?? id()
  const { origin } = new URL(page.url())
  const { csrf } = (await (await page.request.get(`${origin}/api/v1/session`)).json()) as { csrf: string }
  const sent_at = new Date().toISOString()
  const commands = [{ id: id(), verb, record, base: null, at: sent_at, device: 'journey', bundle: null, reason, body }]
  const answer = await page.request.post(`${origin}/api/v1/commands`, { headers: { 'x-skein-csrf': csrf }, data: { sent_at, commands } })
  const { receipts } = (await answer.json()) as { receipts: { outcome: string }[] }
  expect(receipts[0]?.outcome, JSON.stringify(receipts)).toBe('applied')
  return record
}
