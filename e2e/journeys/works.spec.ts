/** S3-07: a group photo shows which faces lack consent before it is public. S2-21: a circle keeps a recording to its members. */
import type { Page } from '@playwright/test'
import { derive } from '../../web/src/engine/ids'
import type { Server } from '../server'
import { check, expect, go, listen, pick, signIn, stored, submit, test, titled, today } from '../steps'

test.use({ kind: 'empty' })
test.setTimeout(900_000)

/** A real photo, small: drawn and coded by the browser. */
async function photo(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#7fa8c9'
    pen.fillRect(0, 0, 640, 480)
    pen.fillStyle = '#5b8a4a'
    pen.fillRect(0, 330, 640, 150)
    for (const [at, coat] of [[130, '#c0392b'], [320, '#f1c40f'], [510, '#8e44ad']] as const) {
      pen.fillStyle = coat
      pen.fillRect(at - 50, 230, 100, 170)
      pen.fillStyle = '#e6c3a5'
      pen.beginPath()
      pen.arc(at, 180, 50, 0, Math.PI * 2)
      pen.fill()
    }
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? ''
  })
  return Buffer.from(base64, 'base64')
}

/** Two seconds of a tone, as WAV. */
function song(): Buffer {
  const rate = 8_000
  const sound = Buffer.alloc(44 + rate * 4)
  sound.write('RIFF', 0)
  sound.writeUInt32LE(sound.length - 8, 4)
  sound.write('WAVEfmt ', 8)
  sound.writeUInt32LE(16, 16)
  sound.writeUInt16LE(1, 20)
  sound.writeUInt16LE(1, 22)
  sound.writeUInt32LE(rate, 24)
  sound.writeUInt32LE(rate * 2, 28)
  sound.writeUInt16LE(2, 32)
  sound.writeUInt16LE(16, 34)
  sound.write('data', 36)
  sound.writeUInt32LE(rate * 4, 40)
  for (let n = 0; n < rate * 2; n += 1) sound.writeInt16LE(Math.round(8_000 * Math.sin((n * 440 * 2 * Math.PI) / rate)), 44 + n * 2)
  return sound
}

async function child(page: Page, name: string): Promise<string> {
  const birth = { precision: 'year', year: Number(today().slice(0, 4)) - 8 }
  return submit(page, 'person.create', { names: [{ text: name }], birth })
}

async function consent(page: Page, person: string, answer: string): Promise<string> {
  const body = { person, purpose: 'photo', fields: ['image'], relation: 'mother', by_name: '妈妈', own_answer: answer, proof: 'paper', given_on: today() }
  return submit(page, 'consent.record', body)
}

const dialog = (page: Page) => page.getByRole('dialog')

/** Taps a face and says who it is. */
async function mark(page: Page, at: { x: number; y: number }, name: string): Promise<void> {
  const picture = page.locator('.work-picture img')
  const box = await picture.boundingBox()
  await picture.click({ position: { x: (box?.width ?? 0) * at.x, y: (box?.height ?? 0) * at.y } })
  await pick(page, '是谁', name)
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.face-line').filter({ hasText: name })).toBeVisible()
}

async function uploaded(page: Page): Promise<void> {
  await page.getByRole('link', { name: '照片', exact: true }).click()
  await titled(page, '这次活动的照片和录音')
  await expect(page.getByText('还没有照片或录音')).toBeVisible()
  await check(page, 'works-empty')
  await page.getByRole('button', { name: '添加' }).click()
  await expect(dialog(page).getByLabel('标题')).toHaveValue('六一儿童节')
  await dialog(page).locator('input[type=file]').setInputFiles({ name: '网页.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html><script>alert(1)</script>') })
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.toast.error')).toContainText('不是照片或录音')
  await page.locator('.toast.error').getByRole('button').first().click()
  await titled(page, '六一儿童节')
  await expect(page.getByText('还没有文件', { exact: true })).toBeVisible()
  await page.locator('main input[type=file]').setInputFiles({ name: '合影.jpg', mimeType: 'image/jpeg', buffer: await photo(page) })
  await expect(page.locator('.work-picture img')).toBeVisible()
}

test('a group photo shows which faces lack consent, and is public only without them', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const activity = await submit(page, 'activity.create', { title: '六一儿童节', kind: 'performance' })
  const session = await submit(page, 'session.create', { activity, day: today() })
  const [na, fang, qiang] = [await child(page, '李娜'), await child(page, '王芳'), await child(page, '𠮷田强')]
  const given = await consent(page, na, 'yes')
  await consent(page, fang, 'no')
  await page.goto(`${server.address}/sessions/${session}`)
  await uploaded(page)
  await mark(page, { x: 0.2, y: 0.37 }, '李娜')
  await mark(page, { x: 0.5, y: 0.37 }, '王芳')
  await mark(page, { x: 0.8, y: 0.37 }, '𠮷田强')
  // By keyboard, from the list beside the picture.
  await page.getByRole('button', { name: '添加一个人' }).focus()
  await page.keyboard.press('Enter')
  await dialog(page).getByText('还不知道是谁', { exact: true }).click()
  await dialog(page).getByLabel('有什么线索').fill('后面穿红衣服的')
  await dialog(page).getByLabel('离左边（%）').fill('95')
  await dialog(page).getByLabel('离上边（%）').fill('75')
  await check(page, 'work-face')
  await dialog(page).getByRole('button', { name: '保存' }).click()
  const line = (text: string) => page.locator('.face-line').filter({ hasText: text })
  await expect(line('李娜')).toContainText('已同意公开')
  await expect(line('王芳')).toContainText('孩子自己不愿意')
  await expect(line('𠮷田强')).toContainText('没有同意')
  await expect(line('后面穿红衣服的')).toContainText('还不知道是谁')
  await expect(page.getByText('还不能公开：1 个孩子自己不愿意，1 人没有同意，1 人还不知道是谁。')).toBeVisible()
  await expect(page.getByRole('button', { name: '公开这件作品' })).toBeDisabled()
  await check(page, 'work-lacking')
  const address = page.url()

  await go(page, '照片和录音')
  await page.getByText('还缺同意', { exact: true }).click()
  await expect(page.locator('.work-card')).toContainText('1 人没有同意')
  await check(page, 'works')

  // Settled: one is asked, one cannot be recognised after all, the child that does not want it is taken off.
  await page.goto(address)
  await consent(page, qiang, 'yes')
  for (const n of [4, 2]) {
    await page.getByRole('button', { name: `改标记 ${n}` }).click()
    if (n === 4) {
      await dialog(page).getByText(/认不出/).click()
      await dialog(page).getByRole('button', { name: '保存' }).click()
      await expect(page.locator('.face-line').nth(3)).toContainText('认不出')
    } else {
      await dialog(page).getByRole('button', { name: '去掉标记' }).click()
      await expect(line('王芳')).toHaveCount(0)
    }
  }
  await page.reload()
  await expect(page.getByText('没有什么妨碍公开。')).toBeVisible()
  await page.getByRole('button', { name: '公开这件作品' }).click()
  await dialog(page).getByRole('button', { name: '公开这件作品' }).click()
  await stored(page)
  await expect(page.getByText(/起公开。/)).toBeVisible()
  await check(page, 'work-public')
  await anybody(page, server, given, errors, browser)
  await page.reload()
  await expect(page.getByText('要撤下：有人的同意没有了')).toBeVisible()
  await check(page, 'work-take-back')
  await page.goto(`${server.address}/people/${na}`)
  await expect(page.locator('section').filter({ hasText: '照片和录音里有' })).toContainText('要撤下')
  await page.goto(address)
  await page.getByRole('button', { name: '收回' }).click()
  await dialog(page).getByLabel('原因').fill('妈妈不想让人看到')
  await dialog(page).getByRole('button', { name: '收回' }).click()
  await expect(page.getByText('收回：妈妈不想让人看到')).toBeVisible()
})

type Browser = Parameters<Parameters<typeof test>[2]>[0]['browser']

/** Somebody without an account sees it, until a consent is withdrawn. */
async function anybody(page: Page, server: Server, given: string, errors: string[], browser: Browser): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const other = await context.newPage()
  listen(other, errors)
  await other.goto(`${server.address}/gallery`)
  await titled(other, '照片和声音')
  await expect(other.getByRole('img', { name: '六一儿童节' })).toBeVisible()
  await expect.poll(() => other.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640)
  await expect(other.getByText('李娜')).toHaveCount(0)
  await check(other, 'gallery')
  await submit(page, 'consent.withdraw', {}, given, '妈妈改了主意')
  await other.reload()
  await expect(other.getByRole('img')).toHaveCount(0)
  await context.close()
}

test('a circle keeps a recording to its members', { tag: '@both' }, async ({ page, server, errors, browser }) => {
  expect(errors).toEqual([])
  await signIn(page, server)
  const activity = await submit(page, 'activity.create', { title: '打歌小组', kind: 'circle' })
  const { account } = (await (await page.request.get(`${server.address}/api/v1/session`)).json()) as { account: { id: string } }
  const { items } = (await (await page.request.get(`${server.address}/api/v1/accounts`)).json()) as { items: { id: string; login: string }[] }
  const chen = items.find((one) => one.login === 'chen')?.id ?? ''
  await submit(page, 'assignment.give', { account: chen, noun: 'activity', record: activity })
  expect(account.id).not.toBe(chen)

  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 360, height: 740 } })
  const member = await context.newPage()
  listen(member, errors)
  await signIn(member, server, 'chen')
  await submit(member, 'circle.found', { activity, members: [chen] }, derive(activity, 'circle'))
  await member.goto(`${server.address}/works`)
  await member.getByRole('button', { name: '添加' }).click()
  await dialog(member).getByText('录音', { exact: true }).click()
  await dialog(member).locator('input[type=file]').setInputFiles({ name: '打歌.wav', mimeType: 'audio/wav', buffer: song() })
  await dialog(member).getByLabel('标题').fill('打歌调')
  await dialog(member).getByLabel('谁讲、谁唱').fill('杨奶奶')
  await dialog(member).getByLabel('语言或方言').fill('彝语')
  // Whose it is must be known before it is saved: without the members' list it would be the staff's.
  const list = '**/api/v1/activities/*/circle'
  await member.route(list, async (route) => route.abort())
  await dialog(member).getByLabel('谁能看').selectOption({ label: '只有小组成员：打歌小组' })
  await expect(dialog(member).getByRole('alert')).toContainText('小组的成员名单还没有读到')
  await expect(dialog(member).getByRole('button', { name: '保存' })).toBeDisabled()
  await check(member, 'work-members-unread')
  await member.unroute(list)
  await dialog(member).getByRole('button', { name: '再试一次' }).click()
  await expect(dialog(member).getByRole('button', { name: '保存' })).toBeEnabled()
  await check(member, 'work-new')
  await dialog(member).getByRole('button', { name: '保存' }).click()
  await titled(member, '打歌调')
  await expect(member.getByText('只有小组成员', { exact: true })).toBeVisible()
  await expect.poll(() => member.locator('audio').evaluate((audio: HTMLAudioElement) => Math.round(audio.duration))).toBe(2)
  await check(member, 'work-recording')

  // The manager does not even know that it is there.
  await page.goto(`${server.address}/works`)
  await expect(page.getByText('还没有照片或录音')).toBeVisible()
  await page.goto(member.url())
  await expect(page.getByRole('heading', { name: '找不到' })).toBeVisible()

  // Opened to the staff by a member, and left to the members again.
  await member.getByRole('button', { name: '改谁能看' }).click()
  await expect(dialog(member).getByLabel('谁能看').getByRole('option', { selected: true })).toHaveText('只有小组成员：打歌小组')
  await dialog(member).getByLabel('谁能看').selectOption({ label: '不限小组（工作人员能看）' })
  await dialog(member).getByRole('button', { name: '保存' }).click()
  await expect(member.getByText('工作人员', { exact: true })).toBeVisible()
  await page.reload()
  await titled(page, '打歌调')
  await page.getByRole('button', { name: '改谁能看' }).click()
  await dialog(page).getByLabel('谁能看').selectOption({ label: '只有小组成员：打歌小组' })
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await titled(page, '照片和录音')
  await expect(page.locator('.work-card')).toHaveCount(0)
  await member.reload()
  await expect(member.getByText('只有小组成员', { exact: true })).toBeVisible()
  await context.close()
})
