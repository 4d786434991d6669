/** Help from outside: a spoken consent, a referral, the partner's answers by link and code, a withdrawal that closes the page. */
import type { Page } from '@playwright/test'
import type { Server } from '../server'
import { check, expect, go, register, signIn, stored, test, titled } from '../steps'

test.use({ kind: 'empty' })

async function aPartner(page: Page) {
  await go(page, '合作机构')
  await titled(page, '合作机构')
  await check(page, 'organisations-empty')
  await page.getByRole('link', { name: '登记机构' }).first().click()
  await page.getByLabel('机构名称').fill('青杉区法律援助中心')
  await page.getByText('政府与群团', { exact: true }).click()
  await page.getByLabel('总机电话').fill('0870-1234501')
  await page.getByRole('button', { name: '添加联系人' }).click()
  await page.getByLabel('岗位').fill('值班律师')
  await page.getByLabel('姓名', { exact: true }).fill('周律师')
  await check(page, 'organisation-edit')
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, '青杉区法律援助中心')
  await page.getByRole('button', { name: '添加服务' }).click()
  await page.getByLabel('什么服务').fill('讨薪代理')
  await page.getByRole('dialog').getByLabel('对应哪方面的需求').selectOption({ label: '欠薪' })
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '讨薪代理' })).toBeVisible()
  await expect(page.getByText('从未核实')).toBeVisible()
  await page.getByRole('button', { name: '今天核实过' }).click()
  await expect(page.getByText(/由.*核实/)).toBeVisible()
  await check(page, 'organisation')
  await go(page, '合作机构')
  await page.getByLabel('搜索机构或服务').fill('fy')
  await expect(page.getByText('没有合适的机构')).toBeVisible()
  await page.getByLabel('搜索机构或服务').fill('讨薪')
  await expect(page.getByRole('link', { name: /法律援助中心/ })).toBeVisible()
  await check(page, 'organisations')
}

async function refer(page: Page, server: Server) {
  await register(page, server, '李娜', '13800138000')
  await page.getByRole('main').getByRole('link', { name: '转介', exact: true }).click()
  await titled(page, '转介给合作机构')
  const started = Date.now()
  let looking = 0
  const look = async (name: string): Promise<void> => {
    const from = Date.now()
    await check(page, name)
    looking += Date.now() - from
  }
  await page.getByLabel('哪方面的事').selectOption({ label: '欠薪' })
  await page.getByRole('button', { name: /法律援助中心/ }).click()
  await page.getByRole('button', { name: '记一项同意' }).click()
  const dialog = page.getByRole('dialog')
  await look('consent-new')
  await dialog.getByText('电话', { exact: true }).click()
  await dialog.getByRole('button', { name: '记下' }).click()
  await expect(page.getByRole('heading', { name: '告诉对方什么' })).toBeVisible()
  await expect(page.getByLabel('姓名', { exact: true })).toHaveValue('李娜')
  await expect(page.getByLabel('电话', { exact: true })).toHaveCount(0)
  await page.getByLabel('需求和求助', { exact: true }).fill('三个月工资没有发，老板电话打不通。')
  await look('referral-new')
  await page.getByRole('button', { name: '送出转介' }).click()
  await titled(page, /欠薪 · 李娜/)
  expect(Date.now() - started - looking, 'a referral in under a minute').toBeLessThan(60_000)
  await page.getByRole('button', { name: '生成链接和查看码' }).click()
  await expect(page.locator('.link-code')).toHaveText(/^\d{6}$/)
  await check(page, 'referral-link')
  const address = (await page.locator('.link-address').textContent()) ?? ''
  const code = (await page.locator('.link-code').textContent()) ?? ''
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  return { address, code }
}

/** Looks at the page that somebody without script sees: the checkers are scripts, so it is shown once more where they run. */
async function look(partner: Page, name: string) {
  const context = await partner.context().browser()?.newContext({ locale: 'zh-CN' })
  const tab = await context?.newPage()
  if (!tab) throw new Error('no browser')
  const body = await partner.content()
  await tab.route(partner.url(), async (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
  await tab.goto(partner.url())
  await check(tab, name)
  await context?.close()
}

/** By link and code, without an account. */
async function answer(page: Page, partner: Page, { address, code }: { address: string; code: string }) {
  await partner.goto(address)
  await expect(partner.getByRole('heading', { level: 1 })).toHaveText('有一份转介请您看一下')
  await look(partner, 'partner-code')
  await expect(partner.locator('body')).not.toContainText('李娜')
  await partner.getByLabel('查看码').fill('000000' === code ? '111111' : '000000')
  await partner.getByRole('button', { name: '查看' }).click()
  await expect(partner.getByRole('alert')).toContainText('查看码不对')
  await look(partner, 'partner-code-wrong')
  await partner.getByLabel('查看码').fill(code)
  await partner.getByRole('button', { name: '查看' }).click()
  await expect(partner.locator('dl')).toContainText('三个月工资没有发')
  await expect(partner.locator('body')).not.toContainText('13800138000')
  await look(partner, 'partner-referral')
  await partner.getByRole('button', { name: '送出答复' }).click()
  await expect(partner.getByRole('status')).toContainText('接收')
  await page.reload()
  await expect(page.getByText('对方已接收')).toBeVisible()
  await expect(page.getByText(/对方看过/)).toBeVisible()
  await check(page, 'referral')
  await partner.getByRole('button', { name: '送出答复' }).click()
  await expect(partner.getByRole('alert')).toContainText('一句话')
  await partner.getByLabel('说明').fill('已追回 6000 元')
  await partner.getByRole('button', { name: '送出答复' }).click()
  await expect(partner.getByRole('heading', { level: 1 })).toHaveText('收到，谢谢')
  await look(partner, 'partner-thanks')
  await partner.goto(address)
  await expect(partner.getByRole('heading', { level: 1 })).toHaveText('这个页面已经不能查看')
  await page.reload()
  await expect(page.getByText('已追回 6000 元')).toBeVisible()
  await page.getByRole('button', { name: '要跟进，登记求助' }).click()
  await stored(page)
  await page.getByRole('link', { name: '打开跟进的求助' }).click()
  await titled(page, /欠薪 · 李娜/)
}

/** A second referral, whose consent is withdrawn: the partner's page closes at once. Gives the number of its slip. */
async function withdraw(page: Page, partner: Page) {
  await page.getByRole('main').getByRole('link', { name: '转介', exact: true }).click()
  await page.getByRole('button', { name: /法律援助中心/ }).click()
  await page.getByRole('button', { name: '送出转介' }).click()
  await titled(page, /欠薪 · 李娜/)
  await page.getByRole('link', { name: '打印转介单' }).click()
  await titled(page, '转介单')
  await check(page, 'referral-slip')
  await page.goBack()
  await page.getByRole('button', { name: '生成链接和查看码' }).click()
  const second = (await page.locator('.link-address').textContent()) ?? ''
  const opens = (await page.locator('.link-code').textContent()) ?? ''
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  const slip = ((await page.locator('.chip').filter({ hasText: '编号' }).textContent()) ?? '').slice(-6)
  await partner.goto(second)
  await partner.getByLabel('查看码').fill(opens)
  await partner.getByRole('button', { name: '查看' }).click()
  await expect(partner.locator('dl')).toContainText('李娜')
  await page.getByRole('link', { name: '李娜' }).first().click()
  await titled(page, '李娜')
  await check(page, 'person-consents')
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('本人来电，不想再麻烦别人')
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('已撤回')).toBeVisible()
  await partner.getByRole('button', { name: '送出答复' }).click()
  await expect(partner.getByRole('heading', { level: 1 })).toHaveText('这个页面已经不能查看')
  await expect(partner.locator('body')).not.toContainText('李娜')
  return slip
}

async function answerBySlip(page: Page, slip: string) {
  await go(page, '转介')
  await check(page, 'referrals')
  await page.getByLabel('回执编号').fill(slip)
  await page.getByRole('button', { name: '找到这张单' }).click()
  await expect(page.getByRole('dialog')).toContainText('对方怎么答复的？')
  await page.getByRole('dialog').getByText('不能接收', { exact: true }).click()
  await page.getByRole('dialog').getByLabel('说明').fill('已经不需要')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('对方未接收')).toBeVisible()
}

test('refer to a partner', async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await aPartner(page)
  const link = await refer(page, server)
  // The partner: another browser, without script, as inside a chat.
  const away = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
  const partner = await away.newPage()
  await answer(page, partner, link)
  const slip = await withdraw(page, partner)
  await away.close()
  await answerBySlip(page, slip)
})

test('the partner\'s pages are for everybody', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await page.goto(`${server.address}/r/nothing-here`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这个页面已经不能查看')
  await check(page, 'partner-over')
})
