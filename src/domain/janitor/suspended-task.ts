// Deletes what suspended accounts left, thirty days after their suspension.
import { listDueRemovals } from '../../store/moderation/account-list.ts'
import { REMOVE_SUSPENDED } from '../moderation/delete-suspended.ts'
import { MODERATION_QUEUE } from '../moderation/moderate-account.ts'
import type { Task } from './task.ts'

const CHUNK = 100

/** Each account is work of its own, so that a large one holds nothing up. */
export const suspendedAccounts: Task = {
  name: 'data of accounts suspended for long',
  async step({ ctx }) {
    const ids = await listDueRemovals(ctx.store.read, ctx.clock.now(), CHUNK)
    await ctx.store.write(async (tx) => {
      for (const accountId of ids)
        await ctx.jobs.add(tx, {
          queue: MODERATION_QUEUE,
          kind: REMOVE_SUSPENDED,
          payload: { accountId },
          key: `${REMOVE_SUSPENDED}-${accountId}`,
        })
    })
    return { count: ids.length }
  },
}
