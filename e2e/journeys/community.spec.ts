/** A recurring activity with places and a waiting list, a feast from the calendar, a roll, and what the public sees. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { derive } from '../../web/src/engine/ids'
import { check, expect, go, listen, onRoll, pick, register, shift, signIn, stored, submit, test, titled, today } from '../steps'

test.use({ kind: 'empty' })
test.setTimeout(900_000)

const READER = fileURLToPath(new URL('../feed.py', import.meta.url))

interface Event {
  uid: string
  start: string
  summary: string
  location: string
  status: string
}

/** What two calendar libraries read in the feed. */
function read(feed: string): { icalendar: Event[]; vobject: Event[] } {
  const text = execFileSync(process.env['SKEIN_PYTHON'] ?? 'python3', [READER], { input: feed, encoding: 'utf8' })
  return JSON.parse(text) as { icalendar: Event[]; vobject: Event[] }
}

const total = (page: Page, name: string) => page.locator('.totals > div').filter({ has: page.getByText(name, { exact: true }) }).locator('dd')

/** Plans five days of after-school care for two children from today on. */
async function plan(page: Page): Promise<void> {
  await go(page, '活动')
  await page.getByRole('link', { name: '新建活动' }).first().click()
  await page.getByLabel('活动名称').fill('放学后小课堂')
  await page.getByLabel('类型').selectOption({ label: '课后托管' })
  await page.getByLabel('地点').fill('二楼 <活动室>')
  await page.getByLabel('介绍').fill('写作业、下棋。\n带好水杯。')
  await page.getByText('按规律办', { exact: true }).click()
  await page.getByText('每天', { exact: true }).click()
  await page.getByLabel('从哪天开始').fill(today())
  await page.getByLabel('开始', { exact: false }).last().fill('16:30')
  await page.getByLabel('结束', { exact: false }).last().fill('18:00')
  await page.getByText('办够次数', { exact: true }).click()
  await page.getByLabel('一共几次').fill('5')
  await expect(page.locator('.preview')).toContainText('每天 16:30–18:00，共 5 次')
  await expect(page.locator('.preview')).toContainText('一共 5 场')
  await page.getByLabel('名额').fill('2')
  await page.getByText('放到公开页上', { exact: true }).click()
  await check(page, 'activity-rule')
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, '放学后小课堂')
  await expect(page.getByText('排好了 5 场')).toBeVisible()
  await expect(page.locator('.session-row')).toHaveCount(5)
  await check(page, 'activity-planned')
}

async function signUp(page: Page, who: RegExp | null, text: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill(text)
  await dialog.getByRole('option', { name: who ?? /记一个称呼/ }).last().click()
  await dialog.getByRole('button', { name: '报名' }).click()
  await expect(page.getByText(`${text} 已报名`)).toBeVisible()
}

test('places and a waiting list', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  for (const name of ['李娜', '胡思诺']) await register(page, server, name)
  await plan(page)
  await page.locator('.session-row').nth(1).click()
  await expect(page.getByText('还没有人报名。')).toBeVisible()
  await page.getByRole('button', { name: '报名', exact: true }).click()
  await signUp(page, /李娜/, '李娜')
  await signUp(page, /胡思诺/, '胡思诺')
  await signUp(page, null, '卖豆腐的大姐')
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).first().click()
  await expect(total(page, '有名额')).toHaveText('2/2')
  await expect(total(page, '候补')).toHaveText('1')
  await expect(page.getByText('候补第 1')).toBeVisible()
  await check(page, 'session')

  // Who goes makes room for who waits; who comes back waits.
  await page.getByRole('button', { name: '取消报名 李娜' }).click()
  await expect(total(page, '候补')).toHaveText('0')
  await page.getByText('取消的 1 条').click()
  await page.getByRole('button', { name: '重新报名' }).click()
  await expect(total(page, '候补')).toHaveText('1')
  await page.getByRole('button', { name: '加座' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('妈妈上晚班')
  await page.getByRole('dialog').getByRole('button', { name: '加座' }).click()
  await expect(total(page, '有名额')).toHaveText('3/2')

  // Moved after people signed up: each of them is to be told.
  await page.getByRole('button', { name: '改期' }).click()
  await page.getByLabel('日期').fill(shift(today(), 9))
  await page.getByRole('dialog').getByRole('button', { name: '改期' }).click()
  await expect(page.getByRole('heading', { name: '要通知的人' })).toBeVisible()
  await expect(page.locator('.to-tell li')).toHaveCount(3)
  await check(page, 'session-moved')
  await page.getByRole('button', { name: '都通知到了' }).click()
  await expect(page.getByRole('heading', { name: '要通知的人' })).toHaveCount(0)

  // One is cancelled, with words for the public.
  await page.goBack()
  await page.locator('.session-row').nth(1).click()
  await page.getByRole('button', { name: '取消这一场' }).click()
  await page.getByLabel('为什么取消').fill('停电')
  await page.getByRole('dialog').getByRole('button', { name: '取消这一场' }).click()
  await expect(page.locator('.note-bad')).toContainText('停电')
  await open(page, server.address)
})

/** What anybody sees: in a browser without scripts, and in a calendar. */
async function open(page: Page, address: string): Promise<void> {
  const plain = await page.context().browser()!.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
  const outside = await plain.newPage()
  await outside.goto(`${address}/gatherings`)
  await expect(outside.getByRole('heading', { level: 3, name: '放学后小课堂' })).toHaveCount(5)
  await expect(outside.locator('main')).toContainText('二楼 <活动室>')
  await expect(outside.locator('.off')).toContainText('停电')
  await expect(outside.locator('main')).not.toContainText(/李娜|胡思诺|豆腐/)
  await outside.getByRole('link', { name: '繁體中文' }).click()
  await expect(outside.locator('main h1')).toContainText('近期活動')
  await plain.close()
  await page.goto(`${address}/gatherings`)
  await check(page, 'public')

  const feed = await page.request.get(`${address}/gatherings.ics`)
  expect(feed.headers()['content-type']).toContain('text/calendar')
  const found = read(await feed.text())
  expect(found.vobject).toEqual(found.icalendar)
  expect(found.icalendar).toHaveLength(5)
  expect(found.icalendar.map((event) => event.status).filter((status) => status === 'CANCELLED')).toHaveLength(1)
  expect(found.icalendar.every((event) => event.summary === '放学后小课堂' && event.location === '二楼 <活动室>')).toBe(true)
  // 16:30 in Shanghai.
  expect(found.icalendar.map((event) => event.start)).toContain(`${today()}T08:30:00+00:00`)
}

test('a roll that is entrusted to a volunteer', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const people = []
  for (const name of ['李娜', '覃小雁', '胡思诺', '\u{20BB7}田强']) people.push(await submit(page, 'person.create', { names: [{ text: name }] }))
  const [regular = '', ...others] = people
  await submit(page, 'household.create', { number: 'QX-8', members: people.slice(0, 2).map((person) => ({ person, role: 'other' })) })
  const activity = await submit(page, 'activity.create', { title: '周末图书角', kind: 'class' })
  const earlier = await submit(page, 'session.create', { activity, day: shift(today(), -7) })
  for (const person of [regular, others[2]]) {
    await submit(page, 'participation.mark', { session: earlier, activity, kind: 'person', person }, derive(earlier, `person:${person ?? ''}`))
  }
  const session = await submit(page, 'session.create', { activity, day: today() })
  const { items } = (await (await page.request.get(`${server.address}/api/v1/accounts`)).json()) as { items: { id: string; role: string; login: string }[] }
  const volunteer = items.find((one) => one.role === 'volunteer')
  await submit(page, 'assignment.give', { account: volunteer?.id, noun: 'activity', record: activity })

  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 360, height: 740 } })
  const hers = await context.newPage()
  listen(hers, errors)
  await signIn(hers, server, volunteer?.login)
  await hers.goto(`${server.address}/sessions/${session}/roll`)
  await titled(hers, '周末图书角')
  await expect(hers.locator('body')).not.toContainText('年龄不详')
  await check(hers, 'roll-entrusted')
  await hers.getByRole('button', { name: '李娜' }).first().click()
  await onRoll(hers, 1)
  await expect(hers.locator('body')).not.toContainText('胡思诺')
  await expect(hers.getByRole('link', { name: '李娜' })).toHaveCount(0)
  await check(hers, 'roll-entrusted-marked')
  await hers.goto(`${server.address}/people/${regular}`)
  await expect(hers.getByRole('heading', { name: '找不到' })).toBeVisible()
  expect((await hers.request.get(`${server.address}/api/v1/people/${others[1] ?? ''}`)).status()).toBe(404)
  await context.close()
})

test('a roll by taps', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const people = []
  for (const name of ['马秀英', '覃小雁', '覃小军']) people.push(await submit(page, 'person.create', { names: [{ text: name }] }))
  const members = people.map((person, at) => ({ person, role: at === 0 ? 'head' : 'child' }))
  await submit(page, 'household.create', { number: 'QX-7', members })
  const activity = await submit(page, 'activity.create', { title: '亲子手工', kind: 'family_day' })
  const session = await submit(page, 'session.create', { activity, day: today() })
  await page.goto(`${server.address}/sessions/${session}/roll`)
  await titled(page, '亲子手工')

  // One tap is one family and each of its members.
  await page.getByLabel('户号、住址或成员').fill('QX-7')
  await page.getByRole('button', { name: /QX-7.*马秀英/ }).click()
  await expect(total(page, '人')).toHaveText('3')
  await expect(total(page, '户')).toHaveText('1')
  await page.getByRole('button', { name: '撤回' }).last().click()
  await expect(total(page, '人')).toHaveText('0')
  await expect(total(page, '户')).toHaveText('0')
  await pick(page, '点一个人', '覃小雁', /^覃小雁/)
  await expect(total(page, '人')).toHaveText('1')

  await page.getByText('分开数', { exact: true }).click()
  await page.getByText('流动', { exact: true }).click()
  for (const n of [1, 2, 3]) {
    await page.getByRole('button', { name: '加一：流动 女孩' }).click()
    await expect(total(page, '不记名')).toHaveText(String(n))
  }
  await page.getByRole('button', { name: '减一：流动 女孩' }).click()
  await expect(total(page, '不记名')).toHaveText('2')
  await page.getByLabel('记一个称呼').fill('戴红帽子的小姑娘')
  await page.getByRole('button', { name: '记下' }).click()
  await expect(total(page, '人次')).toHaveText('4')
  await check(page, 'roll-groups')

  // One of the two girls turns out to be somebody: people are more by one, participations stay.
  await page.locator('.counted').getByRole('button', { name: '认领' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('覃小军')
  await page.getByRole('option', { name: /^覃小军/ }).first().click()
  await expect(total(page, '人')).toHaveText('2')
  await expect(total(page, '人次')).toHaveText('4')
  await expect(total(page, '不记名')).toHaveText('2')
  await page.getByRole('button', { name: '结束清点' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束清点' }).click()
  await expect(page.getByText('这一场已经结束清点。')).toBeVisible()
  await check(page, 'roll-closed')
})

test('a feast from the calendar', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  for (const [number, name, year] of [['QX-1', '马秀英', 1988], ['QX-2', '覃奶奶', 1940]] as const) {
    const person = await submit(page, 'person.create', { names: [{ text: name }], birth: { precision: 'year', year } })
    await submit(page, 'household.create', { number, members: [{ person, role: 'head' }] })
  }
  await go(page, '活动')
  await expect(page.getByRole('heading', { name: '快到的节日' })).toBeVisible()
  await check(page, 'calendar-festivals')
  await page.getByRole('link', { name: /安排活动/ }).first().click()
  const title = await page.getByLabel('活动名称').inputValue()
  expect(title).not.toBe('')
  await expect(page.getByLabel('类型')).toHaveValue('feast')
  await page.getByRole('button', { name: '保存' }).click()
  await titled(page, title)
  await page.getByRole('link', { name: '报名' }).click()
  await page.getByRole('tab', { name: '带菜' }).click()
  await page.getByRole('button', { name: '请所有家庭' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '请所有家庭' }).click()
  await expect(total(page, '请了')).toHaveText('2')
  await expect(total(page, '只请不带')).toHaveText('1')
  await expect(total(page, '还要问')).toHaveText('1')
  const row = page.locator('.dish').filter({ hasText: '马秀英' })
  await row.getByRole('button', { name: '记菜' }).click()
  await row.getByRole('textbox').fill('酸汤鱼')
  await row.getByRole('button', { name: '保存' }).click()
  await expect(total(page, '还要问')).toHaveText('0')
  await expect(total(page, '带菜')).toHaveText('1')
  await row.getByRole('button', { name: '菜到了' }).click()
  await expect(row.getByRole('button', { name: '菜已到' })).toBeVisible()
  await check(page, 'dishes')

  await page.goto(`${server.address}/activity-kinds`)
  await page.getByRole('button', { name: '添一个类型' }).click()
  await page.getByLabel('中文名').fill('坝坝会')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await expect(page.getByText('坝坝会')).toBeVisible()
  await check(page, 'kinds')
})
