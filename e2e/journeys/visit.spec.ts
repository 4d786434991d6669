/** One entry, many effects: a visit with a family, a coat, a request and two volunteers; the draft survives a killed browser and is its author's alone. */
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { check, expect, go, onDevice, pick, register, signIn, stored, test, titled } from '../steps'

test.use({ kind: 'empty' })
const execute = promisify(execFile)

async function family(page: Page, address: string, names: string[]): Promise<void> {
  for (const name of names) await register(page, { address } as Parameters<typeof register>[1], name)
}

async function coats(page: Page, count: string): Promise<void> {
  await go(page, '物资')
  await page.getByRole('button', { name: '登记物资' }).click()
  await page.getByLabel('是什么').fill('儿童冬衣')
  await page.getByLabel('数量').fill(count)
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await expect(page.getByText(`剩 ${count} 件`)).toBeVisible()
}

/** Everything that came of one visit, into one form. */
async function fill(page: Page): Promise<void> {
  for (const name of ['小雁', '小楠', '小祥', '奶奶']) await pick(page, '添加一位', name)
  await page.getByRole('button', { name: '看病健康', exact: true }).click()
  await page.getByLabel('谁的 看病健康').selectOption({ label: '奶奶' })
  await page.getByLabel('原话 看病健康').fill('“腿疼，下楼都难”')
  await page.getByText('现在就登记求助').click()
  await page.getByText('给了什么').first().click()
  await page.getByLabel('给了什么').selectOption({ label: '儿童冬衣（剩 2）' })
  await page.getByText('谁一起去的').first().click()
  await pick(page, '志愿者', '张阿姨')
  await pick(page, '志愿者', '刘同学')
  await page.getByLabel('刘同学 的时长').fill('30')
  await page.getByText('再去看看').first().click()
  await page.getByRole('button', { name: '7 天后' }).click()
  await page.getByText('时间和地点').click()
  await page.getByLabel('大约几分钟').fill('50')
  await page.getByLabel('记录', { exact: true }).fill('外婆照看三个孩子')
  await page.getByText('全体社工', { exact: true }).click()
}

test('no double typing', { tag: '@both' }, async ({ page, server, errors, context }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await family(page, server.address, ['小雁', '小楠', '小祥', '奶奶', '张阿姨', '刘同学'])
  await coats(page, '2')
  await check(page, 'items')

  await page.goto(`${server.address}/visits/new`)
  await fill(page)
  await check(page, 'visit-new-whole')

  // Written down without a connection, stored once there is one again, and once only.
  await context.setOffline(true)
  await page.getByRole('button', { name: '保存这次走访' }).click()
  await titled(page, '走访与来电')
  await expect(page.locator('.sync')).toContainText('离线')
  await context.setOffline(false)
  await expect(page.locator('.sync')).toContainText('已同步', { timeout: 20_000 })
  await page.reload()
  await page.locator('.list a').filter({ hasText: '小雁' }).click()
  await titled(page, /走访/)
  await expect(page.getByText('给 小雁，1 件')).toBeVisible()
  await expect(page.getByText('张阿姨 50 分钟')).toBeVisible()
  await expect(page.getByText('刘同学 30 分钟')).toBeVisible()
  await check(page, 'visit-whole')
  const visit = page.url()

  for (const [name, words] of [['小雁', '收到 儿童冬衣 × 1'], ['小楠', '走访'], ['小祥', '走访'], ['奶奶', '看病健康'], ['张阿姨', '一起去走访'], ['刘同学', '帮忙 30 分钟']] as const) {
    await page.goto(visit)
    await page.getByRole('link', { name }).first().click({ timeout: 2_000 }).catch(async () => {
      await page.goto(`${server.address}/people`)
      await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill(name)
      await page.getByRole('link', { name: new RegExp(name) }).first().click()
    })
    await titled(page, new RegExp(name))
    await expect(page.locator('.timeline')).toContainText(words)
  }
  await go(page, '物资')
  await expect(page.getByText('剩 1 件')).toBeVisible()
  await page.locator('.list a').first().click()
  await titled(page, '儿童冬衣')
  await check(page, 'item')
  await go(page, '志愿时长')
  await expect(page.locator('.card').first()).toContainText('50 分钟')
  await check(page, 'hours')
  await go(page, '待办求助')
  await expect(page.getByText('“腿疼，下楼都难”').first()).toBeVisible()
  await check(page, 'requests-board')

  // The whole entry is taken back in one.
  await page.goto(visit)
  await page.getByRole('button', { name: '撤下整笔记录' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('记错了户')
  await page.getByRole('dialog').getByRole('button', { name: '撤下整笔记录' }).click()
  await titled(page, '走访与来电')
  await go(page, '物资')
  await expect(page.getByText('剩 2 件')).toBeVisible()
  await go(page, '志愿时长')
  await expect(page.getByText('还没有志愿时长')).toBeVisible()
})

test('what is not there is not given', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await register(page, server, '小雁')
  await coats(page, '1')
  await page.goto(`${server.address}/visits/new`)
  await pick(page, '添加一位', '小雁')
  await page.getByText('给了什么').first().click()
  await page.getByLabel('给了什么').selectOption({ label: '儿童冬衣（剩 1）' })
  await page.getByLabel('儿童冬衣 的数量').fill('3')
  await expect(page.getByText('只剩 1 件，这样保存不了')).toBeVisible()
  await page.locator('main form').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: '保存这次走访' }).click()
  await expect(page.locator('.toast.error')).toContainText('库存不够')
  await titled(page, '记一笔')
  await page.getByLabel('儿童冬衣 的数量').fill('1')
  await page.getByRole('button', { name: '保存这次走访' }).click()
  await stored(page)
  await expect(page.getByText('给 小雁，1 件')).toBeVisible()
})

/** A browser with a profile of its own, as on somebody's phone. */
async function phone(dir: string): Promise<BrowserContext> {
  const { use } = test.info().project
  return chromium.launchPersistentContext(dir, { ...use.launchOptions, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 360, height: 740 } })
}

/** Kills every process of that profile, as a battery does that runs out. */
async function kill(dir: string): Promise<void> {
  const { stdout } = await execute('pgrep', ['-f', dir])
  for (const id of stdout.split('\n').filter((line) => line !== '')) {
    try {
      process.kill(Number(id), 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}

test('a killed browser loses nothing, and nobody else finds it', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await register(page, server, '李娜')
  await register(page, server, '王小楠')
  const dir = mkdtempSync(join(tmpdir(), 'skein-phone-'))
  try {
    let own = await phone(dir)
    let tab = own.pages()[0] ?? (await own.newPage())
    await signIn(tab, server, 'li')
    await tab.goto(`${server.address}/visits/new`)
    await pick(tab, '添加一位', '李娜')
    await tab.getByRole('button', { name: '欠薪', exact: true }).click()
    await tab.getByLabel('记录', { exact: true }).fill('工头说年底一起结')
    await expect.poll(() => tab.evaluate(async () => (await indexedDB.databases()).length)).toBeGreaterThan(0)
    await expect.poll(() => onDevice(tab, 'drafts')).toContain('工头说年底一起结')
    await kill(dir)

    // The next day somebody else picks up the same phone.
    own = await phone(dir)
    tab = own.pages()[0] ?? (await own.newPage())
    await tab.goto(server.address)
    await leave(tab, server.address)
    await signIn(tab, server, 'wang')
    await tab.goto(`${server.address}/visits/new`)
    await titled(tab, '记一笔')
    await expect(tab.getByText('还有一份没写完')).toHaveCount(0)
    await expect(tab.getByLabel('记录', { exact: true })).toHaveValue('')
    await tab.goto(`${server.address}/people`)
    await tab.getByRole('link', { name: /王小楠/ }).first().click()
    await tab.getByRole('link', { name: '记一次走访' }).click()
    await expect(tab.getByLabel('记录', { exact: true })).toHaveValue('')
    await leave(tab, server.address)

    await signIn(tab, server, 'li')
    await tab.goto(`${server.address}/visits/new`)
    await expect(tab.getByText('接着上次没写完的')).toBeVisible()
    await expect(tab.getByLabel('记录', { exact: true })).toHaveValue('工头说年底一起结')
    await expect(tab.locator('.met')).toHaveText(/李娜/)
    await tab.getByRole('button', { name: '保存这次走访' }).click()
    await stored(tab)
    await tab.goto(`${server.address}/visits/new`)
    await expect(tab.getByText('接着上次没写完的')).toHaveCount(0)
    await own.close()
  } finally {
    // The browser writes into its profile until its last process is gone.
    await expect(async () => rm(dir, { recursive: true, force: true })).toPass({ timeout: 30_000 })
  }
  await page.goto(`${server.address}/visits`)
  await expect(page.locator('.list a')).toHaveCount(1)
})

async function leave(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/settings`)
  const out = page.getByRole('button', { name: /退出/ })
  // A browser that was killed may have forgotten who was signed in.
  const into = page.getByRole('button', { name: '登录', exact: true })
  await expect(out.or(into)).toBeVisible()
  if (await out.isVisible()) await out.click()
  await expect(into).toBeVisible()
}

test('under a minute: the taps of a visit on a phone', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, server)
  await register(page, server, '李娜')
  await page.goto(server.address)
  await titled(page, '今天')
  await page.evaluate(() => {
    const counted = globalThis as unknown as { taps: number }
    counted.taps = 0
    addEventListener('pointerdown', () => (counted.taps += 1), true)
  })
  await page.getByRole('link', { name: /记一笔/ }).last().click()
  await page.getByRole('combobox', { name: '添加一位' }).click()
  await page.keyboard.type('ln')
  await page.getByRole('option', { name: /李娜/ }).first().click()
  await page.getByRole('button', { name: '欠薪', exact: true }).click()
  await page.getByRole('button', { name: '看病健康', exact: true }).click()
  await page.getByRole('button', { name: '保存这次走访' }).click()
  await stored(page)
  // Two needs of somebody, from the first page to the stored visit, besides typing two letters.
  expect(await page.evaluate(() => (globalThis as unknown as { taps: number }).taps)).toBeLessThanOrEqual(6)
})
