/** From nothing: set-up in the browser, the first person, an account for a colleague, both languages. */
import { check, expect, go, stored, test, titled } from '../steps'

test.use({ kind: 'fresh' })

test('a clean start', async ({ page, server, errors }) => {
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
    ['需求', '需求', 'needs-empty'], ['待办求助', '待办求助', 'requests-empty'], ['导入表格', '导入表格', 'imports-empty'], ['疑似重复', '疑似重复', 'duplicates-empty'],
    ['修改冲突', '修改冲突', 'conflicts-empty'], ['统计', '在册名单', 'roster-empty'], ['同步', '同步', 'outbox'],
  ] as const) {
    await go(page, name)
    await titled(page, title)
    await page.waitForTimeout(300)
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
