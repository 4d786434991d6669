/** The real server, one per journey, on a free port and in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What a journey needs to know. */
export interface Server {
  address: string
  login: string
  password: string
  stop: () => Promise<void>
}

/** `demo`: a believable centre; `empty`: the centre's accounts without people; `fresh`: nothing at all. */
export type Kind = 'demo' | 'empty' | 'fresh'

function binary(): string {
  const named = process.env['SKEIN_BIN']
  const places = named ? [named] : ['release', 'debug'].map((profile) => join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), profile, 'skein'))
  const found = places.find((path) => existsSync(path))
  if (!found) throw new Error(`no skein binary at ${places.join(' or ')}: build it with cargo build -p server, or set SKEIN_BIN`)
  return found
}

function words(kind: Kind, dir: string): string[] {
  const where = ['--dir', dir, '--json', '--addr', '127.0.0.1:0']
  if (kind === 'fresh') return ['serve', ...where]
  return ['demo', '--serve', ...(kind === 'empty' ? ['--empty'] : []), ...where]
}

/** Starts a server and waits until it says where it is. */
export async function startServer(kind: Kind): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), 'skein-e2e-'))
  const child = spawn(binary(), words(kind, dir), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SKEIN_LANG: 'zh' } })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-20_000)))
  const line = await firstLine(child, () => errors)
  const { address, login = '', password = '' } = JSON.parse(line) as { address: string; login?: string; password?: string }
  return { address, login, password, stop: () => stop(child, dir) }
}

function firstLine(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`the server said nothing for 90 s: ${errors()}`)), 90_000)
    child.on('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${errors()}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const line = text.split('\n').find((each) => each.includes('"address"'))
      if (line === undefined) return
      clearTimeout(timer)
      resolve(line)
    })
  })
}

async function stop(child: ChildProcess, dir: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
  rmSync(dir, { recursive: true, force: true })
}

/** A file of the shared sample data beside the checkout; null where it is not there. */
export function sample(name: string): string | null {
  const path = join(ROOT, '..', 'shared', 'data', 'visible', name)
  return existsSync(path) ? path : null
}
