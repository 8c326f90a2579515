// The hashtags and custom emojis of a post from elsewhere.
import { normalizeTag } from '../../lib/text/hashtag.ts'
import type { IncomingPost } from '../../model/post.ts'
import { ensureRemoteEmojis } from '../../store/custom-emojis.ts'
import type { Author } from '../../store/post-authors.ts'
import type { TagName } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REMOTE_LIMITS } from './limits.ts'

/** Each tag once; names that are no hashtags are dropped. */
export function receivedTags(incoming: IncomingPost): TagName[] {
  const tags = new Map<string, TagName>()
  for (const { name, displayName } of incoming.tags.slice(0, REMOTE_LIMITS.tags)) {
    const stored = normalizeTag(name)
    if (stored === undefined || tags.has(stored)) continue
    const isSpelling = normalizeTag(displayName) === stored
    tags.set(stored, { name: stored, displayName: isSpelling ? displayName.replace(/^#/, '') : stored })
  }
  return [...tags.values()]
}

export async function receivedEmojiIds(
  ctx: Context,
  tx: Tx,
  author: Author,
  incoming: IncomingPost,
): Promise<number[]> {
  const emojis = incoming.emojis.slice(0, REMOTE_LIMITS.emojis)
  const rows = await ensureRemoteEmojis(tx, author.domain, emojis, {
    now: ctx.clock.now(),
    nextId: () => ctx.ids.next(),
  })
  return rows.map((row) => row.id)
}
