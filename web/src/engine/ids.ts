/** Identifiers: ULIDs, made by the device that acts, identical to those of the kernel's `ids.rs`. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MASK_80 = (1n << 80n) - 1n
const MASK_128 = (1n << 128n) - 1n
const PRIME = 0x0000_0000_0100_0000_0000_0000_0000_013bn
const BASIS = 0xcbf2_9ce4_8422_2325n

/** 26 characters of Crockford base 32. */
export type Id = string

/** Where randomness comes from; `crypto.getRandomValues` in the browser, a seeded source in tests. */
export type Random = (length: number) => Uint8Array

/** The text form of a 128-bit number. */
export function toText(value: bigint): Id {
  let text = ''
  for (let shift = 125n; shift >= 0n; shift -= 5n) {
    text += ALPHABET[Number((value >> shift) & 31n)] ?? ''
  }
  return text
}

/** The number behind an id; throws on a text that is none. */
export function fromText(text: Id): bigint {
  if (!isId(text)) throw new TypeError('not an id')
  let value = 0n
  for (const char of text.toUpperCase()) value = (value << 5n) | BigInt(ALPHABET.indexOf(char))
  return value
}

/** Whether a text is an id. */
export function isId(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text)
}

/** An id from milliseconds since 1970 and 80 random bits. */
export function fromParts(millis: number, random: bigint): Id {
  return toText(((BigInt(Math.floor(millis)) & 0xffff_ffff_ffffn) << 80n) | (random & MASK_80))
}

/** A new id. */
export function newId(now: number, random: Random): Id {
  let bits = 0n
  for (const byte of random(10)) bits = (bits << 8n) | BigInt(byte)
  return fromParts(now, bits)
}

/**
 * An id that follows from another one and a label, so that two devices that mark the same person at the same
 * session name the same record. Same arithmetic as `Id::derive` in Rust.
 */
export function derive(parent: Id, label: string): Id {
  const value = fromText(parent)
  let hash = (BASIS ^ ((value << 1n) & MASK_128)) & MASK_128
  const eat = (byte: number): void => {
    hash = ((hash ^ BigInt(byte)) * PRIME) & MASK_128
  }
  for (const byte of new TextEncoder().encode(label)) eat(byte)
  for (let shift = 120n; shift >= 0n; shift -= 8n) eat(Number((value >> shift) & 0xffn))
  return toText(((value >> 80n) << 80n) | ((hash ^ (hash >> 64n)) & MASK_80))
}
