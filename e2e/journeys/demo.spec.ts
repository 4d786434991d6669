/** Every page of the demonstration centre, filled, as a visitor would walk through it. */
import { check, expect, go, signIn, test, titled } from '../steps'

test('a walk through the demonstration', async ({ page, server, errors }) => {
  test.setTimeout(900_000)
  expect(errors).toEqual([])
  await page.goto(`${server.address}/login`)
  await titled(page, '欢迎回来')
  await check(page, 'login')
  await signIn(page, server)
  await check(page, 'demo-today')
  for (const [name, title, shot] of [
    ['找人', '找人', 'demo-find'], ['家庭', '家庭', 'demo-households'], ['活动', '活动', 'demo-activities'], ['走访与来电', '走访与来电', 'demo-visits'],
    ['需求', '需求', 'demo-needs'], ['待办求助', '待办求助', 'demo-requests'], ['导入表格', '导入表格', 'demo-imports'], ['疑似重复', '疑似重复', 'demo-duplicates'],
    ['修改冲突', '修改冲突', 'demo-conflicts'], ['统计', '在册名单', 'demo-roster'], ['账号', '账号', 'demo-accounts'], ['操作日志', '操作日志', 'demo-journal'],
    ['同步', '同步', 'demo-outbox'], ['设置', '设置', 'demo-settings'],
  ] as const) {
    await go(page, name)
    await titled(page, title)
    await page.waitForTimeout(500)
    await check(page, shot)
  }
  for (const [name, from] of [['demo-person', '找人'], ['demo-household', '家庭'], ['demo-roll', '活动'], ['demo-visit', '走访与来电'], ['demo-request', '待办求助']] as const) {
    await go(page, from)
    await page.locator('main .list a').first().click()
    await expect(page).not.toHaveURL(/\/(people|households|activities|visits|requests)(\?.*)?$/)
    await page.waitForTimeout(600)
    await check(page, name)
  }
  await page.goto(`${server.address}/reports/participations`)
  await titled(page, '一个月的参加')
  await page.waitForTimeout(400)
  await check(page, 'demo-participations')
})
