/** The second factor: a code on the screen for the phone, digits at sign-in, off again with the password. */
import type { Page } from '@playwright/test'
import jsqr from 'jsqr'
import type { Server } from '../server'
import { check, expect, go, signIn, test, titled } from '../steps'
import { digits } from '../totp'

test.use({ kind: 'empty' })

/** What a phone's camera makes of the code on the screen. */
async function scanned(page: Page): Promise<string> {
  const picture = page.getByRole('img', { name: '给验证器应用扫的二维码' })
  await expect(picture).toBeVisible()
  const { data, size } = await picture.evaluate(async (svg) => {
    const size = 400
    const image = new Image(size, size)
    const text = new XMLSerializer().serializeToString(svg).replace('<svg', `<svg width="${String(size)}" height="${String(size)}"`)
    image.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(text)))}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = size
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, size, size)
    return { data: [...(context?.getImageData(0, 0, size, size).data ?? [])], size }
  })
  return jsqr(new Uint8ClampedArray(data), size, size)?.data ?? ''
}

async function enter(page: Page, server: Server, code: string): Promise<void> {
  await page.goto(`${server.address}/login`)
  await page.getByLabel('登录名').fill(server.login)
  await page.getByLabel('密码').fill(server.password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByText('这个账号开启了两步验证')).toBeVisible()
  await page.getByLabel('动态验证码').fill(code)
  await page.getByRole('button', { name: '登录' }).click()
}

test('the second factor', async ({ page, server, errors }) => {
  expect(errors).toEqual([])
  const abroad: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(server.address) && !request.url().startsWith('data:')) abroad.push(request.url())
  })
  await signIn(page, server)
  await go(page, '设置')
  await page.getByRole('button', { name: '开启两步验证' }).click()
  const secret = ((await page.getByLabel('密钥').textContent()) ?? '').replace(/\s/g, '')
  const uri = new URL(await scanned(page))
  expect(uri.protocol).toBe('otpauth:')
  expect(uri.searchParams.get('secret')).toBe(secret)
  await check(page, 'settings-totp')

  // The digits of another secret are no digits of this one.
  await page.getByLabel('动态验证码').fill(digits('JBSWY3DPEHPK3PXP'))
  await page.getByRole('button', { name: '确认开启' }).click()
  await expect(page.getByText('验证码不对或已用过')).toBeVisible()
  await page.getByLabel('动态验证码').fill(digits(secret))
  await page.getByRole('button', { name: '确认开启' }).click()
  await expect(page.getByText('登录时，除了密码还要输入手机上的动态验证码。')).toBeVisible()
  await page.getByRole('button', { name: '退出登录' }).click()
  await titled(page, '欢迎回来')

  await enter(page, server, '000000')
  await expect(page.getByRole('alert')).toContainText('验证码不对')
  await check(page, 'login-code')
  // The digits that were shown at set-up are used up; the next ones count.
  await page.getByLabel('动态验证码').fill(digits(secret, 1))
  await page.getByRole('button', { name: '登录' }).click()
  await titled(page, '今天')

  await go(page, '设置')
  await page.getByRole('button', { name: '关闭两步验证' }).click()
  await check(page, 'settings-totp-off')
  await page.getByLabel('现在的密码（关闭两步验证）').fill('not the password')
  await page.getByRole('button', { name: '关闭两步验证' }).click()
  await expect(page.locator('.totp .wrong')).toBeVisible()
  await page.getByLabel('现在的密码（关闭两步验证）').fill(server.password)
  await page.getByRole('button', { name: '关闭两步验证' }).click()
  await expect(page.getByRole('button', { name: '开启两步验证' })).toBeVisible()
  await page.getByRole('button', { name: '退出登录' }).click()
  await titled(page, '欢迎回来')
  await signIn(page, server)
  expect(abroad, 'nothing leaves for anywhere else').toEqual([])
})
