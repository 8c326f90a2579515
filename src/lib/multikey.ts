// Ed25519 public keys as multibase text (base58btc), as Multikey documents carry them.
import type { KeyObject } from 'node:crypto'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Base58 with Bitcoin's alphabet; meant for keys (the cost grows with the square of the length). */
export function encodeBase58(bytes: Uint8Array): string {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  let text = ''
  for (; value > 0n; value /= 58n) text = (ALPHABET[Number(value % 58n)] ?? '') + text
  for (const byte of bytes) {
    if (byte !== 0) break
    text = `1${text}`
  }
  return text
}

/** The multibase form of an Ed25519 public key: `z`, then base58btc of the multicodec prefix 0xed01 and the 32 bytes. */
export function ed25519Multibase(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return `z${encodeBase58(Buffer.concat([Buffer.from([0xed, 0x01]), spki.subarray(-32)]))}`
}
