/** Every page against the typed fake server: no accessibility error, no script error, nothing sticking out. */
import { spawn, type ChildProcess } from 'node:child_process'
import { expect, type Page, test } from '@playwright/test'
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
  ['household-new', '/households/new'], ['duplicates', '/duplicates'], ['conflicts', '/conflicts'], ['activities', '/activities'], ['activities-week', '/activities?view=week'], ['activities-list', '/activities?view=list'], ['activities-all', '/activities?view=all'], ['activity-kinds', '/activity-kinds'], ['activity-new', '/activities/new'],
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
  await follow('activity', '/activities?view=all', 'a[href^="/activities/0"]')
  await follow('visit', '/visits', '.list a')
  await follow('request', '/requests', '.list a')
  if (wanted('import')) await importing(page)
  if (wanted('english')) {
    await page.goto(`${BASE}/settings`)
    await page.getByText('English', { exact: true }).click()
    await page.getByText('Large type').click()
    for (const [name, path] of PAGES.filter(([name]) => ['today', 'find', 'visit-new', 'roster', 'imports', 'settings'].includes(name))) {
      await page.goto(BASE + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForTimeout(350)
      await check(page, `${name}-english-large`)
    }
  }
  expect(errors, errors.join('\n')).toEqual([])
})

async function importing(page: Page): Promise<void> {
  await page.goto(`${BASE}/imports`)
  await page.locator('#import-file').setInputFiles({ name: '花名册.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK') })
  await expect(page.getByText('正在读取').first()).toBeVisible()
  await check(page, 'import-reading')
  await expect(page.getByText('等您确认')).toBeVisible({ timeout: 20_000 })
  for (const [tab, name] of [['选表', 'sheets'], ['对列', 'mapping'], ['问题', 'preview'], ['重复', 'duplicates']] as const) {
    await page.getByRole('tab', { name: new RegExp(tab) }).click()
    await page.waitForTimeout(300)
    await check(page, `import-${name}`)
  }
  await page.getByRole('button', { name: /写入 [\d,]+ 行/ }).click()
  await check(page, 'import-confirm')
  await page.getByRole('dialog').getByRole('button', { name: /写入/ }).click()
  await expect(page.getByText('已写入。')).toBeVisible({ timeout: 20_000 })
  await check(page, 'import-done')
}
