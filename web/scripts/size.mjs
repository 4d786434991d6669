// Measures what a first visit must load: the entry chunk and everything it imports statically, gzipped.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 200 * 1024
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('assets/manifest.json', dist), 'utf8'))
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
if (!entry) throw new Error('dist/ has no entry: run npm run build first')

const seen = new Set()
function visit(key) {
  if (seen.has(key)) return
  seen.add(key)
  for (const next of manifest[key].imports ?? []) visit(next)
}
visit(entry)

let total = 0
for (const key of seen) {
  const { file } = manifest[key]
  const bytes = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  total += bytes
  process.stdout.write(`${String(bytes).padStart(8)}  ${file}\n`)
}
process.stdout.write(`${String(total).padStart(8)}  initial JavaScript, gzipped (limit ${LIMIT})\n`)
if (total > LIMIT) process.exit(1)
