// Deletes the old posts of people who want that, as if they did it themselves: other servers are told.
import { listNotKept, listOldOwnPosts, nextRetention } from '../../store/post-retention.ts'
import { removeAnyPost } from '../posts/delete-post.ts'
import { daysAgo, readPlace } from './task.ts'
import type { Task } from './task.ts'

/** Posts that one step looks at, each of them deleted in a transaction of its own. */
const CHUNK = 25

export const outlivedPosts: Task = {
  name: 'posts that outlived what their authors want',
  async step(broom, from) {
    const { ctx } = broom
    const [fromAccount, afterId] = readPlace(from) ?? [0, 0]
    const found = await nextRetention(ctx.store.read, fromAccount)
    if (!found) return { count: 0 }
    const { accountId, rules } = found
    const ids = await listOldOwnPosts(ctx.store.read, {
      accountId,
      afterId: accountId === fromAccount ? afterId : 0,
      before: daysAgo(broom, rules.days),
      limit: CHUNK,
    })
    let count = 0
    for (const id of await listNotKept(ctx.store.read, ids, found))
      if (await removeAnyPost(ctx, id, accountId)) count += 1
    const last = ids.at(-1)
    const next = ids.length < CHUNK || last === undefined ? `${accountId + 1}-0` : `${accountId}-${last}`
    return { count, next }
  },
}
