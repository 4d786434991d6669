/** Every page of the demonstration centre, filled, as a visitor would walk through it; then in the other languages and in large type. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { check, expect, go, shift, signIn, test, titled, today } from '../steps'

const ROUTER = fileURLToPath(new URL('../../web/src/app/router.ts', import.meta.url))
/** Looked at in the journeys of a clean start, of care and trips, of forms, of works, or pages that only lead to another one. */
const ELSEWHERE = new Set(['/setup', '/reports', '/people/:id/care', '/sessions/:id/care', '/sessions/:id/trip', '/activities/:id/circle', '/forms/:id', '/works/:id'])
const LISTS = [
  ['找人', '找人', 'find'], ['家庭', '家庭', 'households'], ['活动', '活动', 'activities'], ['走访与来电', '走访与来电', 'visits'], ['需求', '需求', 'needs'],
  ['待办求助', '待办求助', 'requests'], ['转介', '转介', 'referrals'], ['物资', '物资', 'items'], ['志愿时长', '志愿时长', 'hours'], ['走访的社区', '走访的社区', 'communities'], ['大家说我们做', '大家说，我们做', 'board'], ['受歧视的事', '受歧视的事', 'incidents'], ['发单张', '发单张', 'leaflets'], ['看得见的变化', '看得见的变化', 'changes'], ['谁留下过节', '春节谁留下', 'stays'], ['照片和录音', '照片和录音', 'works'], ['合作机构', '合作机构', 'organisations'], ['导入表格', '导入表格', 'imports'], ['填报表', '填报表', 'forms'], ['疑似重复', '疑似重复', 'duplicates'], ['修改冲突', '修改冲突', 'conflicts'],
  ['统计', '在册名单', 'roster'], ['账号', '账号', 'accounts'], ['操作日志', '操作日志', 'journal'], ['同步', '同步', 'outbox'], ['设置', '设置', 'settings'],
] as const
const FIRST = [['person', '找人'], ['household', '家庭'], ['visit', '走访与来电'], ['request', '待办求助'], ['item', '物资'], ['referral', '转介'], ['organisation', '合作机构']] as const
const FORMS = ['/people/new', '/households/new', '/activities/new', '/activity-kinds', '/activities?view=week', '/activities?view=list', '/activities?view=all', '/visits/new', '/requests/new', '/needs/tags', '/referrals/new', '/organisations/new', '/reports/participations', '/reports/year', '/more', '/nowhere'] as const
const TABLE = '姓名,性别,出生日期,电话\n李春花,女,1988-03-05,13900001234\n𠮷田,男,2月30日,123\n'

/** Waits until nothing is being read any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1')).toBeVisible()
  await expect(page.locator('main .bones')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
}

test('a walk through the demonstration', async ({ page, server, errors }) => {
  test.setTimeout(900_000)
  expect(errors).toEqual([])
  const seen = new Set<string>()
  const look = async (name: string): Promise<void> => {
    await settled(page)
    seen.add(new URL(page.url()).pathname)
    await check(page, `demo-${name}`)
  }
  await page.goto(`${server.address}/login`)
  await look('login')
  await signIn(page, server)
  await look('today')
  for (const [link, title, shot] of LISTS) {
    await go(page, link)
    await titled(page, title)
    await look(shot)
  }
  for (const [name, from] of FIRST) {
    await go(page, from)
    await page.locator('main .list a').first().click()
    await expect(page).not.toHaveURL(/\/(people|households|activities|visits|requests|referrals|organisations)(\?.*)?$/)
    await look(name)
    const path = new URL(page.url()).pathname
    if (name === 'person' || name === 'household' || name === 'organisation') {
      await page.goto(`${server.address}${path}/edit`)
      await look(`${name}-edit`)
    }
    if (name === 'referral') {
      await page.goto(`${server.address}${path}/slip`)
      await look('slip')
    }
    if (name === 'person') {
      await page.goto(`${server.address}${path}`)
      await page.getByRole('link', { name: '修改历史' }).click()
      await look('history')
    }
  }
  await gathered(page, server.address, look)
  for (const path of FORMS) {
    await page.goto(server.address + path)
    await look(path.slice(1).replace(/[/?=]/g, '-'))
  }
  await page.goto(`${server.address}/imports`)
  await page.locator('#import-file').setInputFiles({ name: '新来的.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) })
  await expect(page.getByText('等您确认')).toBeVisible({ timeout: 60_000 })
  await look('import')

  const paths = [...readFileSync(ROUTER, 'utf8').matchAll(/path: '([^']+)'/g)].map((match) => match[1] ?? '').filter((path) => !ELSEWHERE.has(path))
  const unseen = paths.filter((path) => ![...seen].some((url) => new RegExp(`^${path.replace(/:path\(\.\*\)\*/, '.+').replace(/:\w+/g, '[^/]+')}$`).test(url)))
  expect(unseen, 'pages that nobody looked at').toEqual([])
})

/** A session that is over, its activity, and one that is to come. */
async function gathered(page: Page, address: string, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${address}/activities?view=list&day=${shift(today(), -20)}`)
  await settled(page)
  await page.locator('main a[href$="/roll"]').first().click()
  await expect(page).toHaveURL(/\/roll$/)
  await look('roll')
  await page.locator('main a[href^="/activities/"]').first().click()
  await expect(page).toHaveURL(/\/activities\/\w{26}$/)
  await look('activity')
  await page.goto(`${page.url()}/edit`)
  await look('activity-edit')
  await page.goto(`${address}/activities?view=list&day=${shift(today(), 2)}`)
  await settled(page)
  await page.locator('main a[href^="/sessions/"]:not([href$="/roll"])').first().click()
  await expect(page).toHaveURL(/\/sessions\/\w{26}$/)
  await look('session')
}

/** Characters that are only ever simplified: none may be left in the program's own words. */
const SIMPLIFIED = /[们这个对时间请经过为务进还没记录么开关点发说话单]/

test('traditional Chinese, English, large type', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  await go(page, '设置')
  await page.getByText('大字模式').click()
  await page.getByText('繁體中文', { exact: true }).click()
  await titled(page, '設置')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  await check(page, 'hant-settings')
  for (const path of ['/', '/people', '/activities', '/activities/new', '/activity-kinds', '/visits/new', '/reports/roster', '/reports/year', '/imports']) {
    await page.goto(server.address + path)
    await settled(page)
    await check(page, `hant-${path.slice(1).replace('/', '-') || 'today'}`)
    const words = await page.locator('nav.bar, .side, main h1, main h2, main h3, main .btn, main label, main .hint').allTextContents()
    expect(words.filter((text) => SIMPLIFIED.test(text)), path).toEqual([])
  }
  // The server's words are converted too, what people typed is not.
  await page.goto(`${server.address}/reports/roster`)
  await expect(page.getByRole('table', { name: /性別/ }).first()).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
  expect(readFileSync(await download.path(), 'utf8')).toContain('數量 Count')

  // The language is the account's: a device that has chosen nothing follows it.
  await page.evaluate(() => localStorage.clear())
  await page.goto(server.address)
  await titled(page, '今天')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  await page.goto(`${server.address}/settings`)
  await page.getByText('English', { exact: true }).click()
  await page.getByText('Large type').click()
  await titled(page, 'Settings')
  for (const path of ['/', '/people', '/visits/new', '/reports/roster', '/imports', '/outbox']) {
    await page.goto(server.address + path)
    await settled(page)
    await check(page, `english-${path.slice(1).replace('/', '-') || 'today'}`)
  }
})
