/** The device finds whom the server finds: the same cases, read from the Rust side. */
import { describe, expect, it } from 'vitest'
import vectors from '../../../crates/names/tests/vectors.json'
import type { PersonCard } from './answers'
import { digits, rankCards } from './names'
import { reader } from './readings'

interface Case {
  query: string
  names: PersonCard['names']
  phones: string[]
  why: string | null
}

const cases = vectors.cases as Case[]

function found({ query, names, phones }: Case): string | null {
  const card: PersonCard = {
    id: 'x', no: 1, name: names[0]?.text ?? '', names, sex: 'U', birth: null, age: null, phones_tail: phones.map((phone) => digits(phone).slice(-4)),
    household: null, home_text: '', merged_into: null,
  }
  return rankCards(query, [card], reader)[0]?.why ?? null
}

describe('the server’s search cases on the device', () => {
  it('are found and not found alike', () => {
    // The device has neither the table of traditional characters nor more of a phone than its end.
    const beyond = new Set(['歐陽', '吉田', 'jitian', '13800', '138001'])
    const differ = cases.filter((each) => !beyond.has(each.query)).filter((each) => each.query.trim() !== '' && (found(each) === null) !== (each.why === null))
    const words = differ.map((each) => `${each.query} in ${each.names.map((name) => name.text).join('/')}: ${String(each.why)} / ${String(found(each))}`)
    expect(words).toEqual([])
  })
})
