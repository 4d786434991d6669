/** The two registers: preview, decide, write, undo, import again; then the roster's figures. */
import type { Page } from '@playwright/test'
import { check, expect, go, signIn, test, titled } from '../steps'
import { readFileSync } from 'node:fs'
import { sample, type Server } from '../server'

const CHILDREN = sample('01_流动儿童花名册.xlsx')
const HOUSEHOLDS = sample('02_家庭登记总表.xlsx')

/** What a truth file says about its workbook. */
interface Truth {
  headline: Record<string, number> & { sex: Record<string, number>; tenure_unknown: number; renting: number; renting_pct: string; renting_pct_of_known: string }
  sheets: { name: string; state: string; role: string; first_row: number; last_row: number }[]
  refuse: string[]
  records: { key: string; sheet: string }[]
}
const truth = (file: string | null): Truth => JSON.parse(readFileSync(`${file ?? ''}.truth.json`, 'utf8')) as Truth

test.use({ kind: 'empty' })
test.skip(CHILDREN === null || HOUSEHOLDS === null, 'the sample data is not beside the checkout')

async function upload(page: Page, server: Server, file: string): Promise<void> {
  await page.goto(`${server.address}/imports`)
  await page.locator('#import-file').setInputFiles(file)
  await expect(page.getByText('等您确认')).toBeVisible({ timeout: 90_000 })
}

async function write(page: Page): Promise<void> {
  await page.getByRole('button', { name: /写入 [\d,]+ 行/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /写入/ }).click()
  await expect(page.getByText('已写入。')).toBeVisible({ timeout: 120_000 })
}

async function people(page: Page, server: Server): Promise<number> {
  return page.evaluate(async (address) => {
    let count = 0
    let after: string | null = null
    do {
      const path: string = `${address}/api/v1/people?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`
      const answer = (await (await fetch(path)).json()) as { items: unknown[]; next: string | null }
      count += answer.items.length
      after = answer.next
    } while (after !== null)
    return count
  }, server.address)
}

test('the roster of children, and its figures', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await upload(page, server, CHILDREN ?? '')
  await expect(page.getByText('255 行').first()).toBeVisible()
  await check(page, 'import-sheets')
  await page.getByRole('tab', { name: /对列/ }).click()
  await expect(page.getByRole('combobox', { name: /姓名/ }).first()).toBeVisible()
  await check(page, 'import-mapping')
  await page.getByRole('tab', { name: /问题/ }).click()
  await expect(page.locator('.import-row').first()).toBeVisible()
  await check(page, 'import-preview')
  await page.getByRole('tab', { name: /重复/ }).click()
  await check(page, 'import-duplicates')
  await write(page)
  await check(page, 'import-done')
  await page.goto(`${server.address}/reports/roster`)
  await titled(page, '在册名单')
  await page.getByLabel('截止到').fill('2024-03-15')
  await expect(page.locator('.figures')).toContainText('未满 18 岁255')
  const { headline } = truth(CHILDREN)
  const renting = page.locator('.report-table').filter({ hasText: '租住比例' })
  const row = (table: typeof renting, name: RegExp) => table.getByRole('row', { name })
  await expect(renting).toContainText(`分母 ${String(headline['children'])}`)
  for (const figure of [String(headline.renting), headline.renting_pct, headline.renting_pct_of_known]) await expect(row(renting, /^租住/)).toContainText(figure)
  await expect(row(renting, /^不详/)).toContainText(String(headline.tenure_unknown))
  const sexes = page.locator('.report-table').filter({ hasText: '性别' }).first()
  await expect(row(sexes, /^女/)).toContainText(String(headline.sex['F']))
  await expect(row(sexes, /^男/)).toContainText(String(headline.sex['M']))
  await check(page, 'roster')
})

test('the household register: undo, and again', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const before = await people(page, server)
  await upload(page, server, HOUSEHOLDS ?? '')
  // The register is chosen with all of its rows; the older sheet is shown and left out, the confidential one is not even read.
  const { sheets, refuse, headline } = truth(HOUSEHOLDS)
  for (const [at, sheet] of sheets.entries()) {
    const line = page.locator('.sheet').filter({ hasText: sheet.name })
    await expect(line).toContainText(sheet.role === 'confidential' ? '还没有读取' : `${String(sheet.last_row - sheet.first_row + 1)} 行`)
    await expect(line.getByRole('checkbox')).toBeChecked({ checked: at === 0 })
  }
  await expect(page.locator('.chip').filter({ hasText: '不能导入' })).toContainText(String(refuse.length))
  await page.getByRole('tab', { name: /重复/ }).click()
  await expect(page.locator('.import-row').first()).toBeVisible()
  await check(page, 'import-household-duplicates')
  await page.locator('.import-row').first().getByRole('button', { name: '新的人' }).click()
  await page.locator('.import-row').first().getByRole('button', { name: '同一个人' }).click()
  await page.getByRole('button', { name: '全部并入' }).click()
  await write(page)
  const after = await people(page, server)
  // Rows without a name stay out; the 60 rows of somebody already listed become nobody new.
  const expected = headline['distinct_people_with_a_name'] ?? 0
  expect(Math.abs(after - before - expected)).toBeLessThanOrEqual(expected * 0.01)
  await page.getByRole('button', { name: '整批撤销' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('演练')
  await page.getByRole('dialog').getByRole('button', { name: '整批撤销' }).click()
  await expect(page.getByText('这一批已撤销。')).toBeVisible({ timeout: 120_000 })
  expect(await people(page, server)).toBe(before)

  await upload(page, server, HOUSEHOLDS ?? '')
  await page.getByRole('tab', { name: /重复/ }).click()
  await page.getByRole('button', { name: '全部并入' }).click()
  await write(page)
  const first = await people(page, server)
  await upload(page, server, HOUSEHOLDS ?? '')
  await write(page)
  expect(await people(page, server)).toBe(first)
  await go(page, '家庭')
  await expect(page.locator('.list a').first()).toBeVisible()
  await check(page, 'households')
  await page.locator('.list a').first().click()
  await titled(page, /户/)
  await check(page, 'household')
})

test('a long import is cancelled half-way, and what was written is taken back', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const before = await people(page, server)
  await upload(page, server, HOUSEHOLDS ?? '')
  await page.getByRole('button', { name: /写入 [\d,]+ 行/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /写入/ }).click()
  const progress = page.getByRole('progressbar', { name: '正在写入' })
  await expect(progress).toBeVisible()
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.locator('.chip').filter({ hasText: '已取消' })).toBeVisible({ timeout: 60_000 })
  await check(page, 'import-cancelled')
  if ((await people(page, server)) > before) {
    await page.getByRole('button', { name: '整批撤销' }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('取消了')
    await page.getByRole('dialog').getByRole('button', { name: '整批撤销' }).click()
    await expect(page.getByText('这一批已撤销。')).toBeVisible({ timeout: 60_000 })
  }
  expect(await people(page, server)).toBe(before)
})
