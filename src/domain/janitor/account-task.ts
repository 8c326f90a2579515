// Forgets accounts of other servers that nothing here refers to any more.
import { listRemoteAccountsAfter, removeUnnamedAccounts } from '../../store/prune-accounts.ts'
import { daysAgo, dropFiles } from './task.ts'
import type { Task } from './task.ts'

const CHUNK = 100
const KEPT_DAYS = 30

export const unnamedAccounts: Task = {
  name: 'accounts of other servers that nobody knows',
  async step(broom, from) {
    const { ctx, retention } = broom
    if (retention.remotePostDays === 0) return { count: 0 }
    const { ids, last } = await listRemoteAccountsAfter(ctx.store.read, Number(from || 0), CHUNK)
    const before = daysAgo(broom, KEPT_DAYS)
    const { count, keys } = await ctx.store.write((tx) => removeUnnamedAccounts(tx, ids, before))
    await dropFiles(broom, keys)
    return last === undefined ? { count } : { count, next: String(last) }
  },
}
