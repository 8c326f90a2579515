// Reads multipart/form-data (RFC 7578) piece by piece, so that a large file never lies in memory as a whole.

/** What comes next: a part begins, some of its bytes, its end. */
export type MultipartEvent =
  | { type: 'part'; name: string; isFile: boolean }
  | { type: 'data'; chunk: Buffer }
  | { type: 'end' }

/** The body is not well-formed, or larger than allowed. */
export class MultipartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MultipartError'
  }
}

const HEADER_BYTES = 8192
const MAX_PARTS = 500

/** The boundary that a Content-Type announces; undefined when it is not multipart/form-data with one. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\/form-data\s*;/i.test(contentType)) return undefined
  const match = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType)
  return match?.[1] ?? match?.[2]
}

/** The events of a body; throws MultipartError for one that is broken or breaks off. */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartEvent> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  // The first delimiter may stand at the very start, without a line break before it.
  let rest = Buffer.from('\r\n')
  let state: 'preamble' | 'delimiter' | 'headers' | 'body' | 'done' = 'preamble'
  let parts = 0
  for await (const chunk of body) {
    if (state === 'done') continue
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      if (state === 'preamble' || state === 'body') {
        const at = rest.indexOf(delimiter)
        const safe = at < 0 ? Math.max(0, rest.length - delimiter.length + 1) : at
        if (state === 'body' && safe > 0) yield { type: 'data', chunk: rest.subarray(0, safe) }
        rest = rest.subarray(at < 0 ? safe : at + delimiter.length)
        if (at < 0) break
        if (state === 'body') yield { type: 'end' }
        state = 'delimiter'
      } else if (state === 'delimiter') {
        const next = afterDelimiter(rest)
        if (next === undefined) break
        if (next === 'last') {
          state = 'done'
          break
        }
        rest = rest.subarray(next)
        state = 'headers'
      } else {
        const end = rest.indexOf('\r\n\r\n')
        if (end > HEADER_BYTES || (end < 0 && rest.length > HEADER_BYTES))
          throw new MultipartError('The head of a part is too long')
        if (end < 0) break
        if (++parts > MAX_PARTS) throw new MultipartError('There are too many parts')
        yield { type: 'part', ...readHead(rest.toString('utf8', 0, end)) }
        rest = rest.subarray(end + 4)
        state = 'body'
      }
    }
  }
  if (state !== 'done') throw new MultipartError('The body breaks off')
}

/** Where the part's head begins, `last` behind the closing delimiter, undefined when more bytes are needed. */
function afterDelimiter(rest: Buffer): number | 'last' | undefined {
  let at = 0
  while (rest[at] === 0x20 || rest[at] === 0x09) at += 1
  if (at > 1000) throw new MultipartError('A delimiter is too long')
  if (rest.length < at + 2) return undefined
  const two = rest.toString('latin1', at, at + 2)
  if (two === '\r\n') return at + 2
  if (two === '--' && at === 0) return 'last'
  throw new MultipartError('Text follows a delimiter')
}

function readHead(head: string): { name: string; isFile: boolean } {
  const line = head.split('\r\n').find((one) => /^content-disposition\s*:/i.test(one)) ?? ''
  const value = line.slice(line.indexOf(':') + 1)
  const name = parameter(value, 'name')
  if (!/^\s*form-data\s*(?:;|$)/i.test(value) || name === undefined)
    throw new MultipartError('A part has no name')
  return { name, isFile: parameter(value, 'filename') !== undefined || /;\s*filename\*=/i.test(value) }
}

function parameter(value: string, wanted: string): string | undefined {
  for (const [, name = '', quoted, plain] of value.matchAll(/;\s*([a-z*]+)\s*=\s*(?:"([^"]*)"|([^;\s"]*))/gi))
    if (name.toLowerCase() === wanted) return unescape(quoted ?? plain ?? '')
  return undefined
}

/** Browsers write %22, %0D and %0A for what cannot stand between quotes. */
function unescape(text: string): string {
  return text.replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
