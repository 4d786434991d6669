/** Every page against the typed fake server: no accessibility error, no script error, nothing sticking out. */
import { spawn, type ChildProcess } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { check } from '../check'

const PORT = 4319
const BASE = `http://127.0.0.1:${String(PORT)}`
let server: ChildProcess

test.beforeAll(async () => {
  const web = new URL('../../web/', import.meta.url).pathname
  server = spawn('npx', ['vite', 'preview', '--mode', 'fake', '--outDir', 'dist-fake', '--port', String(PORT), '--host', '127.0.0.1'], { cwd: web, stdio: 'ignore', detached: true })
  await expect.poll(async () => (await fetch(BASE).catch(() => null))?.status ?? 0, { timeout: 20_000 }).toBe(200)
})
test.afterAll(() => {
  if (server.pid) process.kill(-server.pid)
})

const PAGES: [string, string][] = [
  ['today', '/'], ['find', '/people'], ['find-lina', '/people?q=lina'], ['find-nobody', '/people?q=xyzxyz'], ['person-new', '/people/new'], ['households', '/households'],
  ['household-new', '/households/new'], ['duplicates', '/duplicates'], ['conflicts', '/conflicts'], ['activities', '/activities'], ['activity-new', '/activities/new'],
  ['visits', '/visits'], ['visit-new', '/visits/new'], ['needs', '/needs'], ['requests', '/requests'], ['request-new', '/requests/new'], ['roster', '/reports/roster'],
  ['participations', '/reports/participations'], ['imports', '/imports'], ['settings', '/settings'], ['accounts', '/accounts'], ['outbox', '/outbox'],
  ['journal', '/journal'], ['more', '/more'], ['not-found', '/nowhere/at/all'],
]

test('every page', async ({ page }) => {
  test.setTimeout(900_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  await page.goto(`${BASE}/?fake=setup`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await check(page, 'setup')
  await page.goto(`${BASE}/login`)
  await page.getByLabel('登录名').fill('lina')
  await page.getByLabel('密码').fill('a good long sentence')
  await check(page, 'login')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '今天' })).toBeVisible()
  const only = process.env['ONLY']?.split(',')
  const wanted = (name: string): boolean => !only || only.includes(name)
  for (const [name, path] of PAGES.filter(([name]) => wanted(name))) {
    await page.goto(BASE + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForTimeout(350)
    await check(page, name)
  }
  const follow = async (name: string, from: string, link: string): Promise<void> => {
    if (!wanted(name)) return
    await page.goto(BASE + from)
    await page.locator(link).first().click()
    await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty()
    await page.waitForTimeout(350)
    await check(page, name)
  }
  await follow('person', '/people?q=小娜', '.list a')
  await follow('history', '/journal', '.list a')
  await follow('household', '/households', '.list a')
  await follow('roll', '/activities', '.list a')
  await follow('activity', '/activities', 'a[href^="/activities/0"]')
  await follow('visit', '/visits', '.list a')
  await follow('request', '/requests', '.list a')
  expect(errors, errors.join('\n')).toEqual([])
})
