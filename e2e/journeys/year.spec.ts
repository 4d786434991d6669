/** A year in figures: the period is chosen, charts are drawn, a number opens what is behind it; a coordinator sees totals only. */
import { readFileSync } from 'node:fs'
import { check, expect, go, signIn, test, titled } from '../steps'

test.use({ kind: 'year' })

test('a year in figures', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  const year = String(new Date().getFullYear() - 1)
  await signIn(page, server)
  await go(page, '统计')
  await page.getByRole('link', { name: '一年（一段时间）' }).click()
  await titled(page, '一年（一段时间）')
  await page.getByLabel('年份').fill('1999')
  await expect(page.getByText('这段时间没有记录')).toBeVisible()
  await check(page, 'year-empty')

  await page.getByLabel('年份').fill(year)
  const figure = (name: string) => page.locator('.figures > div').filter({ hasText: name }).first().locator('dd')
  await expect(figure('场次')).toHaveText('170')
  await expect(figure('走访与来电')).toHaveText('300')
  await expect(page.locator('.chart canvas').first()).toBeVisible()
  await check(page, 'year')

  const file = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return readFileSync(await download.path())
  }
  expect((await file('下载 Excel')).subarray(0, 2).toString()).toBe('PK')
  const text = (await file('下载 CSV')).toString('utf8')
  expect(text).toContain(`统计期,Period,${year}\r\n`)
  expect(text).toContain('人数：性别')

  const sexes = page.getByRole('region', { name: '人数：性别' })
  const women = sexes.getByRole('row', { name: /女/ }).getByRole('button')
  const many = await women.textContent()
  await women.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('listitem')).toHaveCount(Number(many))
  await check(page, 'year-behind')
  await dialog.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/people\//)

  await page.goBack()
  await page.getByLabel('年份').fill(year)
  await page.getByLabel('长短').selectOption({ label: '一季' })
  await page.getByLabel('哪一段').selectOption({ label: '第 1 季度' })
  await expect(page.getByText(`${year}年1月1日 – ${year}年3月31日`)).toBeVisible()
  await page.getByLabel('长短').selectOption({ label: '从哪天到哪天' })
  await page.getByLabel('从', { exact: true }).fill(`${year}-03-02`)
  await page.getByLabel('到', { exact: true }).fill(`${year}-04-20`)
  await expect(page.getByText(`${year}年3月2日 – ${year}年4月20日`)).toBeVisible()
  await check(page, 'year-days')
})

test('a coordinator sees totals, and opens none of them', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server, 'network')
  await page.goto(`${server.address}/reports/year`)
  await page.getByLabel('年份').fill(String(new Date().getFullYear() - 1))
  await expect(page.locator('.figures dd').first()).not.toHaveText('0')
  await expect(page.locator('main .opens')).toHaveCount(0)
  await expect(page.getByLabel('长短').getByRole('option', { name: '从哪天到哪天' })).toHaveCount(0)
  await page.getByLabel('长短').selectOption({ label: '一个月' })
  await page.getByLabel('哪一段').selectOption({ label: '1' })
  await expect(page.getByRole('cell', { name: /^(<5|\*)$/ }).first()).toBeVisible()
  await check(page, 'year-coordinator')
})
