/** Register somebody with a nickname and a phone, and find her in every way, online and offline. */
import { check, expect, register, signIn, stored, test, titled } from '../steps'

const WAYS = ['李', 'lina', 'ln', 'li娜', '小娜', '李娜', '138 0013-8000', '+8613800138000', '8000', '１３８００１３８０００']

test.use({ kind: 'empty' })

test('find her', async ({ page, server, errors, context }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await register(page, server, '王建国', '139 0000 1111')
  await page.goto(`${server.address}/people/new`)
  await page.getByLabel('称呼 1').fill('李娜')
  await page.getByRole('button', { name: '再加一个称呼' }).click()
  await page.getByLabel('称呼 2').fill('小娜')
  await page.getByText('女', { exact: true }).click()
  await page.getByLabel('出生').fill('1992年3月')
  await page.getByRole('button', { name: '再加一个电话' }).click()
  await page.getByLabel('电话 1').fill('138 0013-8000')
  await page.getByRole('button', { name: '更多内容' }).click()
  await check(page, 'person-new')
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, '李娜')
  await expect(page.getByText('1992年3月')).toBeVisible()
  await check(page, 'person')

  await page.keyboard.press('/')
  await page.keyboard.type('lina')
  await page.keyboard.press('Enter')
  await titled(page, '找人')
  const first = page.locator('.list a').first()
  for (const way of WAYS) {
    await page.locator('#find-box').fill(way)
    await expect(page.getByText(/找到 \d+ 位/)).toBeVisible()
    await expect(first, way).toContainText('李娜')
  }
  await check(page, 'find')
  await page.locator('#find-box').fill('完全没有的人')
  await expect(page.getByText('没有找到“完全没有的人”')).toBeVisible()
  await check(page, 'find-nobody')

  // The device has the cards by now; without a connection the same ways find her.
  await page.locator('#find-box').fill('')
  await expect(first).toBeVisible()
  await page.waitForTimeout(4_000)
  await context.setOffline(true)
  for (const way of WAYS) {
    await page.locator('#find-box').fill(way)
    await expect(first, `offline: ${way}`).toContainText('李娜')
    await page.waitForTimeout(200)
  }
  await expect(page.getByText('没有网络，显示的是上次读到的内容。')).toBeVisible()
  await check(page, 'find-offline')
  await context.setOffline(false)
})

test('edit, history, ties, merge and take apart', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await register(page, server, '周婷')
  await register(page, server, '周小婷')
  await page.getByRole('link', { name: '修改资料' }).click()
  await page.getByLabel('称呼 1').fill('周小亭')
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, '周小亭')
  await page.getByRole('link', { name: '修改历史' }).click()
  await titled(page, '修改历史')
  await expect(page.getByRole('cell', { name: '周小婷' }).first()).toBeVisible()
  await check(page, 'history')
  await page.getByRole('link', { name: '返回' }).click()

  await page.getByRole('button', { name: '连上一位' }).click()
  await page.getByLabel('对方是他/她的').selectOption('mother')
  await page.getByRole('dialog').getByRole('combobox', { name: '搜索居民' }).fill('周婷')
  await page.getByRole('option', { name: /周婷/ }).first().click()
  await check(page, 'tie-new')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await expect(page.getByRole('link', { name: '周婷' })).toBeVisible()

  await page.getByRole('button', { name: '与另一条合并' }).click()
  await page.getByRole('combobox', { name: '留下哪一条' }).fill('周婷')
  await page.getByRole('option', { name: /周婷/ }).first().click()
  await page.getByRole('button', { name: '合并', exact: true }).click()
  await titled(page, '周婷')
  await expect(page.getByRole('heading', { name: '并入这里的记录' })).toBeVisible()
  await check(page, 'person-merged')
  await page.getByRole('button', { name: '拆开' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '拆开' }).click()
  await expect(page.getByRole('heading', { name: '并入这里的记录' })).toBeHidden()
})
