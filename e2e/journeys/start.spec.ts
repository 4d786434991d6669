/** From nothing: set-up in the browser, the first person, an account for a colleague; backed up, wiped, restored elsewhere. */
import type { Page } from '@playwright/test'
import { type Server, startServer } from '../server'
import { check, expect, go, listen, register, stored, test, titled } from '../steps'

test.use({ kind: 'fresh' })

test('a clean start', { tag: '@both' }, async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  await page.goto(server.address)
  await titled(page, '第一次使用')
  await check(page, 'setup')
  await page.getByLabel('站点名称').fill('清溪社区中心')
  await page.getByLabel('您的名字').fill('李娜')
  await page.getByLabel('登录名').fill('lina')
  await page.getByLabel('密码').fill('短')
  await page.getByRole('button', { name: '开始使用' }).click()
  await expect(page.getByText('密码至少 10 个字符。')).toBeVisible()
  await page.getByLabel('密码').fill('桥下流水人家2026')
  await page.getByRole('button', { name: '开始使用' }).click()
  await titled(page, '今天')
  await expect(page.getByText('从这里开始')).toBeVisible()
  await check(page, 'today-first')

  for (const [name, title, shot] of [
    ['找人', '找人', 'find-empty'], ['家庭', '家庭', 'households-empty'], ['活动', '活动', 'activities-empty'], ['走访与来电', '走访与来电', 'visits-empty'],
    ['需求', '需求', 'needs-empty'], ['待办求助', '待办求助', 'requests-empty'], ['物资', '物资', 'items-empty'], ['志愿时长', '志愿时长', 'hours-empty'], ['走访的社区', '走访的社区', 'communities-empty'], ['大家说我们做', '大家说，我们做', 'board-empty'], ['受歧视的事', '受歧视的事', 'incidents-empty'], ['发单张', '发单张', 'leaflets-empty'], ['看得见的变化', '看得见的变化', 'changes-empty'], ['导入表格', '导入表格', 'imports-empty'], ['疑似重复', '疑似重复', 'duplicates-empty'],
    ['修改冲突', '修改冲突', 'conflicts-empty'], ['统计', '在册名单', 'roster-empty'], ['同步', '同步', 'outbox'],
  ] as const) {
    await go(page, name)
    await titled(page, title)
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await check(page, shot)
  }

  await go(page, '账号')
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('显示名').fill('王芳')
  await page.getByLabel('登录名').fill('wangfang')
  await page.getByRole('dialog').getByLabel('密码').fill('月上柳梢头人约黄昏后')
  await check(page, 'account-new')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await expect(page.getByText('wangfang')).toBeVisible()
  await check(page, 'accounts')

  await go(page, '设置')
  await titled(page, '设置')
  await check(page, 'settings')
  await page.getByText('English', { exact: true }).click()
  await titled(page, 'Settings')
  await check(page, 'settings-english')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await titled(page, 'Welcome back')
  await page.getByLabel('Login').fill('wangfang')
  await page.getByLabel('Password').fill('wrong password here')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password').fill('月上柳梢头人约黄昏后')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await titled(page, 'Today')
  await page.goto(`${server.address}/accounts`)
  await expect(page.getByText('Your role has no use for this page')).toBeVisible()
  await check(page, 'no-permission')
  await page.goto(`${server.address}/nowhere`)
  await titled(page, 'No such page')
  await check(page, 'not-found')
})

const MANAGER = { login: 'lina', password: '桥下流水人家2026' }
const VOLUNTEER = { login: 'chen', password: '月上柳梢头人约黄昏后' }

async function enter(page: Page, server: Server, who: { login: string; password: string }): Promise<void> {
  await page.goto(`${server.address}/login`)
  await page.getByLabel('登录名').fill(who.login)
  await page.getByLabel('密码').fill(who.password)
  await page.getByRole('button', { name: '登录' }).click()
  await titled(page, '今天')
}

/** What a manager reads of a node: every figure, the family's page, the length of the journal, the accounts. */
async function told(page: Page, server: Server): Promise<string[]> {
  const parts: string[] = []
  for (const [path, part] of [['/reports/roster', '.figures'], ['/people', '.list a'], ['/accounts', '.account'], ['/journal', '.list a']] as const) {
    await page.goto(server.address + path)
    await page.locator(`main ${part}`).first().waitFor()
    await page.waitForLoadState('networkidle')
    parts.push(await page.locator('main').innerText())
  }
  await page.goto(`${server.address}/people?q=lina`)
  await page.locator('.list a').first().click()
  await titled(page, '李娜')
  await expect(page.locator('main .bones')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
  parts.push(await page.locator('main').innerText())
  return parts
}

test('backed up, wiped, restored elsewhere', { tag: '@both' }, async ({ page, server, database, errors, browser }) => {
  expect(errors).toEqual([])
  await page.goto(server.address)
  await page.getByLabel('站点名称').fill('清溪社区中心')
  await page.getByLabel('您的名字').fill('李娜')
  await page.getByLabel('登录名').fill(MANAGER.login)
  await page.getByLabel('密码').fill(MANAGER.password)
  await page.getByRole('button', { name: '开始使用' }).click()
  await titled(page, '今天')
  await go(page, '账号')
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('显示名').fill('陈志愿')
  await page.getByLabel('登录名').fill(VOLUNTEER.login)
  await page.getByRole('dialog').getByLabel('密码').fill(VOLUNTEER.password)
  await page.getByRole('dialog').getByLabel('角色').selectOption('volunteer')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await stored(page)
  await register(page, server, '王建国', '139 0000 1111')
  await register(page, server, '李娜', '138 0013 8000')
  await page.getByRole('button', { name: '交给志愿者' }).click()
  await page.getByRole('dialog').getByLabel('志愿者').selectOption({ label: '陈志愿' })
  await page.getByRole('dialog').getByRole('button', { name: '交给志愿者' }).click()
  await stored(page)
  const before = await told(page, server)

  // While people work on, the operator backs up; the rehearsal restores it into a folder that is thrown away.
  const secret = { SKEIN_BACKUP_PASSPHRASE: '一根针穿不起来的那条线' }
  const stick = test.info().outputPath('stick')
  const { file } = (await server.skein(['backup', '--to', stick], secret)) as { file: string }
  await server.skein(['restore', '--check', file], secret)
  await server.stop()

  const elsewhere = await startServer('fresh', database, (skein) => skein(['restore', file], secret))
  try {
    expect(await elsewhere.skein(['verify'])).toMatchObject({ broken: [] })
    await enter(page, elsewhere, MANAGER)
    expect(await told(page, elsewhere)).toEqual(before)
    // Permissions are as they were: the volunteer finds the one who was given to her, and nobody else.
    const context = await browser.newContext()
    const hers = await context.newPage()
    listen(hers, errors)
    await enter(hers, elsewhere, VOLUNTEER)
    await hers.goto(`${elsewhere.address}/people?q=8000`)
    await expect(hers.locator('.list a').first()).toContainText('李娜')
    await hers.locator('#find-box').fill('王建国')
    await expect(hers.getByText('没有找到“王建国”')).toBeVisible()
    await context.close()
  } finally {
    await elsewhere.stop()
  }
})
