// Signs and checks requests by draft-cavage-http-signatures, the dialect that nearly every ActivityPub server speaks.
import type { KeyObject } from 'node:crypto'
import { Refusal } from '../../../model/refusal.ts'
import { algorithmOf, signBytes, verifyBytes } from './algorithms.ts'
import type { KeyAlgorithm } from './algorithms.ts'
import { createDigest, contentDigestMatches, digestMatches } from './digest.ts'
import { carriesBody, combined, hostnameOf, readFields, single } from './request-fields.ts'
import type { RequestFields } from './request-fields.ts'
import { formatHttpDate, isRecent, parseHttpDate } from './time-window.ts'
import type { CavageSignature, OutgoingRequest, ReceivedRequest, SigningKey } from './types.ts'

/**
 * Checks everything that needs no key: required coverage, time window, digest. `now` is in milliseconds.
 * Throws `Refusal` (unauthorized) with the reason.
 */
export function checkCavage(request: ReceivedRequest, parsed: CavageSignature, now: number): void {
  const fields = readFields(request)
  requireCoverage(fields, parsed)
  requireFreshness(fields, parsed, now)
  requireDigest(fields, parsed)
}

/**
 * Whether the request was signed by the holder of `publicKey`; runs every keyless check again, so that it cannot be
 * skipped. A path with a query is also tried without it, as Friendica and others sign only the path.
 */
export function verifyCavage(
  request: ReceivedRequest,
  parsed: CavageSignature,
  publicKey: KeyObject,
  now: number,
): boolean {
  checkCavage(request, parsed, now)
  const fields = readFields(request)
  const algorithm = algorithmFor(parsed, publicKey)
  const targets = fields.query ? [fields.path + fields.query, fields.path] : [fields.path]
  return hostsToTry(fields).some((host) =>
    targets.some((target) => {
      const text = cavageSigningString(fields, parsed, { target, host })
      return verifyBytes(algorithm, Buffer.from(text, 'utf8'), publicKey, parsed.signature)
    }),
  )
}

/** The text that a cavage signature covers. Throws `Refusal` when a covered header is absent. */
export function cavageSigningString(
  fields: RequestFields,
  parsed: Pick<CavageSignature, 'components' | 'created' | 'expires'>,
  { target, host }: { target: string; host: string },
): string {
  return parsed.components
    .map((name) => {
      if (name === '(request-target)') return `${name}: ${fields.method.toLowerCase()} ${target}`
      if (name === '(created)') return `${name}: ${parsed.created ?? ''}`
      if (name === '(expires)') return `${name}: ${parsed.expires ?? ''}`
      return `${name}: ${name === 'host' ? host : coveredValue(fields, name)}`
    })
    .join('\n')
}

/**
 * Headers to send (all of the request's, plus `host`, `date`, `digest` for a body, and `signature`).
 * `now` is in milliseconds. An RSA key signs as `rsa-sha256`, which Misskey wants named; an Ed25519 key as `hs2019`.
 */
export function signCavage(request: OutgoingRequest, key: SigningKey, now: number): Record<string, string> {
  const url = new URL(request.url)
  const headers: Record<string, string> = { host: url.host, date: formatHttpDate(now) }
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value
  const components = ['(request-target)', 'host', 'date']
  if (request.body) {
    headers['digest'] = createDigest(request.body)
    components.push('digest')
    if (headers['content-type']) components.push('content-type')
  } else if (headers['accept']) components.push('accept')
  const fields = readFields({ method: request.method, url: url.href.replace(/#.*$/, ''), headers })
  const target = fields.path + (key.withoutQuery ? '' : fields.query)
  const text = cavageSigningString(
    fields,
    { components, created: undefined, expires: undefined },
    { target, host: url.host },
  )
  const algorithm = algorithmOf(key.privateKey)
  const signature = signBytes(algorithm, Buffer.from(text, 'utf8'), key.privateKey).toString('base64')
  const named = algorithm === 'ed25519' ? 'hs2019' : 'rsa-sha256'
  headers['signature'] =
    `keyId="${key.keyId}",algorithm="${named}",headers="${components.join(' ')}",signature="${signature}"`
  return headers
}

function algorithmFor(parsed: CavageSignature, key: KeyObject): KeyAlgorithm {
  return parsed.algorithm && parsed.algorithm !== 'hs2019' ? parsed.algorithm : algorithmOf(key)
}

/** The host as received when it is ours; behind a proxy that rewrites it, our public host as peers may spell it. */
function hostsToTry(fields: RequestFields): string[] {
  const received = single(fields, 'host')
  const ours = hostnameOf(fields.authority)
  if (received !== undefined && hostnameOf(received) === ours) return [received]
  return [...new Set([fields.authority, ours])]
}

function coveredValue(fields: RequestFields, name: string): string {
  const value = combined(fields, name)
  if (value !== undefined) return value
  if (name === 'content-length') return String(fields.body.length)
  throw new Refusal('unauthorized', `The signature covers the header ${name}, which is absent.`)
}

function requireCoverage(fields: RequestFields, parsed: CavageSignature): void {
  const covered = new Set(parsed.components)
  const missing = ['(request-target)', 'host'].filter((name) => !covered.has(name))
  if (!covered.has('date') && !covered.has('(created)')) missing.push('date')
  if (carriesBody(fields) && !covered.has('digest') && !covered.has('content-digest')) missing.push('digest')
  if (missing.length > 0)
    throw new Refusal('unauthorized', `The signature must cover ${missing.join(' and ')}.`)
  for (const name of covered) {
    if (!name.startsWith('(') && name !== 'host') coveredValue(fields, name)
  }
}

function requireFreshness(fields: RequestFields, parsed: CavageSignature, now: number): void {
  const times: (number | undefined)[] = []
  if (parsed.components.includes('date')) times.push(parseHttpDate(single(fields, 'date') ?? ''))
  if (parsed.components.includes('(created)')) times.push(Number(parsed.created) * 1000)
  if (!times.every((time) => time !== undefined && isRecent(time, now))) {
    throw new Refusal(
      'unauthorized',
      'The signature was made too long ago or in the future; check the clock.',
    )
  }
  if (parsed.expires !== undefined && Number(parsed.expires) * 1000 < now) {
    throw new Refusal('unauthorized', 'The signature has expired.')
  }
}

function requireDigest(fields: RequestFields, parsed: CavageSignature): void {
  for (const [name, matches] of [
    ['digest', digestMatches],
    ['content-digest', contentDigestMatches],
  ] as const) {
    if (!parsed.components.includes(name)) continue
    if (!matches(coveredValue(fields, name), fields.body)) {
      throw new Refusal('unauthorized', 'The digest does not fit the body.')
    }
  }
}
