// Somebody here tells the moderators about an account; its own server hears of it when that is wished.
import { REPORT_CATEGORIES } from '../../model/report.ts'
import type { Report, ReportCategory } from '../../model/report.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { insertReport } from '../../store/reports.ts'
import { seeAccount } from '../accounts/see-account.ts'
import type { Context } from '../context.ts'
import { viewPosts } from '../posts/view-posts.ts'
import { readRules } from '../server/rules.ts'
import { recordFact } from '../record-fact.ts'

export interface ReportWish {
  targetId: number
  postIds: readonly number[]
  ruleIds: readonly number[]
  comment: string
  category: string
  forward: boolean
  /** When given, only these servers may hear of it. */
  forwardTo?: readonly string[]
}

const MOST_COMMENT = 1000
const MOST_POSTS = 200

/** Refuses posts that are not the target's or hidden from who reports, and rules that do not exist. */
export async function fileReport(ctx: Context, accountId: number, wish: ReportWish): Promise<Report> {
  const target = await seeAccount(ctx, wish.targetId)
  const category = await checkWish(ctx, wish)
  const postIds = [...new Set(wish.postIds)]
  const views = await viewPosts(ctx.store.read, accountId, postIds)
  if (views.length < postIds.length || views.some((view) => view.post.account_id !== target.id))
    throw notFound()
  const now = ctx.clock.now()
  const report: Report = {
    id: ctx.ids.next(),
    accountId,
    targetId: target.id,
    postIds,
    ruleIds: [...new Set(wish.ruleIds)],
    comment: wish.comment,
    category,
    forwarded: wish.forward && target.domain !== '' && (wish.forwardTo?.includes(target.domain) ?? true),
    resolvedAt: null,
    createdAt: now,
  }
  await ctx.store.write(async (tx) => {
    await insertReport(tx, {
      id: report.id,
      account_id: accountId,
      target_id: target.id,
      post_ids: JSON.stringify(report.postIds),
      rule_ids: JSON.stringify(report.ruleIds),
      comment: report.comment,
      category,
      forwarded: report.forwarded ? 1 : 0,
      created_at: now,
      updated_at: now,
    })
    await recordFact(ctx, tx, { type: 'report-filed', reportId: report.id })
  })
  return report
}

/** Naming rules says that they were broken, whatever else was said. */
async function checkWish(ctx: Context, wish: ReportWish): Promise<ReportCategory> {
  if (wish.comment.length > MOST_COMMENT)
    throw new Refusal(
      'invalid',
      `Validation failed: Comment is too long (maximum is ${MOST_COMMENT} characters)`,
    )
  if (wish.postIds.length > MOST_POSTS)
    throw new Refusal('invalid', `A report can have at most ${MOST_POSTS} posts`)
  const rules = (await readRules(ctx)).filter((rule) => rule.deleted_at === null)
  if (!wish.ruleIds.every((id) => rules.some((rule) => rule.id === id)))
    throw new Refusal('invalid', 'Validation failed: Rule ids does not reference valid rules')
  if (wish.ruleIds.length > 0) return 'violation'
  const category = REPORT_CATEGORIES.find((one) => one === wish.category)
  if (!category)
    throw new Refusal('invalid', `Validation failed: category must be one of ${REPORT_CATEGORIES.join(', ')}`)
  return category
}
