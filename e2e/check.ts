/** Looking at a page: axe in both themes and HTML_CodeSniffer, at both widths, a screenshot where asked for. */
import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Axe from 'axe-core'
import { expect, type Page, test } from '@playwright/test'

const packages = createRequire(import.meta.url)
export const WIDTHS = [360, 1280] as const
export const THEMES = ['light', 'dark'] as const
const shots = process.env['SCREENSHOTS']

interface Found {
  code: string
  msg: string
  html: string
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
/** What a theme can spoil: it changes colours, and nothing else. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Puts a checker into the page, once for each document: compiling its half megabyte takes longer than a look. */
async function bring(page: Page, name: 'axe' | 'HTMLCS', file: string): Promise<void> {
  if (await page.evaluate((global) => global in globalThis, name)) return
  let text = sources.get(file)
  if (text === undefined) {
    // A bundle looks for a module system first; here it must set its global.
    text = `(() => { const define = undefined, exports = undefined, module = undefined; ${await readFile(packages.resolve(file), 'utf8')}\n }).call(globalThis)`
    sources.set(file, text)
  }
  // Evaluated through the debugger, which the page's content security policy does not reach.
  await page.evaluate(text)
}
const sources = new Map<string, string>()

async function axe(page: Page, theme: (typeof THEMES)[number]): Promise<string[]> {
  await bring(page, 'axe', 'axe-core/axe.min.js')
  const runOnly: Axe.RunOnly = theme === 'light' ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOURS }
  const options: Axe.RunOptions = { runOnly, resultTypes: ['violations'], selectors: false }
  const violations = await page.evaluate(async (asked) => (await (globalThis as unknown as { axe: typeof Axe }).axe.run(document, asked)).violations, options)
  return violations.flatMap((rule) => rule.nodes.map((node) => `axe ${rule.id}: ${rule.help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`))
}

async function codeSniffer(page: Page): Promise<string[]> {
  await bring(page, 'HTMLCS', 'html_codesniffer/build/HTMLCS.js')
  const found = await page.evaluate(
    () =>
      new Promise<Found[]>((resolve) => {
        const { HTMLCS } = globalThis as unknown as {
          HTMLCS: { process: (standard: string, root: Document, done: () => void) => void; getMessages: () => { type: number; code: string; msg: string; element: Element }[] }
        }
        HTMLCS.process('WCAG2AA', document, () => {
          resolve(HTMLCS.getMessages().filter((message) => message.type === 1).map(({ code, msg, element }) => ({ code, msg, html: element.outerHTML?.slice(0, 200) ?? '' })))
        })
      }),
  )
  return found.map(({ code, msg, html }) => `codesniffer ${code}: ${msg}: ${html}`)
}

/** Nothing may be cut off or scroll sideways. */
async function overflow(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wide > 0 ? [`page is ${String(wide)} px wider than the screen`] : []
}

/** What a finger must hit is 44 px high and wide on a phone; links within a text are as high as their line. */
async function targets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LEAST = 44
    const all = document.querySelectorAll<HTMLElement>('button, select, input:not([type=hidden]), textarea, summary, [role=tab], a.btn, a.list-link, a.bar-link, a.back, a.top-icon, a.sync')
    return [...all].flatMap((element) => {
      // A small box counts with its label: that is what one taps.
      const touched = element.matches('[type=checkbox], [type=radio], [type=file]') ? (element.closest('label') ?? document.querySelector(`label[for="${element.id}"]`) ?? element) : element
      const { width, height } = touched.getBoundingClientRect()
      if (touched.matches('.sr') || !touched.checkVisibility() || width === 0) return []
      return Math.round(Math.min(width, height)) < LEAST ? [`target of ${String(Math.round(width))} × ${String(Math.round(height))} px: ${touched.outerHTML.slice(0, 120)}`] : []
    })
  })
}

/** Checks the page as it is, in every theme and width; leaves the wide, light one behind. */
export async function check(page: Page, name: string): Promise<void> {
  // A page looks alike on either database: it is looked at once.
  if (test.info().project.name === 'postgres') return
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
    for (const theme of THEMES) {
      await page.evaluate((value) => void (document.documentElement.dataset['theme'] = value), theme)
      const where = `${name} ${String(width)} ${theme}: `
      const structure = theme === 'light' ? [...(await codeSniffer(page)), ...(await overflow(page)), ...(width === 360 ? await targets(page) : [])] : []
      const problems = [...(await axe(page, theme)), ...structure]
      found.push(...problems.map((problem) => where + problem))
      if (shots && (theme === 'light' || process.env['SCREENSHOTS_DARK'])) {
        mkdirSync(shots, { recursive: true })
        const full = process.env['SCREENSHOTS_FULL'] !== undefined
        await page.screenshot({ path: join(shots, `${name}-${String(width)}${theme === 'dark' ? '-dark' : ''}.png`), fullPage: full })
      }
    }
  }
  await page.evaluate(() => void (document.documentElement.dataset['theme'] = 'light'))
  await page.setViewportSize({ width: 1280, height: 900 })
  expect.soft(found, found.join('\n')).toEqual([])
}
