// Lets copies of other servers' media go before their time, when an administrator says so.
import { forgetCopies, listCopiesAfter } from '../../store/prune-media.ts'
import { forgetStorage } from '../../store/storage-use.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { daysAgo, dropFiles, readPlace } from './task.ts'
import type { Task } from './task.ts'

export const PURGE_QUEUE = 'janitor'
export const PURGE_KIND = 'janitor-task'
const NAME = 'copies of media on request'
const CHUNK = 200

/** Two requests at once are one. */
export async function addPurge(ctx: Context, tx: Tx, days: number): Promise<void> {
  const payload = { task: NAME, from: `${Math.max(0, Math.floor(days))}/0-0`, count: 0 }
  await ctx.jobs.add(tx, { queue: PURGE_QUEUE, kind: PURGE_KIND, payload, key: `${PURGE_KIND} ${NAME}` })
}

/** `from` has the days of patience and the place in the list. */
export const requestedPurge: Task = {
  name: NAME,
  async step(broom, from) {
    const [days = '0', place = ''] = from.split('/')
    const before = daysAgo(broom, Number(days)) + 1
    const [cachedAt, id] = readPlace(place) ?? [0, 0]
    const page = await listCopiesAfter(broom.ctx.store.read, { cachedAt, id }, CHUNK)
    const ids = page.filter((copy) => copy.usedAt < before).map((copy) => copy.id)
    const { count, keys } =
      ids.length === 0
        ? { count: 0, keys: [] }
        : await broom.ctx.store.write((tx) => forgetCopies(tx, ids, before))
    await dropFiles(broom, keys)
    // Whoever asked looks at the figures next.
    forgetStorage(broom.ctx.store.read)
    const last = page.at(-1)
    return page.length < CHUNK || !last ? { count } : { count, next: `${days}/${last.cachedAt}-${last.id}` }
  },
}
