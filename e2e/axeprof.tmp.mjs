import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
const dir = mkdtempSync('/tmp/axeprof-')
const child = spawn('/tmp/skein-lead', ['demo', '--serve', '--json', '--addr', '127.0.0.1:0'], { env: { ...process.env, SKEIN_DIR: dir + '/node', SKEIN_LANG: 'zh' }, stdio: ['ignore', 'pipe', 'inherit'] })
const said = await new Promise((r) => { let t = ''; child.stdout.on('data', (c) => { t += c; const l = t.split('\n').find((x) => x.includes('"address"')); if (l) r(JSON.parse(l)) }) })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } })).newPage()
await page.goto(said.address + '/login')
await page.getByLabel('登录名').fill(said.login); await page.getByLabel('密码').fill(said.password)
await page.getByRole('button', { name: '登录' }).click(); await page.waitForURL((u) => !u.pathname.includes('login'))
const wrap = (f) => `(() => { const define = undefined, exports = undefined, module = undefined; ${readFileSync(f, 'utf8')}\n }).call(globalThis)`
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
for (const path of ['/', '/people', '/community', '/needs', '/reports', '/households']) {
  await page.goto(said.address + path); await page.waitForTimeout(1200)
  let t = Date.now(); await page.evaluate(wrap('node_modules/axe-core/axe.min.js')); const inj = Date.now() - t
  t = Date.now(); await page.evaluate(wrap('node_modules/html_codesniffer/build/HTMLCS.js')); const inj2 = Date.now() - t
  const run = async (o) => { const t = Date.now(); await page.evaluate((o) => axe.run(document, o).then(() => 0), o); return Date.now() - t }
  const n = await page.evaluate(() => document.querySelectorAll('*').length)
  const full = await run({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
  const full2 = await run({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
  const nopre = await run({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], preload: false })
  const noel = await run({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], preload: false, selectors: false, ancestry: false, xpath: false })
  const cc = await run({ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] })
  const cc2 = await run({ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'], selectors: false })
  t = Date.now(); await page.evaluate(() => new Promise((r) => HTMLCS.process('WCAG2AA', document, () => r(0)))); const cs = Date.now() - t
  console.log(path, 'nodes', n, 'inject', inj, inj2, 'full', full, full2, 'nopre', nopre, 'noselectors', noel, 'contrast', cc, cc2, 'codesniffer', cs)
}
await browser.close(); child.kill()
