/** Children in care on a phone without a connection, a trip with its list, a circle with its notes. */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { derive } from '../../web/src/engine/ids'
import type { Server } from '../server'
import { check, expect, listen, onDevice, onRoll, pick, signIn, stored, submit, test, titled, today } from '../steps'

test.use({ kind: 'empty' })
test.setTimeout(900_000)
const MINUTES = 60_000

async function child(page: Page, name: string): Promise<string> {
  const birth = { precision: 'year', year: Number(today().slice(0, 4)) - 8 }
  return submit(page, 'person.create', { names: [{ text: name }], birth })
}

async function signUp(page: Page, session: string, activity: string, person: string): Promise<void> {
  await submit(page, 'signup.make', { session, activity, person, adults: 0, children: 1 }, derive(session, `signup:${person}`))
}

async function gathering(page: Page, activity: Record<string, unknown>, when: Record<string, unknown> = {}): Promise<{ activity: string; session: string }> {
  const made = await submit(page, 'activity.create', activity)
  return { activity: made, session: await submit(page, 'session.create', { activity: made, day: today(), ...when }) }
}

const number = (page: Page, name: string) => page.locator('.totals > div').filter({ has: page.getByText(name, { exact: true }) }).locator('dd')
const row = (page: Page, name: string) => page.locator('.care-row').filter({ hasText: name })
const synced = (page: Page) => expect(page.locator('.sync')).toContainText('已同步', { timeout: 60_000 })
const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: MINUTES })

test('twenty children without a connection, and who may take them home', { tag: '@both' }, async ({ page, server, errors, context }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const at = await gathering(page, { title: '放学后小课堂', kind: 'after_school', capacity: 21 }, { start: '00:01', end: '23:58' })
  const children = [await child(page, '李娜')]
  for (let n = 2; n <= 22; n += 1) children.push(await child(page, `孩子${String(n).padStart(2, '0')}`))
  for (const each of children) await signUp(page, at.session, at.activity, each)
  await submit(page, 'care_note.write', { child: children[0], health: '花生过敏，马上送医院', guardian: '妈妈', phone: '13800138000' }, derive(children[0]!, 'care_note'))

  await page.goto(`${server.address}/sessions/${at.session}/roll`)
  await page.getByRole('link', { name: '入离园登记' }).click()
  await titled(page, '放学后小课堂')
  await expect(number(page, '还没到')).toHaveText('21')
  await expect(page.getByText('候补第 1')).toBeVisible()
  await check(page, 'care-before')

  await context.setOffline(true)
  const began = Date.now()
  await page.locator('.care-tap').filter({ hasText: '李娜' }).click()
  for (let n = 1; n < 20; n += 1) await page.locator('.care-tap').first().click()
  await expect(number(page, '在园')).toHaveText('20')
  const seconds = (Date.now() - began) / 1000
  console.log(`20 children in ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(120)
  await expect(page.locator('.sync')).toContainText('离线')
  await check(page, 'care-offline')
  await context.setOffline(false)
  await synced(page)
  await page.reload()
  await expect(number(page, '在园')).toHaveText('20')
  await expect(number(page, '还没到')).toHaveText('1')

  await release(page, server)
  await page.goto(`${server.address}/sessions/${at.session}/roll`)
  await expect(number(page, '人次')).toHaveText('20')
})

/** Nobody takes a child who is not on its list: added first, taken off again, and the manager's exception. */
async function release(page: Page, server: Server): Promise<void> {
  await row(page, '李娜').getByRole('button', { name: /接走/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('谁都不能接走这个孩子')
  await check(page, 'care-pickup-nobody')
  await dialog.getByRole('link', { name: '接送名单与健康' }).click()
  await titled(page, '李娜 的接送与健康')
  await expect(page.getByText('花生过敏，马上送医院')).toBeVisible()
  await page.getByRole('button', { name: '加一个人' }).click()
  await dialog.getByLabel('称呼').fill('王奶奶')
  await dialog.getByLabel('是孩子的什么人').fill('奶奶')
  await dialog.getByLabel('电话').fill('13900139000')
  await dialog.getByLabel('谁同意的').fill('妈妈，当面说的')
  await check(page, 'care-permission-new')
  await dialog.getByRole('button', { name: '保存' }).click()
  await stored(page)
  await expect(page.getByText('妈妈，当面说的 同意')).toBeVisible()
  await check(page, 'care-child')

  await page.goBack()
  await row(page, '李娜').getByRole('button', { name: /接走/ }).click()
  await check(page, 'care-pickup')
  await dialog.getByRole('button', { name: /王奶奶/ }).click()
  await expect(number(page, '已接走')).toHaveText('1')
  await expect(row(page, '李娜')).toContainText('王奶奶 · 奶奶')
  await page.getByRole('button', { name: '还在这里：李娜' }).click()
  await expect(number(page, '在园')).toHaveText('20')

  await row(page, '李娜').getByRole('link', { name: '李娜' }).click()
  await page.getByRole('button', { name: /不能再接/ }).click()
  await dialog.getByLabel('原因').fill('监护权有变动')
  await dialog.getByRole('button', { name: '不能再接' }).click()
  await expect(page.getByText(/起取消/)).toBeVisible()
  await page.goBack()
  await row(page, '李娜').getByRole('button', { name: /接走/ }).click()
  await expect(dialog.getByText('已失效')).toBeVisible()
  await dialog.getByRole('button', { name: '名单外放行' }).click()
  await dialog.getByLabel('交给谁').fill('邻居赵婶')
  await dialog.getByLabel('原因').fill('妈妈在医院，电话里同意')
  await dialog.getByLabel('在场的第二个人').selectOption({ label: '其他人' })
  await expect(dialog.getByRole('button', { name: '放行' })).toBeDisabled()
  await dialog.getByLabel('第二个人的名字').fill('门卫老陈')
  await check(page, 'care-exception')
  await dialog.getByRole('button', { name: '放行' }).click()
  await expect(row(page, '李娜')).toContainText('名单外：邻居赵婶，门卫老陈 在场')
  await check(page, 'care-after')
  expect(page.url()).toContain(server.address)
}

/** The volunteer who leads, on a phone of their own. */
async function volunteer(browser: Browser, server: Server, errors: string[]): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  listen(page, errors)
  await signIn(page, server, 'chen')
  await controlled(page)
  return { page, context }
}

interface Trip {
  activity: string
  session: string
  children: string[]
}

async function prepared(page: Page): Promise<Trip> {
  const at = await gathering(page, { title: '去科技馆', kind: 'trip', children_per_adult: 2, place_text: '省科技馆' }, { start: '08:30', end: '16:00' })
  const children = [await child(page, '李娜'), await child(page, '胡思诺'), await child(page, '小雁')]
  for (const each of children) await signUp(page, at.session, at.activity, each)
  const mother = await submit(page, 'person.create', { names: [{ text: '王秀英' }], phones: [{ number: '13800138000' }] })
  await submit(page, 'tie.create', { person: children[0], other: mother, kind: 'mother' })
  await submit(page, 'care_note.write', { child: children[1], health: '青霉素过敏', guardian: '外婆', phone: '13700137000' }, derive(children[1]!, 'care_note'))
  for (const each of children.slice(0, 2)) await consent(page, each)
  return { ...at, children }
}

async function consent(page: Page, person: string): Promise<void> {
  const body = { person, purpose: 'trip', fields: ['name', 'phone', 'health'], relation: 'mother', by_name: '妈妈', proof: 'paper', given_on: today() }
  await submit(page, 'consent.record', body)
}

/** From what is missing to a day that has begun. */
async function opened(page: Page, server: Server, trip: Trip): Promise<void> {
  await page.goto(`${server.address}/sessions/${trip.session}/trip`)
  await titled(page, '去科技馆')
  await expect(page.getByText('小雁：缺同意')).toBeVisible()
  await expect(page.getByText('3 个孩子，1 位大人：还要 1 位大人一起去。')).toBeVisible()
  await expect(page.getByRole('button', { name: '开始这一天' })).toBeDisabled()
  await check(page, 'trip-prepare')
  await consent(page, trip.children[2]!)
  await page.reload()
  await expect(page.getByText('同意有效')).toHaveCount(3)
  await page.getByText('陈志愿者', { exact: true }).click()
  await expect(page.getByText('3 个孩子，2 位大人，够了。')).toBeVisible()
  await page.getByRole('button', { name: '开始这一天' }).click()
  await expect(page.getByText('点到 0 / 3')).toBeVisible()
  await expect(page.getByText('青霉素过敏').first()).toBeVisible()
  await check(page, 'trip-list')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.bus tbody tr')).toHaveCount(3)
  await expect(page.locator('.bus')).toContainText('13800138000')
  await expect(page.locator('.bus')).toBeVisible()
  if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/trip-print.png` })
  await page.emulateMedia({ media: null })
}

test('a trip: opened with consents and adults, led offline, wiped afterwards', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const trip = await prepared(page)
  await opened(page, server, trip)

  const led = await volunteer(browser, server, errors)
  await led.page.goto(`${server.address}/activities`)
  await led.page.getByRole('link', { name: /今天由你带队/ }).click()
  await titled(led.page, '去科技馆')
  expect(await onDevice(led.page)).toContain('13700137000')
  await led.context.setOffline(true)
  await led.page.reload()
  await expect(led.page.getByText('青霉素过敏').first()).toBeVisible()
  for (const name of ['李娜', '胡思诺']) await led.page.getByLabel(`点到 ${name}`).check()
  await led.page.getByRole('button', { name: '小雁 先走' }).click()
  await led.page.getByLabel('跟谁走了').fill('爸爸来接')
  await led.page.getByRole('dialog').getByRole('button', { name: '记下' }).click()
  await expect(led.page.getByText('点到 2 / 2')).toBeVisible()
  await check(led.page, 'trip-leader')
  await led.page.getByRole('button', { name: '清点结束' }).click()
  await led.page.getByRole('dialog').getByRole('button', { name: '清点结束' }).click()
  await expect(led.page.getByText('不再保存在这台手机上')).toBeVisible()
  await check(led.page, 'trip-taken')
  await led.context.setOffline(false)
  await synced(led.page)
  // An answer that was on its way when the day was closed goes as soon as it has come.
  await expect.poll(() => onDevice(led.page)).not.toContain('13700137000')
  const kept = await onDevice(led.page)
  for (const secret of ['13700137000', '13800138000', '青霉素', '胡思诺', '李娜']) expect(kept, secret).not.toContain(secret)
  const answer = await led.page.request.get(`${server.address}/api/v1/sessions/${trip.session}/trip`)
  expect(answer.status()).toBe(404)
  await led.page.reload()
  await expect(led.page.getByText('不再保存在这台手机上')).toBeVisible()
  await led.context.close()

  await page.reload()
  await expect(page.getByText('爸爸来接')).toBeVisible()
  await expect(page.getByText('这一天已经清点结束')).toBeVisible()
})

test('a list that nobody closed goes from the phone on the next day', async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const trip = await prepared(page)
  await opened(page, server, trip)
  const led = await volunteer(browser, server, errors)
  await led.page.goto(`${server.address}/sessions/${trip.session}/trip`)
  await expect(led.page.getByText('青霉素过敏').first()).toBeVisible()
  await led.context.setOffline(true)
  expect(await onDevice(led.page)).toContain('13700137000')
  await led.page.clock.setFixedTime(Date.now() + 24 * 60 * MINUTES)
  await led.page.reload()
  await expect(led.page.getByText('青霉素过敏')).toHaveCount(0)
  await expect.poll(() => onDevice(led.page)).not.toContain('13700137000')
  await led.context.close()
})

test('a circle keeps its notes until a member shares one', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const { activity, session } = await gathering(page, { title: '姐妹小组', kind: 'circle' })
  const led = await volunteer(browser, server, errors)
  const { account } = (await (await led.page.request.get(`${server.address}/api/v1/session`)).json()) as { account: { id: string } }
  await submit(page, 'assignment.give', { account: account.id, noun: 'activity', record: activity })
  await led.page.goto(`${server.address}/activities/${activity}/circle`)
  await led.page.getByRole('button', { name: '成立小组' }).click()
  await expect(led.page.getByText('只有 陈志愿者 看得到')).toBeVisible()
  await led.page.getByLabel('写给小组').fill('<b>谁都别说</b>：我想学开车')
  await led.page.getByRole('button', { name: '写下' }).click()
  await expect(led.page.getByText('谁都别说')).toBeVisible()
  await check(led.page, 'circle-member')

  await page.goto(`${server.address}/sessions/${session}/roll`)
  for (let n = 0; n < 3; n += 1) await page.getByRole('button', { name: '多一位' }).click()
  await expect(number(page, '人次')).toHaveText('3')
  await onRoll(page, 3)
  await page.goto(`${server.address}/activities/${activity}`)
  await page.getByRole('link', { name: '小组的记录' }).click()
  await expect(page.getByText('这个小组由成员自己管')).toBeVisible()
  await expect(page.getByText('没有给工作人员看的记录')).toBeVisible()
  await expect(page.getByText('3 人次')).toBeVisible()
  await expect(page.locator('body')).not.toContainText('学开车')
  await check(page, 'circle-staff')

  await led.page.setViewportSize({ width: 360, height: 740 })
  await led.page.getByRole('button', { name: '给工作人员看' }).click()
  await led.page.getByRole('dialog').getByRole('button', { name: '给工作人员看' }).click()
  await expect(led.page.getByRole('button', { name: '收回' })).toBeVisible()
  await page.reload()
  await expect(page.getByText('<b>谁都别说</b>：我想学开车')).toBeVisible()
  await expect(page.getByText(/陈志愿者 .* 给工作人员看/)).toBeVisible()
  await check(page, 'circle-shared')
  await led.page.getByRole('button', { name: '收回' }).click()
  await expect(led.page.getByRole('button', { name: '给工作人员看' })).toBeVisible()
  await page.reload()
  await expect(page.getByText('没有给工作人员看的记录')).toBeVisible()
  await led.context.close()
})

test('the number of children per adult is the centre’s own', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await page.goto(`${server.address}/activity-kinds`)
  await page.getByRole('button', { name: '修改 营会' }).click()
  await page.getByLabel('新活动里一位大人最多带几个孩子').fill('4')
  await check(page, 'kind-ratio')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await page.goto(`${server.address}/activities/new?kind=camp`)
  await expect(page.getByLabel('一位大人最多带几个孩子')).toHaveValue('4')
  await page.getByLabel('活动名称').fill('冬令营')
  await check(page, 'activity-ratio')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('link', { name: '出发与名单' }).click()
  await expect(page.getByText('一位大人最多带 4 个孩子')).toBeVisible()
  await expect(page.getByText('还没有孩子报名')).toBeVisible()
  await check(page, 'trip-empty')
  const added = await child(page, '李娜')
  await page.reload()
  await pick(page, '加一个孩子', '李娜')
  await expect(page.getByText('李娜：缺同意')).toBeVisible()
  expect(added).toHaveLength(26)
})
