// Reads header fields and URL parts of a request exactly as they were sent, without the normalising that forgers exploit.
import { Refusal } from '../../../model/refusal.ts'
import type { HeaderSource, ReceivedRequest } from './types.ts'

const MAX_FIELDS = 256
const UNSAFE_VALUE = /[\r\n\0]/
const URL_PARTS = /^(https?):\/\/([^/?#\s@]{1,300})(\/[^?#\s]*)?(\?[^#\s]*)?$/i

/** A request laid out for building signing strings. */
export interface RequestFields {
  method: string
  url: string
  scheme: string
  /** Host and port of the public URL, as written there. */
  authority: string
  path: string
  /** With its leading `?`; empty when the URL has none. */
  query: string
  values: ReadonlyMap<string, readonly string[]>
  body: Uint8Array
}

/** Several checks look at the same request, which stays as it was received. */
const laidOut = new WeakMap<ReceivedRequest, RequestFields>()

/** Lays a received request out; throws `Refusal` (invalid) for what cannot be a request. */
export function readFields(request: ReceivedRequest): RequestFields {
  const known = laidOut.get(request)
  if (known) return known
  const fields = layOut(request)
  laidOut.set(request, fields)
  return fields
}

function layOut(request: ReceivedRequest): RequestFields {
  const parts = URL_PARTS.exec(request.url)
  if (!parts || request.url.length > 8192) throw new Refusal('invalid', 'The request URL is malformed.')
  if (!/^[A-Za-z]{1,20}$/.test(request.method))
    throw new Refusal('invalid', 'The request method is malformed.')
  return {
    method: request.method,
    url: request.url,
    scheme: (parts[1] ?? '').toLowerCase(),
    authority: parts[2] ?? '',
    path: parts[3] ?? '/',
    query: parts[4] ?? '',
    values: collect(request.headers),
    body: request.body ?? new Uint8Array(0),
  }
}

/** All values of a field joined the way HTTP defines it; undefined when the field is absent. */
export function combined(fields: RequestFields, name: string): string | undefined {
  return fields.values.get(name)?.join(', ')
}

/** The only value of a field that may occur once; throws `Refusal` when it occurs more often. */
export function single(fields: RequestFields, name: string): string | undefined {
  const values = fields.values.get(name)
  if (values && values.length > 1) throw new Refusal('invalid', `The header ${name} occurs more than once.`)
  return values?.[0]
}

/** Host name without port, lower case, of an authority such as `example.com:8443` or `[::1]:80`. */
export function hostnameOf(authority: string): string {
  return authority.replace(/:\d*$/, '').toLowerCase()
}

/** Whether a signature must also cover the body of this request. */
export function carriesBody(fields: RequestFields): boolean {
  return fields.body.length > 0 || /^(?:post|put|patch)$/i.test(fields.method)
}

function collect(source: HeaderSource): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const [name, value] of pairs(source)) {
    if (UNSAFE_VALUE.test(value)) throw new Refusal('invalid', 'A header holds a line break.')
    const lower = name.toLowerCase()
    const known = fields.get(lower)
    if (known) known.push(value.trim())
    else fields.set(lower, [value.trim()])
    if (fields.size > MAX_FIELDS || (known && known.length > MAX_FIELDS)) {
      throw new Refusal('invalid', 'The request has too many headers.')
    }
  }
  return fields
}

function* pairs(source: HeaderSource): Generator<[string, string]> {
  if (isRaw(source)) {
    for (let i = 0; i + 1 < source.length; i += 2) yield [source[i] ?? '', source[i + 1] ?? '']
    return
  }
  for (const [name, value] of Object.entries(source)) {
    if (typeof value === 'string') yield [name, value]
    else if (value) for (const one of value) yield [name, one]
  }
}

function isRaw(source: HeaderSource): source is readonly string[] {
  return Array.isArray(source)
}
