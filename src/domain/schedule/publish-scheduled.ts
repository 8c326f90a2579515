// Publishes a post whose time has come.
import { Refusal } from '../../model/refusal.ts'
import { deleteScheduled, findScheduled } from '../../store/scheduled-posts.ts'
import type { Context } from '../context.ts'
import { publishPost } from '../posts/publish-post.ts'

export const SCHEDULE_QUEUE = 'scheduled'
export const PUBLISH_SCHEDULED = 'publish-scheduled'

/** Nothing happens before its time: it may have been put off meanwhile. Published once, even when this runs twice. */
export async function publishScheduled(ctx: Context, id: number): Promise<void> {
  const post = await findScheduled(ctx.store.read, id)
  if (!post || post.scheduledAt > ctx.clock.now()) return
  try {
    await publishPost(ctx, post.accountId, { ...post.draft, idempotencyKey: `scheduled-${id}` })
  } catch (error) {
    // What it answered may be gone, or its author may not post any more: no later try would help.
    if (!(error instanceof Refusal)) throw error
    ctx.log.info({ error, id }, 'a scheduled post could not be published')
  }
  await ctx.store.write((tx) => deleteScheduled(tx, id))
}
