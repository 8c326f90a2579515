// The answers of file routes that are no file.
import type { FilesParts } from './parts.ts'

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'access-control-allow-origin': '*',
}

/** There is no such file, or nobody may know of it; `placeholder` is a picture to show all the same. */
export function missing(placeholder?: Uint8Array<ArrayBuffer>): Response {
  return new Response(placeholder ?? null, {
    status: 404,
    headers: {
      ...HEADERS,
      'cache-control': 'public, max-age=60',
      ...(placeholder && { 'content-type': 'image/png' }),
    },
  })
}

/** Asked too often, or too much is going on. */
export function busy(status: 429 | 503): Response {
  return new Response(null, {
    status,
    headers: { ...HEADERS, 'cache-control': 'no-store', 'retry-after': '30' },
  })
}

export function failed(parts: Pick<FilesParts, 'log'>, error: unknown): Response {
  parts.log.error({ error }, 'a file could not be served')
  return new Response(null, { status: 500, headers: { ...HEADERS, 'cache-control': 'no-store' } })
}
