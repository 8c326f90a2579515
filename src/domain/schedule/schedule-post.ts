// Keeps what somebody wrote until the time they chose, and lets them think again.
import type { MediaRow } from '../../model/media.ts'
import type { IdWindow } from '../../model/page.ts'
import type { PostDraft } from '../../model/post.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import type { ScheduledPost } from '../../model/scheduled-post.ts'
import { findMedia } from '../../store/media-rows.ts'
import {
  countScheduled,
  deleteScheduled,
  findScheduled,
  holdMedia,
  insertScheduled,
  moveScheduled,
  pageScheduled,
  rewriteScheduled,
} from '../../store/scheduled-posts.ts'
import type { Context } from '../context.ts'
import { localAuthor } from '../posts/active-author.ts'
import { checkDraftMedia } from '../posts/attach-media.ts'
import { checkDraft } from '../posts/check-draft.ts'
import { placePost } from '../posts/place-post.ts'
import type { Db } from '../../store/open.ts'
import type { Tx } from '../ports.ts'
import { PUBLISH_SCHEDULED, SCHEDULE_QUEUE } from './publish-scheduled.ts'

const SOONEST_MS = 5 * 60_000
const LATEST_MS = 10 * 365 * 86_400_000
const DAY_MS = 86_400_000
const MOST = 300
const MOST_A_DAY = 25

function checkTime(ctx: Context, at: number): void {
  const ahead = at - ctx.clock.now()
  if (ahead < SOONEST_MS)
    throw new Refusal(
      'invalid',
      'Validation failed: The scheduled date must be at least 5 minutes in the future',
    )
  if (ahead > LATEST_MS)
    throw new Refusal('invalid', 'Validation failed: The scheduled date must be within ten years')
}

async function checkRoom(tx: Tx, accountId: number, at: number): Promise<void> {
  const from = Math.floor(at / DAY_MS) * DAY_MS
  const waiting = await countScheduled(tx, accountId, { from, to: from + DAY_MS }, MOST + 1)
  if (waiting.all >= MOST)
    throw new Refusal('invalid', `Validation failed: You have exceeded the limit of ${MOST} scheduled posts`)
  if (waiting.onDay >= MOST_A_DAY)
    throw new Refusal(
      'invalid',
      `Validation failed: You have exceeded the limit of ${MOST_A_DAY} scheduled posts for that day`,
    )
}

/** Refuses what could not be published now, and times that are too near. */
async function checkPost(ctx: Context, accountId: number, draft: PostDraft, at: number): Promise<void> {
  checkTime(ctx, at)
  checkDraft(ctx, draft)
  const author = await localAuthor(ctx, accountId)
  await checkDraftMedia(ctx, accountId, draft.mediaIds ?? [])
  await placePost(ctx, author, draft)
}

export async function schedulePost(
  ctx: Context,
  accountId: number,
  draft: PostDraft,
  at: number,
): Promise<ScheduledPost> {
  await checkPost(ctx, accountId, draft, at)
  const post: ScheduledPost = { id: ctx.ids.next(), accountId, draft, scheduledAt: at }
  await ctx.store.write(async (tx) => {
    await checkRoom(tx, accountId, at)
    await insertScheduled(tx, post, ctx.clock.now())
    await holdMedia(tx, accountId, draft.mediaIds ?? [], at)
    await publishAt(ctx, tx, post.id, at)
  })
  return post
}

/** Puts another post in the place of one that waits. */
export async function rewriteScheduledPost(
  ctx: Context,
  accountId: number,
  id: number,
  change: { draft: PostDraft; at: number | undefined },
): Promise<ScheduledPost> {
  const { draft } = change
  const before = await ownScheduled(ctx, accountId, id)
  const at = change.at ?? before.scheduledAt
  await checkPost(ctx, accountId, draft, at)
  const post: ScheduledPost = { id, accountId, draft, scheduledAt: at }
  await ctx.store.write(async (tx) => {
    await own(tx, accountId, id)
    if (at !== before.scheduledAt) await checkRoom(tx, accountId, at)
    await rewriteScheduled(tx, post)
    await holdMedia(tx, accountId, before.draft.mediaIds ?? [], ctx.clock.now())
    await holdMedia(tx, accountId, draft.mediaIds ?? [], at)
    await publishAt(ctx, tx, id, at)
  })
  return post
}

async function publishAt(ctx: Context, tx: Tx, id: number, runAt: number): Promise<void> {
  const job = { queue: SCHEDULE_QUEUE, kind: PUBLISH_SCHEDULED, payload: { id } }
  await ctx.jobs.add(tx, { ...job, key: `${PUBLISH_SCHEDULED} ${id} ${runAt}`, runAt })
}

/** Newest first. */
export async function listScheduled(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<ScheduledPost[]> {
  return pageScheduled(ctx.store.read, accountId, window)
}

export async function ownScheduled(ctx: Context, accountId: number, id: number): Promise<ScheduledPost> {
  return own(ctx.store.read, accountId, id)
}

async function own(db: Db, accountId: number, id: number): Promise<ScheduledPost> {
  const post = await findScheduled(db, id)
  if (post?.accountId !== accountId) throw notFound()
  return post
}

export async function reschedulePost(
  ctx: Context,
  accountId: number,
  id: number,
  at: number,
): Promise<ScheduledPost> {
  checkTime(ctx, at)
  await ctx.store.write(async (tx) => {
    const post = await own(tx, accountId, id)
    await checkRoom(tx, accountId, at)
    await moveScheduled(tx, id, at)
    await holdMedia(tx, accountId, post.draft.mediaIds ?? [], at)
    await publishAt(ctx, tx, id, at)
  })
  return ownScheduled(ctx, accountId, id)
}

/** Its media are thrown away with other uploads that nobody used. */
export async function unschedulePost(ctx: Context, accountId: number, id: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await own(tx, accountId, id)
    await holdMedia(tx, accountId, post.draft.mediaIds ?? [], ctx.clock.now())
    await deleteScheduled(tx, id)
  })
}

/** In the order in which the post will have them. */
export async function scheduledMedia(ctx: Context, post: ScheduledPost): Promise<MediaRow[]> {
  const ids = post.draft.mediaIds ?? []
  const rows = new Map((await findMedia(ctx.store.read, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}
