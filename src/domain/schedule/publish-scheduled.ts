// Publishes a post whose time has come.
import { Refusal, notFound } from '../../model/refusal.ts'
import { deleteScheduled, findScheduled } from '../../store/scheduled-posts.ts'
import { contentOfPost } from '../../model/kept-draft.ts'
import type { ScheduledPost } from '../../model/scheduled-post.ts'
import type { Context } from '../context.ts'
import { keepDraft } from '../drafts/keep-draft.ts'
import { publishPost } from '../posts/publish-post.ts'

export const SCHEDULE_QUEUE = 'scheduled'
export const PUBLISH_SCHEDULED = 'publish-scheduled'

/** Nothing happens before its time: it may have been put off meanwhile. Published once, even when this runs twice. */
export async function publishScheduled(ctx: Context, id: number): Promise<void> {
  const post = await findScheduled(ctx.store.read, id)
  if (!post || post.scheduledAt > ctx.clock.now()) return
  let problem: string | undefined
  try {
    await publishAt(ctx, post)
  } catch (error) {
    // What it answered may be gone, or its author may not post any more: no later try would help.
    if (!(error instanceof Refusal)) throw error
    ctx.log.info({ error, id }, 'a scheduled post could not be published and is kept as a draft')
    problem = error.safeText
  }
  await ctx.store.write(async (tx) => {
    if (!(await findScheduled(tx, id))) return
    await deleteScheduled(tx, id)
    if (problem !== undefined) await keepDraft(ctx, tx, post.accountId, contentOfPost(post.draft), problem)
  })
}

async function publishAt(ctx: Context, post: ScheduledPost): Promise<number> {
  const draft = { ...post.draft, idempotencyKey: `scheduled-${post.id}` }
  return (await publishPost(ctx, post.accountId, draft)).postId
}

/** Does not wait for its time; refuses as publishing does, and then it still waits. Gives the id of the post. */
export async function publishScheduledNow(ctx: Context, accountId: number, id: number): Promise<number> {
  const post = await findScheduled(ctx.store.read, id)
  if (post?.accountId !== accountId) throw notFound()
  const postId = await publishAt(ctx, post)
  await ctx.store.write((tx) => deleteScheduled(tx, id))
  return postId
}
