// Object integrity proofs (FEP-8b32, cryptosuite eddsa-jcs-2022): a signature that travels inside the document.
import { createHash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Refusal } from '../../../model/refusal.ts'
import { signBytes, verifyBytes } from './algorithms.ts'
import { decodeBase58, encodeBase58 } from './base58.ts'
import { canonicalizeJson } from './jcs.ts'
import { readKeyId } from './key-id.ts'
import { parseDidKey } from './keys.ts'
import { WINDOW_MS } from './time-window.ts'
import type { JsonObject, JsonValue } from './types.ts'

const MAX_PROOFS = 8
const SUITE = 'eddsa-jcs-2022'
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
/** Options that change what a proof means; nobody asked for a challenge or a domain, so a proof with one is not for us. */
const UNEXPECTED = ['domain', 'challenge', 'previousProof']

/** A proof that passed every check which needs no key. */
export interface IntegrityProof {
  /** The URL of the key that is said to have made it, or a `did:key` (FEP-c390 identity proofs). */
  verificationMethod: string
  /** Bytes of the signature. */
  signature: Buffer
  /** The proof as hashed: everything but `proofValue`. */
  options: JsonObject
}

/**
 * A proof for a document, to be added as its `proof`; an existing `proof` is not covered. `created` is in milliseconds.
 * Throws `TypeError` unless `privateKey` is Ed25519, `Refusal` for a document that is no JSON.
 */
export function createProof(
  document: JsonObject,
  privateKey: KeyObject,
  { verificationMethod, created }: { verificationMethod: string; created: number },
): JsonObject {
  const context = document['@context']
  const options: JsonObject = {
    ...(context === undefined ? {} : { '@context': context }),
    type: 'DataIntegrityProof',
    cryptosuite: SUITE,
    verificationMethod,
    proofPurpose: 'assertionMethod',
    // Whole seconds: some verifiers write the time anew before they hash, and drop trailing zeros.
    created: new Date(created).toISOString().replace(/\.\d+Z$/, 'Z'),
  }
  const signature = signBytes('ed25519', hashData(document, options), privateKey)
  return { ...options, proofValue: `z${encodeBase58(signature)}` }
}

/**
 * The first eddsa-jcs-2022 proof of a document; undefined when it has none. Call it before the key is fetched.
 * `now` is in milliseconds. Throws `Refusal`: invalid when malformed, unauthorized when expired or made for another use.
 */
export function readProof(document: JsonObject, now: number): IntegrityProof | undefined {
  const found = document['proof']
  const proofs = Array.isArray(found) ? found : [found]
  if (proofs.length > MAX_PROOFS) throw new Refusal('invalid', 'The document has too many proofs.')
  const proof = proofs.find(
    (one) => isObject(one) && one['type'] === 'DataIntegrityProof' && one['cryptosuite'] === SUITE,
  )
  if (!isObject(proof)) return undefined
  const { proofValue, ...options } = proof
  requirePurpose(options)
  requireContext(options['@context'], document['@context'])
  requireTime(options, now)
  const signature =
    typeof proofValue === 'string' && proofValue.startsWith('z') && decodeBase58(proofValue.slice(1), 100)
  if (!signature || signature.length !== 64) throw new Refusal('invalid', 'The proof value is malformed.')
  return {
    verificationMethod: readMethod(options['verificationMethod']),
    signature,
    options,
  }
}

/**
 * Whether the document's first eddsa-jcs-2022 proof was made by the holder of `publicKey`; false when it has none.
 * `now` is in milliseconds. Throws as `readProof` does.
 */
export function verifyProof(document: JsonObject, publicKey: KeyObject, now: number): boolean {
  const proof = readProof(document, now)
  if (!proof) return false
  const { options, signature } = proof
  if (verifyBytes('ed25519', hashData(document, options), publicKey, signature)) return true
  const context = document['@context']
  if (options['@context'] !== undefined || context === undefined) return false
  // Others leave the context out of the written proof although they hashed it.
  return verifyBytes('ed25519', hashData(document, { ...options, '@context': context }), publicKey, signature)
}

function readMethod(method: JsonValue | undefined): string {
  if (typeof method === 'string' && parseDidKey(method)) return method
  return readKeyId(typeof method === 'string' ? method : undefined)
}

function hashData(document: JsonObject, options: JsonObject): Buffer {
  const { proof: _, ...unsecured } = document
  return Buffer.concat([sha256(canonicalizeJson(options)), sha256(canonicalizeJson(unsecured))])
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

function requirePurpose(options: JsonObject): void {
  if (options['proofPurpose'] !== 'assertionMethod') {
    throw new Refusal('unauthorized', 'The proof was made for another purpose.')
  }
  const unexpected = UNEXPECTED.find((name) => Object.hasOwn(options, name))
  if (unexpected)
    throw new Refusal('unauthorized', `The proof has the option ${unexpected}, which nobody asked for.`)
}

/** A proof context that differs would let terms be added to a signed document which its author never saw. */
function requireContext(ofProof: JsonValue | undefined, ofDocument: JsonValue | undefined): void {
  if (ofProof === undefined) return
  if (ofDocument === undefined || canonicalizeJson(ofProof) !== canonicalizeJson(ofDocument)) {
    throw new Refusal('unauthorized', 'The context of the proof is not the context of the document.')
  }
}

function requireTime(options: JsonObject, now: number): void {
  const created = readTime(options['created'])
  const expires = readTime(options['expires'])
  if (created !== undefined && created > now + WINDOW_MS) {
    throw new Refusal('unauthorized', 'The proof was made in the future.')
  }
  if (expires !== undefined && expires < now) throw new Refusal('unauthorized', 'The proof has expired.')
}

function readTime(value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined
  const time = typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) throw new Refusal('invalid', 'A time of the proof is malformed.')
  return time
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
