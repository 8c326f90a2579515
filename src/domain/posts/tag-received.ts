// Adds a hashtag to a post because somebody of another server says so, as people do with Friendica.
import { normalizeTag } from '../../lib/text/hashtag.ts'
import { followsAccepted } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import { countFeaturedTags, ensureTags, insertPostTags, listPostTags } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REMOTE_LIMITS } from './limits.ts'
import { canSee } from './see-post.ts'

/** Others cannot fill a post with more hashtags than its author would be allowed. */
const MAX_TAGS = Math.min(20, REMOTE_LIMITS.tags)

/**
 * Taken from the author, from the post's own server, and from people whom a local author follows: hashtags lead strangers
 * to a post, so strangers do not choose them. False where it is not taken, or there already.
 */
export async function tagReceived(
  ctx: Context,
  tag: { postId: number; by: Author; displayName: string },
): Promise<boolean> {
  const name = normalizeTag(tag.displayName)
  if (name === undefined) return false
  return ctx.store.write(async (tx) => {
    const post = await findPost(tx, tag.postId)
    if (!post || post.boost_of_id !== null || !(await mayTag(tx, post, tag.by))) return false
    const known = await listPostTags(tx, post.id)
    if (known.length >= MAX_TAGS || known.some((one) => one.name === name)) return false
    const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
    const ids = (await ensureTags(tx, [{ name, displayName: tag.displayName }], at)).map((one) => one.id)
    await insertPostTags(tx, post.id, ids)
    if (post.local === 1) await countFeaturedTags(tx, post.account_id, ids, { by: 1 })
    return true
  })
}

async function mayTag(tx: Tx, post: Post, by: Author): Promise<boolean> {
  if (post.account_id === by.id) return true
  if (!(await canSee(tx, by, post))) return false
  if (post.local === 1) return followsAccepted(tx, post.account_id, by.id)
  return new URL(post.uri).origin === new URL(by.uri).origin
}
