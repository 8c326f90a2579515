// Fetches pages of other servers for link previews: the beginning of a page is enough, and only of pages.
import { refuseSuspended } from '../../domain/moderation/policy-cache.ts'
import type { FetchPage } from '../../domain/cards/read-page.ts'
import { Refusal } from '../../model/refusal.ts'
import type { FilesParts } from './parts.ts'

const KINDS = {
  page: {
    accept: 'text/html, application/xhtml+xml;q=0.9',
    type: /^(text\/html|application\/xhtml\+xml)\b/i,
  },
  oembed: { accept: 'application/json', type: /\bjson\b/i },
} as const
const MOST_PAGE_BYTES = 1_048_576
const MOST_OEMBED_BYTES = 65_536
const TIMEOUT_MS = 10_000

/** Refuses servers that operators suspended, before and after redirects. */
export function createFetchPage(parts: FilesParts): FetchPage {
  return async (url, what) => {
    await refuseSuspended(parts, url)
    const kind = KINDS[what]
    const answer = await parts.outgoing.stream(url, {
      headers: { accept: kind.accept },
      maxBytes: 16 * MOST_PAGE_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
    await refuseSuspended(parts, answer.url)
    const contentType = answer.headers['content-type'] ?? ''
    const most = what === 'page' ? MOST_PAGE_BYTES : MOST_OEMBED_BYTES
    const chunks: Buffer[] = []
    let size = 0
    // A body must be begun to be left, or its connection would stay open.
    for await (const chunk of answer.body) {
      if (answer.status !== 200 || !kind.type.test(contentType))
        throw new Refusal('unsupported', 'This page cannot be previewed')
      chunks.push(chunk)
      size += chunk.length
      if (size >= most) break
    }
    return { url: answer.url, contentType, body: Buffer.concat(chunks).subarray(0, most) }
  }
}
