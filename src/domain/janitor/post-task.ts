// Removes old posts of other servers that nobody here has touched.
import { listOldRemotePosts, listReportedPosts, listUntouched, removePosts } from '../../store/prune-posts.ts'
import { daysAgo, dropFiles, readPlace } from './task.ts'
import type { Broom, Task } from './task.ts'

const CHUNK = 200
/** Posts that one transaction removes. */
const FEW = 40

export const oldPosts: Task = {
  name: 'old posts of other servers',
  async step(broom, from) {
    const { ctx, retention } = broom
    if (retention.remotePostDays === 0) return { count: 0 }
    const [createdAt, id] = readPlace(from) ?? [daysAgo(broom, retention.remotePostDays), 0]
    const posts = await listOldRemotePosts(ctx.store.read, { createdAt, id }, CHUNK)
    const reported = await listReportedPosts(ctx.store.read)
    const ids = posts.map((post) => post.id)
    let count = 0
    let removed = 0
    // Answers within the chunk go first, and then what they answered.
    do {
      removed = await removeUntouched(broom, ids, reported)
      count += removed
    } while (removed > 0)
    const last = posts.at(-1)
    if (posts.length < CHUNK || !last) return { count }
    return { count, next: `${last.createdAt}-${last.id}` }
  },
}

async function removeUntouched(
  broom: Broom,
  ids: readonly number[],
  reported: readonly number[],
): Promise<number> {
  const { store } = broom.ctx
  const untouched = await listUntouched(store.read, ids, reported)
  let count = 0
  for (let first = 0; first < untouched.length; first += FEW) {
    const few = untouched.slice(first, first + FEW)
    const keys = await store.write(async (tx) => {
      // Somebody may have touched one meanwhile.
      const still = await listUntouched(tx, few, reported)
      count += still.length
      return removePosts(tx, still)
    })
    await dropFiles(broom, keys)
  }
  return count
}
