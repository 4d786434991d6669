/** Two workers, one family: both without a connection for two days, the same phone number and different needs. */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Server } from '../server'
import { check, expect, go, listen, register, signIn, test, titled } from '../steps'

test.use({ kind: 'empty' })
const DAYS = 24 * 60 * 60 * 1000

/** A colleague on a device of their own, who has the family's page open when the connection goes. */
async function colleague(browser: Browser, server: Server, login: string, address: string, errors: string[]): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  listen(page, errors)
  await signIn(page, server, login)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
  await page.goto(address)
  await titled(page, '李娜')
  await context.setOffline(true)
  return { page, context }
}

async function edit(page: Page, fields: Record<string, string>): Promise<void> {
  await page.getByRole('link', { name: '修改资料' }).click()
  await page.getByRole('button', { name: '更多内容' }).click()
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, '李娜')
}

async function hear(page: Page, need: string, words: string): Promise<void> {
  await page.getByRole('link', { name: '记一次走访' }).click()
  await page.getByRole('button', { name: need, exact: true }).click()
  await page.getByLabel(`原话 ${need}`).fill(words)
  await page.getByRole('button', { name: '保存这次走访' }).click()
  await expect(page.getByText('已存在本机').last()).toBeVisible()
}

async function online(person: { page: Page; context: BrowserContext }): Promise<void> {
  await person.context.setOffline(false)
  await expect(person.page.locator('.sync')).toContainText('已同步', { timeout: 20_000 })
}

test('two workers, one family', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await register(page, server, '李娜', '138 0013 8000')
  const address = page.url()
  const li = await colleague(browser, server, 'li', address, errors)
  const wang = await colleague(browser, server, 'wang', address, errors)

  await edit(li.page, { '电话 1': '139 0000 1111', 职业: '卖菜' })
  // What this device changed is shown at once; changing it again is no conflict with oneself.
  await expect(li.page.locator('.phone-link')).toContainText('139 0000 1111')
  await edit(li.page, { '电话 1': '139 0000 2222' })
  await hear(li.page, '上学', '“九月能不能上学？”')
  const now = Date.now()
  await wang.page.clock.setSystemTime(now - 2 * DAYS)
  await edit(wang.page, { '电话 1': '137 0000 3333', 备注: '晚上在家' })
  await hear(wang.page, '住房', '房东要涨租')
  await wang.page.clock.setSystemTime(now)
  await check(wang.page, 'offline-saved')

  await online(li)
  await online(wang)
  await expect(wang.page.locator('.toast', { hasText: '与别人的修改冲突' })).toBeVisible()
  await wang.page.goto(address)
  const card = wang.page.locator('.conflict')
  await expect(card).toContainText('“电话”有两个值')
  const day = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeZone: 'Asia/Shanghai' })
  await expect(card.locator('dl > div').first()).toContainText(/现在用的.*李老师.*139.?0000.?2222/)
  await expect(card.locator('dl > div').last()).toContainText(new RegExp(`放在一边的.*王老师 ${day.format(now - 2 * DAYS)}.*137.?0000.?3333`))
  await expect(wang.page.getByText('卖菜')).toBeVisible()
  await expect(wang.page.getByText('晚上在家')).toBeVisible()
  await check(wang.page, 'person-conflict')

  await go(wang.page, '需求')
  await expect(wang.page.getByText('“九月能不能上学？”')).toBeVisible()
  await expect(wang.page.getByText('房东要涨租')).toBeVisible()
  await go(wang.page, '修改冲突')
  await expect(wang.page.locator('.conflict')).toContainText('李娜')
  await check(wang.page, 'conflicts')
  await wang.page.getByRole('button', { name: '改用这个值' }).click()
  await expect(wang.page.getByText('没有冲突')).toBeVisible()

  // The other one sees the value that came back, and by whom.
  await li.page.goto(address)
  await expect(li.page.locator('.phone-link')).toContainText(/137.?0000.?3333/)
  await expect(li.page.locator('.conflict')).toHaveCount(0)
  await li.page.getByRole('link', { name: '修改历史' }).click()
  await expect(li.page.getByRole('cell', { name: /139.?0000.?2222/ }).first()).toBeVisible()
  await li.context.close()
  await wang.context.close()
})
