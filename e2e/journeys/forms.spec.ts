/** A log of visits comes in; the office's own form is filled in by pointing at cells, again and again. */
import { check, expect, go, signIn, test, titled } from '../steps'
import { sample } from '../server'

const ROSTER = sample('01_流动儿童花名册.xlsx')
const VISITS = sample('04_走访电话记录2024.xlsx')

test.use({ kind: 'empty' })
test.skip(ROSTER === null || VISITS === null, 'the sample data is not beside the checkout')

test('300 visits come in, and her exact sheet is filled in', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  for (const file of [ROSTER, VISITS]) {
    await page.goto(`${server.address}/imports`)
    await page.locator('#import-file').setInputFiles(file ?? '')
    await expect(page.getByText('等您确认')).toBeVisible({ timeout: 90_000 })
    await page.getByRole('tab', { name: /对列/ }).click()
    await expect(page.getByLabel('这是什么表').first()).toHaveValue(file === ROSTER ? 'children' : 'visits')
    if (file === VISITS) await check(page, 'import-visits-mapping')
    await page.getByRole('tab', { name: /问题/ }).click()
    await expect(page.locator('.import-row').first()).toBeVisible()
    if (file === VISITS) await check(page, 'import-visits')
    await page.getByRole('button', { name: /写入 [\d,]+ 行/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /写入/ }).click()
    await expect(page.getByText('已写入。')).toBeVisible({ timeout: 180_000 })
  }
  await go(page, '走访与来电')
  await expect(page.locator('.list a').first()).toBeVisible()

  await go(page, '填报表')
  await titled(page, '填报表')
  await check(page, 'forms-empty')
  await page.locator('#form-file').setInputFiles(ROSTER ?? '')
  await titled(page, /花名册/)
  const column = page.getByRole('button', { name: /^B/ }).first()
  await expect(column).toContainText('姓名')
  await column.click()
  await expect(page.getByLabel('B 列填什么')).toHaveValue('name')
  await check(page, 'form-pointing')
  // A cell of the title row takes a figure.
  await page.getByRole('button', { name: /^S2/ }).or(page.getByRole('button', { name: /^A2/ })).first().click()
  await page.getByRole('button', { name: /^S5 / }).click()
  await page.getByLabel('S 列填什么').selectOption({ label: '这一列不填' })
  await page.getByRole('button', { name: '保存指定' }).click()
  await expect(page.getByRole('button', { name: '保存指定' })).toBeDisabled()
  await page.getByLabel('从', { exact: true }).fill('2024-01-01')
  await page.getByLabel('到', { exact: true }).fill('2024-03-31')
  await page.getByRole('button', { name: '填表' }).click()
  await expect(page.getByRole('status').filter({ hasText: '填好：255 人' })).toBeVisible({ timeout: 120_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '取填好的表' }).click()])
  expect(download.suggestedFilename()).toContain('.xlsx')
  await check(page, 'form-filled')
  await go(page, '填报表')
  await expect(page.locator('.list a').first()).toContainText('填过')
  await check(page, 'forms')
})
