// The few public-key operations that signatures use, each bound to the one kind of key it is meant for.
import { constants, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export type KeyAlgorithm = 'rsa-sha256' | 'rsa-sha512' | 'rsa-pss-sha512' | 'ed25519'

interface Operation {
  keyTypes: readonly string[]
  hash: string | null
  padding?: { padding: number; saltLength?: number }
}

const PKCS1 = { padding: constants.RSA_PKCS1_PADDING }
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }
const OPERATIONS: Record<KeyAlgorithm, Operation> = {
  'rsa-sha256': { keyTypes: ['rsa'], hash: 'sha256', padding: PKCS1 },
  'rsa-sha512': { keyTypes: ['rsa'], hash: 'sha512', padding: PKCS1 },
  'rsa-pss-sha512': { keyTypes: ['rsa', 'rsa-pss'], hash: 'sha512', padding: PSS },
  ed25519: { keyTypes: ['ed25519'], hash: null },
}

/** The algorithm that a key uses when the signer names none: RSA PKCS#1 v1.5 with SHA-256, or Ed25519. */
export function algorithmOf(key: KeyObject): KeyAlgorithm {
  return key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa-sha256'
}

/** Signs bytes; throws `TypeError` when the key is not of the algorithm's kind, which is a mistake of the caller. */
export function signBytes(algorithm: KeyAlgorithm, data: Uint8Array, key: KeyObject): Buffer {
  const { keyTypes, hash, padding } = OPERATIONS[algorithm]
  if (!keyTypes.includes(key.asymmetricKeyType ?? '')) throw new TypeError(`Not a key for ${algorithm}`)
  return sign(hash, data, { key, ...padding })
}

/** Whether a signature over bytes is good; false for a key of another kind and for a signature of any wrong shape. */
export function verifyBytes(
  algorithm: KeyAlgorithm,
  data: Uint8Array,
  key: KeyObject,
  signature: Buffer,
): boolean {
  const { keyTypes, hash, padding } = OPERATIONS[algorithm]
  if (!keyTypes.includes(key.asymmetricKeyType ?? '')) return false
  try {
    return verify(hash, data, { key, ...padding }, signature)
  } catch {
    return false
  }
}
