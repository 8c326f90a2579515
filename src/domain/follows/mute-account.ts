// Mutes and unmutes: an account is hidden from one reader's timelines, without anybody being told.
import type { Context } from '../context.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { forgetReaders } from '../posts/reader-memory.ts'
import { clearAuthor } from '../timelines/clear-author.ts'
import { findAccount } from '../../store/accounts.ts'
import { deleteMute, upsertMute } from '../../store/relations.ts'

export interface MuteWish {
  /** Notifications from the account are hidden as well (default). */
  notifications?: boolean
  /** 0 or nothing: until unmuted. */
  durationSeconds?: number
}

const MAX_DURATION_SECONDS = 10 * 365 * 86_400

export async function muteAccount(
  ctx: Context,
  accountId: number,
  targetId: number,
  wish: MuteWish = {},
): Promise<void> {
  if (accountId === targetId) throw new Refusal('forbidden', 'You cannot mute yourself')
  const duration = wish.durationSeconds ?? 0
  if (duration < 0 || duration > MAX_DURATION_SECONDS)
    throw new Refusal('invalid', 'The duration is out of range')
  const now = ctx.clock.now()
  await ctx.store.write(async (tx) => {
    if (!(await findAccount(tx, targetId))) throw notFound()
    await upsertMute(tx, {
      account_id: accountId,
      target_id: targetId,
      id: ctx.ids.next(),
      hide_notifications: wish.notifications === false ? 0 : 1,
      expires_at: duration === 0 ? null : now + duration * 1000,
      created_at: now,
    })
    await clearAuthor(tx, accountId, targetId)
    forgetReaders(ctx, tx, [accountId])
  })
}

export async function unmuteAccount(ctx: Context, accountId: number, targetId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    await deleteMute(tx, accountId, targetId)
    forgetReaders(ctx, tx, [accountId])
  })
}
