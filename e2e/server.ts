/** The real server, one per journey, on a free port, in a folder and, on PostgreSQL, in a database of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** On what a server keeps its records. */
export type Database = 'sqlite' | 'postgres'

/** What a journey needs to know. */
export interface Server {
  address: string
  login: string
  password: string
  /** Runs `skein` on the same node, as the operator does, and gives what it printed as JSON. */
  skein: (words: string[], secrets?: Record<string, string>) => Promise<Record<string, unknown>>
  /** Stops it and forgets everything that it kept. */
  stop: () => Promise<void>
}

/** Where a server keeps things: a folder, and what names its database to `skein`. */
interface Place {
  dir: string
  env: NodeJS.ProcessEnv
  forget: () => Promise<void>
}

/** `demo`: a believable centre; `year`: a whole year of one; `empty`: the centre's accounts without people; `fresh`: nothing at all. */
export type Kind = 'demo' | 'year' | 'empty' | 'fresh'

function binary(): string {
  const named = process.env['SKEIN_BIN']
  const places = named ? [named] : ['release', 'debug'].map((profile) => join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), profile, 'skein'))
  const found = places.find((path) => existsSync(path))
  if (!found) throw new Error(`no skein binary at ${places.join(' or ')}: build it with cargo build -p server, or set SKEIN_BIN`)
  return found
}

/** A fresh, empty place. The cluster is the one that the stage started. */
async function place(database: Database): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'skein-e2e-'))
  const away = (): void => rmSync(dir, { recursive: true, force: true })
  const env = { ...process.env, SKEIN_LANG: 'zh', SKEIN_DIR: join(dir, 'node') }
  if (database === 'sqlite') return { dir, env, forget: async () => away() }
  const cluster = process.env['SKEIN_TEST_POSTGRES']
  if (!cluster) throw new Error('SKEIN_TEST_POSTGRES names no cluster: run this under cargo xtask with-postgres, or only --project=sqlite')
  const name = `e2e_${randomBytes(6).toString('hex')}`
  const psql = (sql: string): Promise<unknown> => execute('psql', [`${cluster} dbname=postgres`, '--quiet', '--command', sql])
  await psql(`CREATE DATABASE ${name}`)
  const forget = async (): Promise<void> => {
    await psql(`DROP DATABASE ${name} WITH (FORCE)`)
    away()
  }
  return { dir, env: { ...env, SKEIN_POSTGRES: `${cluster} dbname=${name}` }, forget }
}

function words(kind: Kind): string[] {
  const where = ['--json', '--addr', '127.0.0.1:0']
  if (kind === 'fresh') return ['serve', ...where]
  return ['demo', '--serve', ...(kind === 'demo' ? [] : [`--${kind}`]), ...where]
}

/** Starts a server and waits until it says where it is. `before` may fill the place first. */
export async function startServer(kind: Kind, database: Database = 'sqlite', before?: (skein: Server['skein']) => Promise<unknown>): Promise<Server> {
  const { env, forget } = await place(database)
  const skein: Server['skein'] = async (line, secrets = {}) => {
    const { stdout } = await execute(binary(), [...line, '--json'], { env: { ...env, ...secrets } })
    return JSON.parse(stdout) as Record<string, unknown>
  }
  await before?.(skein)
  const child = spawn(binary(), words(kind), { stdio: ['ignore', 'pipe', 'pipe'], env })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-20_000)))
  const line = await firstLine(child, () => errors)
  const { address, login = '', password = '' } = JSON.parse(line) as { address: string; login?: string; password?: string }
  return {
    address, login, password, skein,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      await stop(child)
      await forget()
    },
  }
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

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

/** A file of the shared sample data beside the checkout; null where it is not there. */
export function sample(name: string): string | null {
  const path = join(ROOT, '..', 'shared', 'data', 'visible', name)
  return existsSync(path) ? path : null
}
