/** What outreach notes besides visits: three incidents become a pattern, the pattern an entry of the board, the board a page for everybody; leaflets; soft changes. */
import type { Page } from '@playwright/test'
import { check, expect, go, pick, register, signIn, stored, test, titled } from '../steps'
import type { Server } from '../server'

test.use({ kind: 'empty' })

async function incident(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: '记一件' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('在哪里').fill('九眼桥劳务市场')
  await dialog.getByLabel('发生了什么').fill(words)
  await dialog.getByRole('button', { name: '保存' }).click()
}

async function three(page: Page, server: Server): Promise<void> {
  await register(page, server, '李娜')
  await go(page, '受歧视的事')
  await incident(page, '招工的对李娜说只要本地人')
  await expect(page.getByRole('alert')).toContainText('文字里有在册的名字：李娜')
  await check(page, 'incident-named')
  await page.getByLabel('发生了什么').fill('招工的对一位母亲说只要本地人')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  for (const words of ['说外地的不看', '问了户口就不理了']) {
    await incident(page, words)
    await expect(page.getByText(words)).toBeVisible()
  }
}

test('a pattern, the board, a page for everybody', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await three(page, server)
  await expect(page.getByText('3 件相似')).toBeVisible()
  await check(page, 'incidents-pattern')
  await go(page, '今天')
  await expect(page.getByRole('heading', { name: '同一个地方，反复发生' })).toBeVisible()
  await check(page, 'today-pattern')
  await page.getByRole('link', { name: /写一条 九眼桥/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('大家说')).toHaveValue(/九眼桥劳务市场，3 位提到/)
  await dialog.getByText('有了改变', { exact: true }).click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.toast.error')).toContainText('没有写我们做了什么')
  await dialog.getByLabel('我们做').fill('和劳务市场管理处谈过，招工牌上不再写户口。')
  await dialog.getByText('公开：大家都可以看').click()
  await check(page, 'board-edit')
  await dialog.getByRole('button', { name: '保存' }).click()
  await stored(page)
  await check(page, 'board-team')

  // Anybody, in a browser without script, on a phone; and on paper.
  const anybody = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN', viewport: { width: 360, height: 740 } })
  const tab = await anybody.newPage()
  await tab.goto(`${server.address}/board`)
  await titled(tab, '大家说，我们做')
  await expect(tab.getByText('招工牌上不再写户口')).toBeVisible()
  await expect(tab.getByText('李娜')).toHaveCount(0)
  await anybody.close()
  await page.goto(`${server.address}/board`)
  await check(page, 'board-public')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('li').first()).toBeVisible()
  await page.emulateMedia({ media: null })
})

test('copies and steps', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await go(page, '发单张')
  for (const [place, copies] of [['九眼桥', '300'], ['荷花池', '120']] as const) {
    await page.getByRole('button', { name: '记一次' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('哪一种单张').fill('工资拖欠怎么办')
    await dialog.getByLabel('多少份').fill(copies)
    await dialog.getByLabel('在哪里').fill(place)
    await dialog.getByLabel('语言').fill('中文、彝文')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(page.locator('.card').first()).toContainText('420 份')
  await check(page, 'leaflets-run')

  for (const name of ['李娜', '王芳', '马秀英', '小雁', '小楠']) await register(page, server, name)
  await go(page, '看得见的变化')
  for (const [index, name] of ['李娜', '王芳', '马秀英', '小雁', '小楠'].entries()) {
    await pick(page, '谁', name)
    await page.getByRole('button', { name: /会主动说自己的事/ }).click()
    await expect(page.getByText(`这次已记 ${String(index + 1)} 条`)).toBeVisible()
    if (index === 3) await expect(page.getByText('不到 5 人，不显示')).toBeVisible()
  }
  await expect(page.getByText('平均从 3.0 级到 3.0 级')).toBeVisible()
  await check(page, 'changes-group')
})
