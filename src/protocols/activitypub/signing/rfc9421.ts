// Signs and checks requests by RFC 9421, HTTP Message Signatures.
import type { KeyObject } from 'node:crypto'
import { Refusal } from '../../../model/refusal.ts'
import { algorithmOf, signBytes, verifyBytes } from './algorithms.ts'
import type { KeyAlgorithm } from './algorithms.ts'
import { contentDigestMatches, createContentDigest } from './digest.ts'
import { readKeyId } from './key-id.ts'
import { carriesBody, combined, readFields } from './request-fields.ts'
import type { RequestFields } from './request-fields.ts'
import { signatureBase } from './signature-base.ts'
import { parseSignatureInput, parseSignatures, serializeCoveredList } from './structured-fields.ts'
import type { CoveredList } from './structured-fields.ts'
import { isRecent } from './time-window.ts'
import type {
  BareItem,
  MessageAlgorithm,
  MessageSignature,
  OutgoingRequest,
  Parameter,
  ReceivedRequest,
  SigningKey,
} from './types.ts'

const KEY_ALGORITHMS: Readonly<Record<MessageAlgorithm, KeyAlgorithm>> = {
  'rsa-v1_5-sha256': 'rsa-sha256',
  'rsa-pss-sha512': 'rsa-pss-sha512',
  ed25519: 'ed25519',
}

/**
 * Chooses the first labelled signature that passes every check which needs no key. `now` is in milliseconds.
 * Throws `Refusal`: invalid when the headers are malformed, otherwise the reason why the first label was passed over.
 */
export function readMessageSignature(request: ReceivedRequest, now: number): MessageSignature {
  const fields = readFields(request)
  const inputs = parseSignatureInput(combined(fields, 'signature-input') ?? '')
  const signatures = parseSignatures(combined(fields, 'signature') ?? '')
  let reason: Refusal | undefined
  for (const [label, input] of inputs) {
    try {
      const parsed = readLabel(label, input, signatures.get(label))
      checkFields(fields, parsed, now)
      return parsed
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reason ??= error
    }
  }
  throw reason ?? new Refusal('invalid', 'The Signature-Input header is empty.')
}

/** Whether the request was signed by the holder of `publicKey`; runs the keyless checks again. `now` is in milliseconds. */
export function verifyMessageSignature(
  request: ReceivedRequest,
  parsed: MessageSignature,
  publicKey: KeyObject,
  now: number,
): boolean {
  const fields = readFields(request)
  checkFields(fields, parsed, now)
  const base = signatureBase(fields, parsed.components, parsed.parameters)
  const algorithm = parsed.algorithm ? KEY_ALGORITHMS[parsed.algorithm] : algorithmOf(publicKey)
  return verifyBytes(algorithm, Buffer.from(base, 'utf8'), publicKey, parsed.signature)
}

/**
 * Headers to send: all of the request's, plus `content-digest` for a body, `signature-input` and `signature`.
 * Covers the method, the full URL, the body's digest and its type. `now` is in milliseconds.
 */
export function signMessage(request: OutgoingRequest, key: SigningKey, now: number): Record<string, string> {
  const url = new URL(request.url)
  const headers: Record<string, string> = { host: url.host }
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value
  const names = ['@method', '@target-uri']
  if (request.body) {
    headers['content-digest'] = createContentDigest(request.body)
    names.push('content-digest')
    if (headers['content-type']) names.push('content-type')
  }
  const components = names.map((name) => ({ name, parameters: [] }))
  const algorithm = algorithmOf(key.privateKey)
  const parameters: Parameter[] = [
    ['created', { kind: 'integer', value: Math.floor(now / 1000) }],
    ['keyid', { kind: 'string', value: key.keyId }],
    ['alg', { kind: 'string', value: algorithm === 'ed25519' ? 'ed25519' : 'rsa-v1_5-sha256' }],
  ]
  const fields = readFields({ method: request.method, url: url.href.replace(/#.*$/, ''), headers })
  const base = signatureBase(fields, components, parameters)
  const signature = signBytes(algorithm, Buffer.from(base, 'utf8'), key.privateKey)
  headers['signature-input'] = `sig1=${serializeCoveredList(components, parameters)}`
  headers['signature'] = `sig1=:${signature.toString('base64')}:`
  return headers
}

function readLabel(label: string, input: CoveredList, signature: Buffer | undefined): MessageSignature {
  if (!signature || signature.length === 0) throw new Refusal('invalid', `The signature ${label} is missing.`)
  const parameters = new Map(input.parameters)
  const created = integer(parameters.get('created'))
  if (created === undefined)
    throw new Refusal('unauthorized', 'The signature does not say when it was created.')
  return {
    dialect: 'rfc9421',
    label,
    keyId: readKeyId(string(parameters.get('keyid'))),
    algorithm: readAlgorithm(string(parameters.get('alg'))),
    components: input.components,
    parameters: input.parameters,
    created,
    expires: integer(parameters.get('expires')),
    signature,
  }
}

function readAlgorithm(name: string | undefined): MessageAlgorithm | undefined {
  if (name === undefined) return undefined
  if (Object.hasOwn(KEY_ALGORITHMS, name)) return name as MessageAlgorithm
  throw new Refusal(
    'unsupported',
    'The signature algorithm is not supported; use rsa-v1_5-sha256 or ed25519.',
  )
}

function string(item: BareItem | undefined): string | undefined {
  if (item === undefined || item.kind === 'string') return item?.value
  throw new Refusal('invalid', 'A signature parameter must be a string.')
}

function integer(item: BareItem | undefined): number | undefined {
  if (item === undefined || item.kind === 'integer') return item?.value
  throw new Refusal('invalid', 'A signature parameter must be an integer.')
}

function checkFields(fields: RequestFields, parsed: MessageSignature, now: number): void {
  const names = new Set(parsed.components.filter((one) => one.parameters.length === 0).map((one) => one.name))
  if (!names.has('@method')) throw new Refusal('unauthorized', 'The signature must cover @method.')
  if (!coversTarget(names, fields)) throw new Refusal('unauthorized', 'The signature must cover @target-uri.')
  if (carriesBody(fields) && !names.has('content-digest')) {
    throw new Refusal('unauthorized', 'The signature must cover content-digest.')
  }
  if (!isRecent(parsed.created * 1000, now)) {
    throw new Refusal(
      'unauthorized',
      'The signature was made too long ago or in the future; check the clock.',
    )
  }
  if (parsed.expires !== undefined && parsed.expires * 1000 < now) {
    throw new Refusal('unauthorized', 'The signature has expired.')
  }
  signatureBase(fields, parsed.components, parsed.parameters)
  if (
    names.has('content-digest') &&
    !contentDigestMatches(combined(fields, 'content-digest') ?? '', fields.body)
  ) {
    throw new Refusal('unauthorized', 'The digest does not fit the body.')
  }
}

function coversTarget(names: ReadonlySet<string>, fields: RequestFields): boolean {
  if (names.has('@target-uri')) return true
  if (!names.has('@authority')) return false
  if (names.has('@request-target')) return true
  return names.has('@path') && (names.has('@query') || fields.query === '')
}
