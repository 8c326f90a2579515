// Somebody asks the moderators to look at a measure again; they agree, and it is taken back, or they do not.
import type { Strike, StrikeRow } from '../../model/moderation.ts'
import type { IdWindow } from '../../model/page.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  decideAppealRow,
  findAppeals,
  findStrikes,
  insertAppeal,
  overruleStrike,
  pageAppeals,
  pageStrikes,
} from '../../store/moderation/strikes.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { liftStanding, lockTarget, STANDINGS } from './change-standing.ts'
import { logAction } from './log-action.ts'

/** A measure can be appealed for so long. */
export const APPEAL_MS = 20 * 86_400_000
const MOST_TEXT = 2000

export async function loadStrikes(ctx: Context, ids: readonly number[]): Promise<Map<number, Strike>> {
  return new Map(
    (await withAppeals(ctx, await findStrikes(ctx.store.read, ids))).map((one) => [one.row.id, one]),
  )
}

async function withAppeals(ctx: Context, rows: readonly StrikeRow[]): Promise<Strike[]> {
  const appeals = await findAppeals(
    ctx.store.read,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ row, appeal: appeals.find((one) => one.strike_id === row.id) }))
}

/** What was done to somebody, newest first: for moderators. */
export async function listStrikes(
  ctx: Context,
  actor: Actor,
  targetId: number,
  window: IdWindow,
): Promise<Strike[]> {
  requirePermission(actor, 'manage-users')
  return withAppeals(ctx, await pageStrikes(ctx.store.read, targetId, window))
}

/** What was done to oneself, newest first. */
export async function listOwnStrikes(ctx: Context, accountId: number, window: IdWindow): Promise<Strike[]> {
  return withAppeals(ctx, await pageStrikes(ctx.store.read, accountId, window))
}

/** Once a strike, within twenty days. */
export async function appealStrike(
  ctx: Context,
  accountId: number,
  strikeId: number,
  text: string,
): Promise<Strike> {
  const [row] = await findStrikes(ctx.store.read, [strikeId])
  if (!row || row.target_id !== accountId) throw notFound()
  const words = text.trim()
  if (words === '') throw new Refusal('invalid', 'Say why you think that it was a mistake')
  if (words.length > MOST_TEXT)
    throw new Refusal('invalid', `This text is too long: use at most ${MOST_TEXT} characters`)
  const now = ctx.clock.now()
  if (row.created_at < now - APPEAL_MS)
    throw new Refusal('invalid', 'This was more than 20 days ago: it cannot be appealed any more')
  await ctx.store.write(async (tx) => {
    const appeal = { strike_id: strikeId, account_id: accountId, text: words, created_at: now }
    if (!(await insertAppeal(tx, appeal))) throw new Refusal('conflict', 'You have appealed already')
    await logAction(ctx, tx, { accountId }, { action: 'appeal', kind: 'appeal', id: strikeId })
  })
  return (await loadStrikes(ctx, [strikeId])).get(strikeId) ?? { row, appeal: undefined }
}

/** The appeals that wait, newest first, with their strikes. */
export async function listAppeals(ctx: Context, actor: Actor, window: IdWindow): Promise<Strike[]> {
  requirePermission(actor, 'manage-appeals')
  const appeals = await pageAppeals(ctx.store.read, 'pending', window)
  const rows = await findStrikes(
    ctx.store.read,
    appeals.map((one) => one.strike_id),
  )
  return appeals.flatMap((appeal) => {
    const row = rows.find((one) => one.id === appeal.strike_id)
    return row ? { row, appeal } : []
  })
}

/** Granting takes the measure back, unless posts were deleted: these are gone. */
export async function decideAppeal(
  ctx: Context,
  actor: Actor,
  strikeId: number,
  isGranted: boolean,
): Promise<void> {
  requirePermission(actor, 'manage-appeals')
  await ctx.store.write(async (tx) => {
    const [strike] = await findStrikes(tx, [strikeId])
    if (!strike) throw notFound()
    const now = ctx.clock.now()
    const state = isGranted ? 'approved' : 'rejected'
    const appeal = await decideAppealRow(tx, { strikeId, state, byId: actor.accountId, now })
    if (!appeal) throw new Refusal('conflict', 'This appeal was decided already')
    await logAction(ctx, tx, actor, {
      action: isGranted ? 'grant' : 'refuse',
      kind: 'appeal',
      id: strikeId,
    })
    if (!isGranted) return
    await overruleStrike(tx, strikeId, now)
    const standing = STANDINGS.find((one) => one === strike.action)
    if (standing === undefined) return
    const target = await lockTarget(tx, actor, strike.target_id)
    await liftStanding(ctx, tx, target, standing)
  })
}
