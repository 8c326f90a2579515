// Chooses how long one keeps one's own posts.
import { RETENTION_LIMITS } from '../../model/post-retention.ts'
import type { PostRetention } from '../../model/post-retention.ts'
import { Refusal } from '../../model/refusal.ts'
import { findRetention, putRetention, removeRetention } from '../../store/post-retention.ts'
import type { Context } from '../context.ts'

/** Undefined where posts stay for good. */
export function readRetention(ctx: Context, accountId: number): Promise<PostRetention | undefined> {
  return findRetention(ctx.store.read, accountId)
}

export async function setRetention(
  ctx: Context,
  accountId: number,
  rules: PostRetention | undefined,
): Promise<void> {
  if (rules) check(rules)
  await ctx.store.write((tx) => (rules ? putRetention(tx, accountId, rules) : removeRetention(tx, accountId)))
}

function check(rules: PostRetention): void {
  const { leastDays, mostDays, mostCount } = RETENTION_LIMITS
  if (!Number.isInteger(rules.days) || rules.days < leastDays || rules.days > mostDays)
    throw new Refusal('invalid', `Validation failed: days must lie between ${leastDays} and ${mostDays}`)
  for (const count of [rules.minFavourites, rules.minBoosts])
    if (count !== null && (!Number.isInteger(count) || count < 1 || count > mostCount))
      throw new Refusal('invalid', 'Validation failed: a number of favourites or boosts is at least 1')
}
