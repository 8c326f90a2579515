// Writes a new post with all its rows and counters, inside the caller's transaction; the same for posts of any origin.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { insertEvent } from '../../store/events.ts'
import { insertMedia } from '../../store/media-rows.ts'
import { insertPoll } from '../../store/polls.ts'
import { putRaw } from '../../store/post-rows.ts'
import { addToPostCounter, countPostOf, insertPost } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import type { NewPost } from '../../store/posts.ts'
import { insertPostCircles, insertRecipients } from '../../store/recipients.ts'
import type { Recipient } from '../../store/recipients.ts'
import { countFeaturedTags, ensureTags, insertPostTags } from '../../store/tags.ts'
import type { TagName } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

/** Everything that makes up a new post. Rows that hang on it carry its id already. */
export interface PostParts {
  row: NewPost
  parent: Post | undefined
  quoted: Post | undefined
  recipients: readonly Recipient[]
  circleIds: readonly number[]
  tags: readonly TagName[]
  media: Parameters<typeof insertMedia>[1]
  poll: Parameters<typeof insertPoll>[1] | undefined
  event: Parameters<typeof insertEvent>[1] | undefined
  raw: string | undefined
}

/** Gives false, and writes nothing, when the id or the address is taken. */
export async function storePost(ctx: Context, tx: Tx, parts: PostParts): Promise<boolean> {
  const { row } = parts
  if (!(await insertPost(tx, row))) return false
  await insertRecipients(tx, row.id, parts.recipients)
  await insertPostCircles(tx, row.id, parts.circleIds)
  await storeTags(ctx, tx, parts)
  await insertMedia(tx, parts.media)
  if (parts.poll) await insertPoll(tx, parts.poll)
  if (parts.event) await insertEvent(tx, parts.event)
  if (parts.raw !== undefined) await putRaw(tx, row.id, parts.raw)
  await count(tx, parts)
  return true
}

async function storeTags(ctx: Context, tx: Tx, { row, tags }: PostParts): Promise<void> {
  if (tags.length === 0) return
  const known = await ensureTags(tx, tags, { now: ctx.clock.now(), nextId: () => ctx.ids.next() })
  const tagIds = known.map((tag) => tag.id)
  await insertPostTags(tx, row.id, tagIds)
  if (row.local === 1) {
    await countFeaturedTags(tx, row.account_id, tagIds, { by: 1, lastPostAt: row.created_at })
  }
}

async function count(tx: Tx, { row, parent, quoted }: PostParts): Promise<void> {
  if (row.audience !== 'direct') await countPostOf(tx, row.account_id, 1, row.published_at)
  if (parent && countsAsReply(row, parent)) await addToPostCounter(tx, parent.id, 'replies_count', 1)
  if (quoted && row.quote_state === 'accepted') await addToPostCounter(tx, quoted.id, 'quotes_count', 1)
}

/** A count tells that an answer exists, so it only counts what those who see the parent may know of. */
export function countsAsReply(reply: { audience: string }, parent: { audience: string }): boolean {
  if (isOpen(reply.audience as Audience)) return true
  return reply.audience !== 'direct' && !isOpen(parent.audience as Audience) && parent.audience !== 'direct'
}
