// The one door for signed HTTP requests: read a signature before any key is fetched, verify it, make one.
import type { KeyObject } from 'node:crypto'
import { checkCavage, signCavage, verifyCavage } from './cavage.ts'
import { parseCavageHeader } from './cavage-header.ts'
import { readFields, single } from './request-fields.ts'
import { readMessageSignature, signMessage, verifyMessageSignature } from './rfc9421.ts'
import type { OutgoingRequest, ParsedSignature, ReceivedRequest, SigningKey } from './types.ts'

/**
 * The signature of a request after every check that needs no key: shape, required coverage, time window, digest.
 * Undefined when the request carries none. Call it before anything is fetched; `now` is in milliseconds.
 * Throws `Refusal`: invalid for a malformed signature, unauthorized or unsupported for one that cannot be accepted.
 */
export function readSignature(request: ReceivedRequest, now: number): ParsedSignature | undefined {
  const fields = readFields(request)
  if (fields.values.has('signature-input')) return readMessageSignature(request, now)
  const header = single(fields, 'signature')
  if (header === undefined) return undefined
  const parsed = parseCavageHeader(header)
  checkCavage(request, parsed, now)
  return parsed
}

/**
 * Whether `publicKey` made the signature that `readSignature` found on this request. `now` is in milliseconds.
 * Throws `Refusal` when the request is not one that `readSignature` would accept.
 */
export function verifySignature(
  request: ReceivedRequest,
  parsed: ParsedSignature,
  publicKey: KeyObject,
  now: number,
): boolean {
  return parsed.dialect === 'cavage'
    ? verifyCavage(request, parsed, publicKey, now)
    : verifyMessageSignature(request, parsed, publicKey, now)
}

/** All headers to send with a request, lower case, signed in the key's dialect (cavage unless told otherwise). */
export function signRequest(request: OutgoingRequest, key: SigningKey, now: number): Record<string, string> {
  return key.dialect === 'rfc9421' ? signMessage(request, key, now) : signCavage(request, key, now)
}
