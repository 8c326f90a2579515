// Sends a kept file, whole or in part, so that it can be looked at but never act as a page or a document.
import { Readable } from 'node:stream'
import type { Context as HonoContext } from 'hono'
import type { Blobs, BlobRange } from '../../platform/blobs.ts'
import { typeOfKey } from '../../platform/blobs/content-type.ts'
import { readRange } from '../../platform/media/range.ts'
import { mediaHeaders } from '../../platform/media/serve.ts'
import { Refusal } from '../../model/refusal.ts'

/** Undefined when there is no such file. A key always names the same bytes, so they may be kept for ever. */
export async function serveFile(blobs: Blobs, c: HonoContext, key: string): Promise<Response | undefined> {
  const elsewhere = blobs.publicUrl(key)
  if (elsewhere !== undefined)
    return new Response(null, {
      status: 302,
      headers: {
        location: elsewhere,
        'cache-control': 'public, max-age=3600',
        'access-control-allow-origin': '*',
      },
    })
  const etag = etagOf(key)
  const asked = rangeOf(c, etag)
  const size = asked === undefined ? undefined : await sizeOf(blobs, key)
  if (asked !== undefined && size === undefined) return undefined
  const range = readRange(asked, size ?? 0)
  if (range.status === 416) return new Response(null, { status: 416, headers: range.headers })
  const part: BlobRange | undefined =
    range.status === 206 ? { start: range.start, end: range.end } : undefined
  const blob = await blobs.read(key, part)
  if (!blob) return undefined
  const headers = {
    ...mediaHeaders({
      // Never what the sender said: our own record of what we wrote, in the ending of the key.
      contentType: typeOfKey(key),
      byteLength: blob.size,
      extension: key.slice(key.lastIndexOf('.') + 1),
      etag,
      isImmutable: true,
    }),
    ...(range.status === 206 ? range.headers : { 'content-length': String(blob.size) }),
  }
  const isKnown = c.req.header('if-none-match')?.includes(`"${etag}"`) === true
  if (isKnown || c.req.method === 'HEAD') {
    blob.stream.destroy()
    return new Response(null, { status: isKnown ? 304 : range.status, headers })
  }
  return new Response(Readable.toWeb(blob.stream) as ReadableStream<Uint8Array>, {
    status: range.status,
    headers,
  })
}

/** The Range header, unless it is about another version of the file. */
function rangeOf(c: HonoContext, etag: string): string | undefined {
  const condition = c.req.header('if-range')
  return condition === undefined || condition === `"${etag}"` ? c.req.header('range') : undefined
}

async function sizeOf(blobs: Blobs, key: string): Promise<number | undefined> {
  try {
    const first = await blobs.read(key, { start: 0, end: 0 })
    first?.stream.destroy()
    return first?.size
  } catch (error) {
    // S3 has no first byte of an empty file.
    if (error instanceof Refusal) return 0
    throw error
  }
}

function etagOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1)
  return name.replaceAll(/[^\w.+-]/g, '').slice(0, 100)
}
