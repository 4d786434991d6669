import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from './derive.vectors.json'
import { derive, fromParts, fromText, isId, newId, toText } from './ids'

const bits = (size: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: (1n << BigInt(size)) - 1n })

describe('ids', () => {
  it('text and number agree', () => {
    fc.assert(fc.property(bits(128), (value) => fromText(toText(value)) === value), { seed: 1 })
  })

  it('keep their time and sort by it', () => {
    const zero = (length: number): Uint8Array => new Uint8Array(length)
    const a = newId(1_710_460_800_000, zero)
    const b = newId(1_710_460_800_001, zero)
    expect(a < b).toBe(true)
    expect(fromText(a) >> 80n).toBe(1_710_460_800_000n)
  })

  it('refuse what is none', () => {
    for (const text of ['', '李娜', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '0'.repeat(25), 'I'.repeat(26)]) {
      expect(isId(text)).toBe(false)
      expect(() => fromText(text)).toThrow(TypeError)
    }
  })

  it('derive as the committed vectors say', () => {
    expect(vectors.vectors.length).toBeGreaterThan(15)
    for (const { id, label, derived } of vectors.vectors) expect(derive(id, label)).toBe(derived)
  })

  it('derive repeats, differs by label, keeps the time', () => {
    fc.assert(
      fc.property(bits(48), bits(80), fc.string(), (millis, random, label) => {
        const id = fromParts(Number(millis), random)
        expect(derive(id, label)).toBe(derive(id, label))
        expect(derive(id, label)).not.toBe(derive(id, `${label}!`))
        expect(fromText(derive(id, label)) >> 80n).toBe(millis)
      }),
      { seed: 2 },
    )
  })
})
