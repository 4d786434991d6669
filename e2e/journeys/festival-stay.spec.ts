/** Who stays over the Spring Festival: asked at the door without a connection, alone first, and the shared meal. */
import type { Page } from '@playwright/test'
import { derive } from '../../web/src/engine/ids'
import type { Server } from '../server'
import { check, expect, listen, shift, signIn, submit, test, titled, today } from '../steps'

test.use({ kind: 'empty' })
test.setTimeout(900_000)

interface Festival { code: string; year: number; day: string; eve: string; days: number }

async function spring(page: Page, server: Server): Promise<Festival> {
  const answer = await page.request.get(`${server.address}/api/v1/festival-stays/festivals`)
  const { items } = (await answer.json()) as { items: Festival[] }
  const found = items.find((each) => each.code === 'spring')
  expect(found).toBeTruthy()
  return found as Festival
}

/** A grown-up and a child who live here and are registered in Bijie; gives the household, the grown-up, and its stay. */
async function family(page: Page, number: string, name: string, born: number): Promise<{ household: string; adult: string; stay: string }> {
  const one = async (text: string, year: number): Promise<[string, string]> => {
    const phones = text === name ? [{ number: '13800138000' }] : []
    const person = await submit(page, 'person.create', { names: [{ text }], birth: { precision: 'year', year }, phones })
    await submit(page, 'stay.create', { person, kind: 'registered', home: { province: '52', city: '5205', county: '520502' } })
    return [person, await submit(page, 'stay.create', { person, kind: 'living', home: { province: '53', city: '5301', county: '530111' } })]
  }
  const [adult, stay] = await one(name, born)
  const [child] = await one(`${name}的孩子`, Number(today().slice(0, 4)) - 8)
  const members = [{ person: adult, role: 'head' }, { person: child, role: 'child' }]
  return { household: await submit(page, 'household.create', { number, members }), adult, stay }
}

const row = (page: Page, text: string) => page.locator('.stay-row').filter({ hasText: text })
const group = (page: Page, title: string) => page.locator('.stays-group').filter({ has: page.getByRole('heading', { name: title }) })
const tap = (page: Page, who: string, button: string) => row(page, who).getByRole('button', { name: button, exact: true }).click()
const synced = (page: Page) => expect(page.locator('.sync')).toContainText('已同步', { timeout: 60_000 })

test('families who stay alone are listed before the eve', { tag: '@both' }, async ({ page, server, errors, context, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const festival = await spring(page, server)
  const li = await family(page, 'H1', '李娜', 1985)
  await family(page, 'H2', '𠮷奶奶', 1938)
  await family(page, 'H3', '<b>王</b>', 1990)
  const activity = await submit(page, 'activity.create', { title: '除夕团圆饭', kind: 'feast' })
  const session = await submit(page, 'session.create', { activity, day: festival.eve, start: '11:00' })

  await page.goto(`${server.address}/festival-stays`)
  await titled(page, '春节谁留下')
  await expect(group(page, '还没问').locator('.stay-row')).toHaveCount(3)
  await check(page, 'stays-before')
  await page.getByRole('button', { name: '选一起吃饭的那一场' }).click()
  await check(page, 'stays-link')
  await page.getByRole('dialog').getByRole('button', { name: /除夕团圆饭/ }).click()
  await expect(page.getByRole('link', { name: /除夕团圆饭/ })).toBeVisible()

  // At the doors there is no connection.
  await page.reload()
  await expect(row(page, '李娜')).toBeVisible()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await tap(page, '𠮷奶奶', '自己过')
  await tap(page, '𠮷奶奶', '来吃饭')
  await tap(page, '李娜', '和别人过')
  await tap(page, '李娜', '自己过')
  await expect(group(page, '自己在这里过').locator('.stay-row')).toHaveCount(2)
  await expect(row(page, '𠮷奶奶')).toContainText('待提交')
  await expect(row(page, '𠮷奶奶')).toContainText('80 岁以上')
  await expect(group(page, '自己在这里过')).toContainText('2 户 · 4 人（孩子 2）')
  await check(page, 'stays-offline')
  await context.setOffline(false)
  await synced(page)
  await page.reload()
  await expect(group(page, '自己在这里过').locator('.stay-row')).toHaveCount(2)
  await expect(page.getByText('报名 2 人')).toBeVisible()
  await home(page, server, li)
  await check(page, 'stays-after')

  await second(page, server, browser, session)
  await page.emulateMedia({ media: 'print' })
  await expect(group(page, '还没问')).toBeHidden()
  await expect(page.getByRole('button', { name: '打印名单' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await told(page, server, festival, li)
})

/** One entry, many effects: the day of return stands in the stay of whoever goes home; taken back, they stay. */
async function home(page: Page, server: Server, li: { adult: string }): Promise<void> {
  await row(page, '李娜').getByRole('button', { name: '详情' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('回老家', { exact: true }).click()
  const back = shift(today(), 90)
  await dialog.getByLabel('哪天走').fill(shift(today(), 60))
  await dialog.getByLabel('哪天回来').fill(shift(today(), 59))
  await expect(dialog).toContainText('回来的日子早于走的日子')
  await dialog.getByLabel('哪天回来').fill(back)
  await expect(dialog.getByLabel(/预计返回/)).toBeChecked()
  await check(page, 'stays-details')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(group(page, '回老家').locator('.stay-row')).toHaveCount(1)
  const stays = async (): Promise<string> => (await page.request.get(`${server.address}/api/v1/people/${li.adult}`)).text()
  await expect.poll(stays).toContain(back)
  await page.locator('.toast.done').last().getByRole('button', { name: '撤回' }).click()
  await expect(group(page, '自己在这里过').locator('.stay-row')).toHaveCount(2)
  await tap(page, '李娜', '回老家')
  await expect(row(page, '李娜')).toContainText('回来')
}

/** Another phone heard something else of the same family: neither is lost. */
async function second(page: Page, server: Server, browser: import('@playwright/test').Browser, session: string): Promise<void> {
  const other = await browser.newContext({ locale: 'zh-CN' })
  const phone = await other.newPage()
  const errors: string[] = []
  listen(phone, errors)
  await signIn(phone, server, 'wang')
  await phone.goto(`${server.address}/festival-stays`)
  await expect(row(phone, '<b>王</b>')).toBeVisible()
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await other.setOffline(true)
  await tap(phone, '<b>王</b>', '回老家')
  await tap(page, '<b>王</b>', '自己过')
  const alone = async (): Promise<number> => (await (await page.request.get(`${server.address}/api/v1/festival-stays`)).text()).split('"answer":"stays_alone"').length - 1
  await expect.poll(alone).toBe(2)
  await other.setOffline(false)
  await synced(phone)
  await page.reload()
  await expect(group(page, '自己在这里过').locator('.stay-row')).toHaveCount(2)
  await page.goto(`${server.address}/conflicts`)
  await expect(page.getByRole('main')).toContainText('回老家')
  expect(errors).toEqual([])
  await other.close()
  await page.goto(`${server.address}/sessions/${session}`)
  await expect(page.getByText('𠮷奶奶').first()).toBeVisible()
  await page.goto(`${server.address}/festival-stays`)
  await expect(row(page, '李娜')).toBeVisible()
}

/** Today tells of any festival of the next three weeks that somebody was asked about: of the nearest, where there is one. */
async function told(page: Page, server: Server, festival: Festival, li: { household: string }): Promise<void> {
  const answer = await page.request.get(`${server.address}/api/v1/festival-stays/festivals`)
  const { items } = (await answer.json()) as { items: Festival[] }
  const near = items.find((each) => each.days >= 0 && each.days <= 21)
  if (near && near.code !== festival.code) {
    const body = { festival: near.code, year: near.year, household: li.household, answer: 'stays_alone' }
    await submit(page, 'festival_stay.list', body, derive(li.household, `festival:${near.code}:${near.year}`))
  }
  await page.goto(server.address)
  await titled(page, '今天')
  const notice = page.getByText('自己过，还没请、也没去看过')
  if (near) await expect(notice.first()).toBeVisible()
  else await expect(notice).toHaveCount(0)
  await check(page, 'stays-today')
}
