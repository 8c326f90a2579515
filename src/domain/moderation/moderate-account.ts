// A moderator does something about an account: warns, freezes, covers media, limits or suspends, and the person is told.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findReportRow, listOpenReports, updateReport } from '../../store/moderation/report-queue.ts'
import { insertStrike } from '../../store/moderation/strikes.ts'
import type { Context } from '../context.ts'
import { removeAnyPost } from '../posts/delete-post.ts'
import { coverPosts } from '../posts/cover-posts.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { orderLetter } from '../sign-in/letters.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { lockTarget, nameOf, STANDINGS, takeStanding } from './change-standing.ts'
import type { StandingAction, Target } from './change-standing.ts'
import { logAction } from './log-action.ts'

export const MEASURES = ['none', ...STANDINGS, 'delete_statuses', 'mark_statuses_as_sensitive'] as const
/** none: a warning in words; the two about posts need a report that names some, or posts. */
export type Measure = (typeof MEASURES)[number]

export interface MeasureWish {
  targetId: number
  measure: Measure
  /** To the person; may be empty. */
  text: string
  reportId?: number
  postIds?: readonly number[]
  /** The person gets a mail as well. */
  sendsMail: boolean
}

const MOST_TEXT = 5000
const MOST_POSTS = 200

/** Refuses what the actor may not do. Doing again what was done leaves another strike, but nothing else. */
export async function moderateAccount(ctx: Context, actor: Actor, wish: MeasureWish): Promise<void> {
  requirePermission(actor, wish.reportId === undefined ? 'manage-users' : 'manage-reports')
  if (wish.text.length > MOST_TEXT)
    throw new Refusal('invalid', `Validation failed: Text is too long (maximum is ${MOST_TEXT} characters)`)
  const postIds = await namedPosts(ctx, wish)
  await ctx.store.write(async (tx) => {
    const target = await lockTarget(tx, actor, wish.targetId)
    if (isStanding(wish.measure)) await takeStanding(ctx, tx, target, wish.measure)
    await strike(ctx, tx, { actor, target, wish, postIds })
    await closeReports(ctx, tx, { actor, target, wish })
    await logAction(ctx, tx, actor, {
      action: wish.measure === 'none' ? 'warn' : wish.measure,
      kind: 'account',
      id: wish.targetId,
      detail: {
        ...nameOf(target.account),
        ...(wish.reportId === undefined ? {} : { report: wish.reportId }),
        ...(postIds.length === 0 ? {} : { posts: postIds.length }),
      },
    })
    if (postIds.length > 0) {
      const payload: PostsJob = { measure: wish.measure, postIds, targetId: wish.targetId }
      await ctx.jobs.add(tx, { queue: MODERATION_QUEUE, kind: MODERATE_POSTS, payload })
    }
  })
}

function isStanding(measure: Measure): measure is StandingAction {
  return (STANDINGS as readonly string[]).includes(measure)
}

async function namedPosts(ctx: Context, wish: MeasureWish): Promise<number[]> {
  if (wish.measure !== 'delete_statuses' && wish.measure !== 'mark_statuses_as_sensitive') return []
  const row = wish.reportId === undefined ? undefined : await findReportRow(ctx.store.read, wish.reportId)
  if (wish.reportId !== undefined && (!row || row.target_id !== wish.targetId)) throw notFound()
  const named = wish.postIds ?? (row ? (JSON.parse(row.post_ids) as number[]) : [])
  const postIds = [...new Set(named)].slice(0, MOST_POSTS)
  if (postIds.length === 0) throw new Refusal('invalid', 'Name the posts that this is about')
  return postIds
}

interface Measured {
  actor: Actor
  target: Target
  wish: MeasureWish
}

async function strike(
  ctx: Context,
  tx: Tx,
  { actor, target, wish, postIds }: Measured & { postIds: readonly number[] },
): Promise<void> {
  const id = ctx.ids.next()
  await insertStrike(tx, {
    id,
    account_id: actor.accountId,
    target_id: target.account.id,
    action: wish.measure,
    text: wish.text,
    report_id: wish.reportId ?? null,
    post_ids: JSON.stringify(postIds),
    created_at: ctx.clock.now(),
  })
  if (target.account.domain !== '') return
  await recordFact(ctx, tx, { type: 'strike-given', strikeId: id, accountId: target.account.id })
  if (wish.sendsMail && target.email !== null)
    await orderLetter(ctx, tx, {
      about: 'strike',
      accountId: target.account.id,
      strikeId: id,
      to: target.email,
    })
}

/** A suspension settles every open report about the account, anything else the one it was done for. */
async function closeReports(ctx: Context, tx: Tx, { actor, target, wish }: Measured): Promise<void> {
  const { reportId } = wish
  const one = reportId === undefined ? undefined : await findReportRow(tx, reportId)
  if (reportId !== undefined && one?.target_id !== target.account.id) throw notFound()
  const rows =
    wish.measure === 'suspend' ? await listOpenReports(tx, target.account.id, 500) : one ? [one] : []
  for (const row of rows) {
    if (row.resolved_at !== null) continue
    const now = ctx.clock.now()
    const change = { resolved_at: now, resolved_by_id: actor.accountId, updated_at: now }
    await updateReport(tx, row.id, change)
    await logAction(ctx, tx, actor, { action: 'resolve', kind: 'report', id: row.id })
  }
}

export const MODERATION_QUEUE = 'moderation'
export const MODERATE_POSTS = 'moderate-posts'

/** What the job that works on posts holds. */
export interface PostsJob {
  measure: Measure
  postIds: readonly number[]
  targetId: number
}

/** May run twice. */
export async function moderatePosts(ctx: Context, job: PostsJob): Promise<void> {
  if (job.measure === 'mark_statuses_as_sensitive') return coverPosts(ctx, job.targetId, job.postIds)
  for (const id of job.postIds) await removeAnyPost(ctx, id, job.targetId)
}
