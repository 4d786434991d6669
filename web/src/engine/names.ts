/** Finding names on the device: the twin of the server's `names::rank`, on what is kept here. */
import type { PersonCard } from './answers'

/** Toneless readings of one character, most likely first. */
export type Reader = (char: string) => string[]

/** Why a name was found, in the order of rank. */
export const REASONS = ['exact', 'prefix', 'part', 'nickname', 'pinyin', 'initials', 'mixed', 'phone', 'homophone', 'typo'] as const
export type Reason = (typeof REASONS)[number]

const HAN = /\p{Script=Han}/u
const BEFORE = /^[小阿老大](.{1,3})$/u
const AFTER = /^(.{1,4}?)(?:师傅|老师|大爷|大妈|阿姨|妈妈|爸爸|奶奶|爷爷|姐|哥|婶|叔|嫂|姨|妈|爸|爷|奶)$/u
const MAX = 80

/** One form for comparing: width, case, dots and spaces levelled. */
export function fold(text: string): string {
  const plain = [...text.slice(0, 400)].slice(0, MAX).join('').normalize('NFKC').toLowerCase()
  return plain
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[·•・‧∙⋅●]|(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Letters as readings write them: no tones, no spaces, `v` for ü however it is written. */
function letters(text: string): string {
  const plain = text.replace(/ü/g, 'v').normalize('NFD').replace(/\p{Mark}/gu, '').replace(/([ln])yu/g, '$1v')
  const toneless = /[a-z]/.test(plain) ? plain.replace(/[1-5]/g, '') : plain
  return toneless.replace(/[\s'·-]/g, '')
}

/** The digits of a phone however it is written, without the country's prefix. */
export function digits(text: string): string {
  const only = text.normalize('NFKC').replace(/[^\d+]/g, '')
  return only.replace(/^(?:\+?86|0086)(?=1\d{10}$)/, '').replace(/\D/g, '')
}

/** The core of a pet name: 小娜, 阿娜, 娜姐, 娜娜 and 娜娜妈 all have 娜. */
export function nicknameCore(text: string): string | null {
  const match = AFTER.exec(text) ?? BEFORE.exec(text)
  const core = match?.[1]
  if (core !== undefined) return nicknameCore(core) ?? core
  const chars = [...text]
  return chars.length === 2 && chars[0] === chars[1] && HAN.test(text) ? (chars[0] ?? null) : null
}

/** Why the query finds this name, or null. */
export function rankName(query: string, name: string, reader: Reader): Reason | null {
  const wanted = fold(query)
  const form = fold(name)
  if (wanted === '' || form === '') return null
  if (form === wanted) return 'exact'
  if (form.startsWith(wanted)) return 'prefix'
  if (form.includes(wanted)) return 'part'
  const core = HAN.test(wanted) ? nicknameCore(wanted) : null
  if (core !== null && form.includes(core)) return 'nickname'
  const turned = wanted.split(' ').reverse().join('')
  const chars = [...form.replace(/[\s·]/g, '')].slice(0, 12)
  const spelt = spelled(letters(wanted), chars, reader) ?? (turned === wanted ? null : spelled(letters(turned), chars, reader))
  return spelt ?? fuzzy(letters(wanted), form, chars, reader)
}

type Way = 'han' | 'full' | 'initial'

/** Reads the query along the name's characters: each as itself, by a whole reading or by its initial. */
function spelled(wanted: string, letters: string[], reader: Reader): Reason | null {
  if (letters.every((letter) => !HAN.test(letter))) return null
  let best: Reason | null = null
  const better = (reason: Reason): void => {
    if (best === null || REASONS.indexOf(reason) < REASONS.indexOf(best)) best = reason
  }
  const walk = (rest: string, at: number, ways: ReadonlySet<Way>): void => {
    if (rest === '') {
      better(ways.size > 1 ? 'mixed' : ways.has('full') ? 'pinyin' : ways.has('initial') ? 'initials' : 'part')
      return
    }
    const letter = letters[at]
    if (letter === undefined) return
    if (rest.startsWith(letter)) walk(rest.slice(letter.length), at + 1, new Set([...ways, 'han']))
    for (const reading of reader(letter)) {
      const shared = reading.startsWith(rest) ? rest.length : rest.startsWith(reading) ? reading.length : 0
      if (shared > 1 || reading.length === shared) walk(rest.slice(shared), at + 1, new Set([...ways, 'full']))
      if (rest[0] === reading[0]) walk(rest.slice(1), at + 1, new Set([...ways, 'initial']))
    }
  }
  for (let start = 0; start < letters.length; start += 1) walk(wanted, start, new Set())
  return best
}

/** Last of all: the same sound in other characters, or one letter off. */
function fuzzy(wanted: string, form: string, chars: string[], reader: Reader): Reason | null {
  const sounds = chars.map((char) => (HAN.test(char) ? (reader(char)[0] ?? char) : char))
  const sound = sounds.join('')
  const turned = form.split(' ').reverse().join('')
  if (HAN.test(wanted)) {
    const heard = [...wanted].map((char) => reader(char)[0] ?? char).join('')
    return sound.startsWith(heard) || turned === heard ? 'homophone' : null
  }
  if (turned === wanted || form.replace(/ /g, '') === wanted) return 'pinyin'
  if (wanted.length < 3) return null
  return sounds.some((_, at) => within1(wanted, sounds.slice(at).join(''))) ? 'typo' : null
}

/** Whether one insertion, deletion, replacement or swap of neighbours makes them equal. */
export function within1(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  if (a.length === b.length) {
    if (a.slice(at + 1) === b.slice(at + 1)) return true
    return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
  }
  return a.length > b.length ? a.slice(at + 1) === b.slice(at) : a.slice(at) === b.slice(at + 1)
}

function rankCard(query: string, card: PersonCard, reader: Reader): Reason | null {
  const plain = query.slice(0, 400).normalize('NFKC')
  const number = digits(plain)
  const known = number.length >= 4 && card.phones_tail.some((tail) => tail !== '' && number.endsWith(tail))
  if (/^[\d\s+()-]+$/.test(plain)) return known ? 'phone' : null
  // A name and the end of a phone together: both must fit.
  const rest = plain.replace(/(?:^|\s)[\d+-]{3,}(?=\s|$)/g, ' ').trim()
  const both = number.length >= 3 && rest !== '' && rest !== plain.trim()
  let best: Reason | null = null
  for (const name of new Set([card.name, ...card.names.map((each) => each.text)])) {
    const reason = rankName(both ? rest : plain, name, reader)
    if (reason && (best === null || REASONS.indexOf(reason) < REASONS.indexOf(best))) best = reason
  }
  return both ? (known && best ? 'phone' : null) : best
}

/** The cards that the query finds, best first. */
export function rankCards(query: string, cards: PersonCard[], reader: Reader): PersonCard[] {
  if (query.trim() === '') return cards
  const ranked: { card: PersonCard; tier: number }[] = []
  for (const card of cards) {
    const best = rankCard(query, card, reader)
    if (best) ranked.push({ card: { ...card, why: best }, tier: REASONS.indexOf(best) })
  }
  ranked.sort((a, b) => a.tier - b.tier || a.card.name.length - b.card.name.length || a.card.no - b.card.no)
  return ranked.map((each) => each.card)
}
