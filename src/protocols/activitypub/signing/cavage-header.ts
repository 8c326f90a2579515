// Takes a draft-cavage Signature header apart, strictly, before anything is fetched on its account.
import { Refusal } from '../../../model/refusal.ts'
import { decodeBase64 } from './base64.ts'
import { readKeyId } from './key-id.ts'
import type { CavageSignature } from './types.ts'

const MAX_HEADER = 8192
const MAX_PARAMETERS = 16
const MAX_COMPONENTS = 40
const PARAMETER =
  /\s*([A-Za-z][A-Za-z0-9_-]{0,31})=(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]*)"|(\d{1,15}(?:\.\d{1,9})?))\s*(,|$)/y
const COMPONENT = /^(?:[a-z0-9!#$%&'*+.^_`|~-]{1,64}|\((?:request-target|created|expires)\))$/
const ALGORITHMS = ['rsa-sha256', 'rsa-sha512', 'hs2019'] as const

/** Parts of a cavage `Signature` header. Throws `Refusal` (invalid) for anything doubtful, duplicates above all. */
export function parseCavageHeader(header: string): CavageSignature {
  const parameters = readParameters(header)
  const algorithm = readAlgorithm(parameters.get('algorithm'))
  const created = readSeconds(parameters.get('created'))
  const expires = readSeconds(parameters.get('expires'))
  const components = readComponents(parameters.get('headers'))
  const timed = components.some((name) => name === '(created)' || name === '(expires)')
  if (timed && algorithm?.startsWith('rsa-')) {
    throw malformed('(created) and (expires) need the algorithm hs2019')
  }
  if (components.includes('(created)') && !created) throw malformed('created is missing')
  if (components.includes('(expires)') && !expires) throw malformed('expires is missing')
  const signature = decodeBase64(parameters.get('signature') ?? '')
  if (!signature || signature.length === 0) throw malformed('the signature is not base64')
  const keyId = readKeyId(parameters.get('keyId'))
  return { dialect: 'cavage', keyId, algorithm, components, created, expires, signature }
}

function readParameters(header: string): Map<string, string> {
  if (header.length > MAX_HEADER) throw malformed('it is too long')
  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = 0
  for (;;) {
    const [, name, quoted, bare, separator] = PARAMETER.exec(header) ?? []
    if (!name || parameters.has(name) || parameters.size >= MAX_PARAMETERS) {
      throw malformed(name ? `${name} is repeated or there are too many parts` : 'its parts cannot be read')
    }
    parameters.set(name, quoted ?? bare ?? '')
    if (separator === '') return parameters
  }
}

function readAlgorithm(name: string | undefined): CavageSignature['algorithm'] {
  if (name === undefined) return undefined
  const known = ALGORITHMS.find((algorithm) => algorithm === name.toLowerCase())
  if (!known)
    throw new Refusal('unsupported', 'The signature algorithm is not supported; use rsa-sha256 or hs2019.')
  return known
}

function readSeconds(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) throw malformed('a time is not a number')
  return text
}

function readComponents(text: string | undefined): string[] {
  const components = (text ?? '').toLowerCase().split(' ')
  if (components.length > MAX_COMPONENTS || !components.every((name) => COMPONENT.test(name))) {
    throw malformed('the list of headers cannot be read')
  }
  if (new Set(components).size !== components.length) throw malformed('a header is listed twice')
  return components
}

function malformed(why: string): Refusal {
  return new Refusal('invalid', `The Signature header is malformed: ${why}.`)
}
