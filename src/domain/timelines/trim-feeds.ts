// Keeps feeds from growing without end: only the newest entries of each stay.
import { nextFeed, trimFeed } from '../../store/feed-removal.ts'
import type { Context } from '../context.ts'

const CHUNK = 500

/** Cuts every home and list to its newest `max` entries, a chunk per transaction; says how many entries went. */
export async function trimFeeds(ctx: Context, max = 1000): Promise<number> {
  let removed = 0
  let feedId = await nextFeed(ctx.store.read, 0)
  while (feedId !== undefined) {
    const current = feedId
    const count = await ctx.store.write((tx) => trimFeed(tx, current, max, CHUNK))
    removed += count
    if (count < CHUNK) feedId = await nextFeed(ctx.store.read, current)
  }
  return removed
}
