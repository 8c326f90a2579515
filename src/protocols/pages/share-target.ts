// Takes what other apps share while no service worker runs yet: words go to the composer, files are told about.
import type { Context as HonoContext } from 'hono'
import { boundaryOf, MultipartError, readMultipart } from '../../lib/multipart.ts'

const WORDS = ['title', 'text', 'url'] as const
const MOST_WORDS = 5000
const FIELD_BYTES = 64 * 1024
/** Files are read and dropped so far, so that the browser hears the answer instead of a broken line. */
const MAX_BYTES = 100 * 1024 * 1024

/** Where the composer finds these words; half a character at the cut could not be encoded. */
export function publishPath(words: Partial<Record<string, string>>, hasFiles = false): string {
  const text = WORDS.flatMap((name) => words[name] || []).join('\n')
  const query = new URLSearchParams({ text: text.slice(0, MOST_WORDS).toWellFormed() })
  if (hasFiles) query.set('left', '1')
  return `/publish?${query}`
}

async function* upTo(body: ReadableStream<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    total += chunk.length
    if (total > most) throw new MultipartError('There is too much')
    yield chunk
  }
}

interface Shared {
  words: Record<string, string>
  hasFiles: boolean
}

/** What was read before something went wrong stays. */
async function readShared(body: ReadableStream<Uint8Array>, boundary: string): Promise<Shared> {
  const shared: Shared = { words: {}, hasFiles: false }
  let name: string | undefined
  let chunks: Buffer[] = []
  let left = FIELD_BYTES
  try {
    for await (const event of readMultipart(upTo(body, MAX_BYTES), boundary)) {
      if (event.type === 'part') {
        name = event.isFile ? undefined : event.name
        shared.hasFiles ||= event.isFile
      } else if (event.type === 'data') {
        if (name === undefined) continue
        const chunk = event.chunk.subarray(0, left)
        left -= chunk.length
        chunks.push(chunk)
      } else {
        if (WORDS.some((word) => word === name))
          shared.words[name ?? ''] = Buffer.concat(chunks).toString('utf8')
        chunks = []
      }
    }
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error
  }
  return shared
}

export async function takeShared(c: HonoContext): Promise<Response> {
  const boundary = boundaryOf(c.req.header('content-type') ?? '')
  const { body } = c.req.raw
  if (boundary === undefined || !body) return c.redirect('/publish', 303)
  const { words, hasFiles } = await readShared(body, boundary)
  return c.redirect(publishPath(words, hasFiles), 303)
}
