// Follows everybody in a collection at once.
import { Refusal } from '../../model/refusal.ts'
import type { Context } from '../context.ts'
import { followAccount } from '../follows/follow-account.ts'
import { readCollection } from './read-collections.ts'

/** Gives the ids of those who are in it; people who cannot be followed (they block, or have moved) are passed over. */
export async function followCollection(ctx: Context, accountId: number, id: number): Promise<number[]> {
  const { items } = await readCollection(ctx, accountId, id)
  const ids = items.map((item) => item.account_id).filter((one) => one !== accountId)
  for (const targetId of ids) {
    try {
      await followAccount(ctx, accountId, targetId)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'invalid') throw error
    }
  }
  return ids
}
