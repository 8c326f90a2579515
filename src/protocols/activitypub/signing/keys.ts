// Makes key pairs and reads the public keys that peers publish, as PEM and as Multikey (FEP-521a).
import { createPublicKey, generateKeyPair } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { createLru } from '../../../lib/lru.ts'
import { Refusal } from '../../../model/refusal.ts'
import { decodeBase58, encodeBase58 } from './base58.ts'
import { decodeBase64 } from './base64.ts'

const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 8192
/** Larger exponents would let a peer make every verification slow. */
const MAX_RSA_EXPONENT = 2n ** 32n
const MAX_PEM = 4096
const PEM = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END (RSA )?PUBLIC KEY-----\s*$/
const ED25519_CODE = Buffer.from([0xed, 0x01])
const RSA_CODE = Buffer.from([0x85, 0x24])
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

const generate = promisify(generateKeyPair)
const parsed = createLru<string, KeyObject>({ max: 4096 })

/** A new key pair: SPKI and PKCS#8 PEM texts. */
export interface PemKeyPair {
  publicKeyPem: string
  privateKeyPem: string
}

/** A new RSA-2048 pair, made off the main thread. */
export async function generateRsaKeyPair(): Promise<PemKeyPair> {
  const pair = await generate('rsa', { modulusLength: 2048 })
  return toPem(pair.publicKey, pair.privateKey)
}

/** A new Ed25519 pair, made off the main thread. */
export async function generateEd25519KeyPair(): Promise<PemKeyPair> {
  const pair = await generate('ed25519')
  return toPem(pair.publicKey, pair.privateKey)
}

/**
 * The key in a PEM text (`PUBLIC KEY` or `RSA PUBLIC KEY`), from a bounded cache when it was seen before.
 * Throws `Refusal` (invalid) unless it is Ed25519, or RSA of 2048 to 8192 bits with a sane exponent.
 */
export function parsePublicKeyPem(pem: string): KeyObject {
  if (pem.length > MAX_PEM) throw new Refusal('invalid', 'The public key is too long.')
  return remembered(pem, () => {
    const [, begin, body, end] = PEM.exec(pem) ?? []
    const der = begin === end && body ? decodeBase64(body.replace(/\s+/g, ''), MAX_PEM) : undefined
    if (!der) throw new Refusal('invalid', 'The public key is not a PEM public key.')
    return importDer(der, begin ? 'pkcs1' : 'spki')
  })
}

/** The key in a `publicKeyMultibase` value (base58btc, ed25519-pub or rsa-pub); same limits and cache as for PEM. */
export function parseMultikey(multibase: string): KeyObject {
  return remembered(multibase, () => {
    const bytes = multibase.startsWith('z') ? decodeBase58(multibase.slice(1)) : undefined
    const code = bytes?.subarray(0, 2)
    const key = bytes?.subarray(2)
    if (code?.equals(ED25519_CODE) && key?.length === 32)
      return importDer(Buffer.concat([ED25519_SPKI, key]), 'spki')
    if (code?.equals(RSA_CODE) && key) return importDer(key, 'pkcs1')
    throw new Refusal('invalid', 'The public key is not a Multikey of a known kind.')
  })
}

/** The key inside a `did:key` identifier, with or without fragment; undefined when `id` is no such identifier. */
export function parseDidKey(id: string): KeyObject | undefined {
  const [, multibase] = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{1,1600})(?:#\S{0,1700})?$/.exec(id) ?? []
  return multibase === undefined ? undefined : parseMultikey(multibase)
}

/** `publicKeyMultibase` of an Ed25519 public key. Throws `TypeError` for any other key. */
export function encodeMultikey(publicKey: KeyObject): string {
  if (publicKey.type !== 'public' || publicKey.asymmetricKeyType !== 'ed25519') {
    throw new TypeError('Not an Ed25519 public key')
  }
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(ED25519_SPKI.length)
  return `z${encodeBase58(Buffer.concat([ED25519_CODE, raw]))}`
}

function toPem(publicKey: KeyObject, privateKey: KeyObject): PemKeyPair {
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
}

function remembered(text: string, read: () => KeyObject): KeyObject {
  const known = parsed.get(text)
  if (known) return known
  const key = read()
  parsed.set(text, key)
  return key
}

function importDer(der: Buffer, type: 'spki' | 'pkcs1'): KeyObject {
  let key: KeyObject
  try {
    key = createPublicKey({ key: der, format: 'der', type })
  } catch (cause) {
    throw new Refusal('invalid', 'The public key cannot be read.', cause)
  }
  if (!isAcceptable(key)) {
    throw new Refusal('invalid', 'The public key must be Ed25519, or RSA of 2048 to 8192 bits.')
  }
  return key
}

function isAcceptable(key: KeyObject): boolean {
  if (key.asymmetricKeyType === 'ed25519') return true
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const saneExponent =
    publicExponent >= 3n && publicExponent <= MAX_RSA_EXPONENT && publicExponent % 2n === 1n
  return (
    key.asymmetricKeyType === 'rsa' &&
    modulusLength >= MIN_RSA_BITS &&
    modulusLength <= MAX_RSA_BITS &&
    saneExponent
  )
}
