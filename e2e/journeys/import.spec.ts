/** The two registers: preview, decide, write, undo, import again; then the roster's figures. */
import type { Page } from '@playwright/test'
import { check, expect, go, signIn, test, titled } from '../steps'
import { sample, type Server } from '../server'

const CHILDREN = sample('01_流动儿童花名册.xlsx')
const HOUSEHOLDS = sample('02_家庭登记总表.xlsx')

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

test('the roster of children, and its figures', async ({ page, server, errors }) => {
  test.setTimeout(600_000)
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
  const renting = page.locator('.report-table').filter({ hasText: '租住比例' })
  await expect(renting).toContainText('分母 255')
  await expect(renting.getByRole('row', { name: /^租住/ })).toContainText('222')
  await expect(renting.getByRole('row', { name: /^租住/ })).toContainText('87.06')
  await expect(renting.getByRole('row', { name: /^不详/ })).toContainText('2')
  await check(page, 'roster')
})

test('the household register: undo, and again', async ({ page, server, errors }) => {
  test.setTimeout(600_000)
  expect(errors).toEqual([])
  await signIn(page, server)
  const before = await people(page, server)
  await upload(page, server, HOUSEHOLDS ?? '')
  await page.getByRole('tab', { name: /重复/ }).click()
  await expect(page.locator('.import-row').first()).toBeVisible()
  await check(page, 'import-household-duplicates')
  await page.locator('.import-row').first().getByRole('button', { name: '新的人' }).click()
  await page.locator('.import-row').first().getByRole('button', { name: '同一个人' }).click()
  await page.getByRole('button', { name: '全部并入' }).click()
  await write(page)
  const after = await people(page, server)
  expect(after).toBeGreaterThan(before + 600)
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
