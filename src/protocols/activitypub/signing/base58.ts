// Base58 with the Bitcoin alphabet, the spelling of keys and proofs in Multikey and Data Integrity documents.

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]))

/** Bytes as base58btc text. */
export function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] ?? 0) * 256
      digits[i] = carry % 58
      carry = Math.floor(carry / 58)
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58)
  }
  const text = digits.toReversed().map((digit) => ALPHABET.charAt(digit))
  return ALPHABET.charAt(0).repeat(leading(bytes, 0)) + text.join('')
}

/** Bytes of base58btc text; undefined for a foreign letter or when `text` is longer than `maxLength` (the work is quadratic). */
export function decodeBase58(text: string, maxLength = 1600): Buffer | undefined {
  if (text.length > maxLength) return undefined
  const values: number[] = []
  for (const letter of text) {
    const value = VALUES.get(letter)
    if (value === undefined) return undefined
    values.push(value)
  }
  const bytes: number[] = []
  for (const value of values) {
    let carry = value
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58
      bytes[i] = carry & 255
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255)
  }
  return Buffer.concat([Buffer.alloc(leading(values, 0)), Buffer.from(bytes.toReversed())])
}

function leading(items: Iterable<number>, wanted: number): number {
  let count = 0
  for (const item of items) {
    if (item !== wanted) break
    count++
  }
  return count
}
