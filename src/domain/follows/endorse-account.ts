// Shows accounts that somebody follows on their profile, for others to find.
import type { IdWindow } from '../../model/page.ts'
import { Refusal } from '../../model/refusal.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { deleteEndorsement, insertEndorsement, pageEndorsements } from '../../store/endorsements.ts'
import { findFollow } from '../../store/follows.ts'
import type { Context } from '../context.ts'

const MOST = 100

/** Only accounts that one follows; twice is once. */
export async function endorseAccount(ctx: Context, accountId: number, targetId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    if ((await findFollow(tx, accountId, targetId))?.accepted !== 1)
      throw new Refusal(
        'invalid',
        'Validation failed: You must be already following the person you want to endorse',
      )
    if ((await pageEndorsements(tx, accountId, { limit: MOST })).length >= MOST)
      throw new Refusal('invalid', `You can endorse at most ${MOST} people`)
    await insertEndorsement(tx, { accountId, targetId, id: ctx.ids.next() })
  })
}

export async function unendorseAccount(ctx: Context, accountId: number, targetId: number): Promise<void> {
  await ctx.store.write((tx) => deleteEndorsement(tx, accountId, targetId))
}

/** Newest first. */
export async function listEndorsed(ctx: Context, accountId: number, window: IdWindow): Promise<FollowEdge[]> {
  return pageEndorsements(ctx.store.read, accountId, window)
}
