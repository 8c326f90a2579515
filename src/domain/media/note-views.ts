// Remembers which copies of other servers' media were looked at, so that the others can make room.
import type { Context } from '../context.ts'
import { touchMedia } from '../../store/media-files.ts'

/** A copy's use is written at most this often. */
const DAY_MS = 86_400_000
/** Views are gathered for this long before they are written. */
const GATHER_MS = 1_000
const MAX_GATHERED = 5_000

interface Gathered {
  ids: Set<number>
  /** Those noted since `day` began are not noted again. */
  noted: Set<number>
  day: number
  timer: NodeJS.Timeout | undefined
}

const gathered = new WeakMap<object, Gathered>()

/** Never fails and never waits. */
export function noteView(ctx: Pick<Context, 'store' | 'clock' | 'log'>, mediaId: number): void {
  const day = Math.floor(ctx.clock.now() / DAY_MS)
  let entry = gathered.get(ctx.store)
  if (!entry) {
    entry = { ids: new Set(), noted: new Set(), day, timer: undefined }
    gathered.set(ctx.store, entry)
  }
  if (entry.day !== day || entry.noted.size > 20 * MAX_GATHERED) {
    entry.noted.clear()
    entry.day = day
  }
  if (entry.noted.has(mediaId) || entry.ids.size >= MAX_GATHERED) return
  entry.noted.add(mediaId)
  entry.ids.add(mediaId)
  const { ids } = entry
  entry.timer ??= setTimeout(() => {
    const some = [...ids]
    ids.clear()
    if (entry) entry.timer = undefined
    void writeViews(ctx, some)
  }, GATHER_MS).unref()
}

async function writeViews(ctx: Pick<Context, 'store' | 'clock' | 'log'>, ids: number[]): Promise<void> {
  const now = ctx.clock.now()
  try {
    await ctx.store.write((tx) => touchMedia(tx, ids, { now, since: now - DAY_MS }))
  } catch (error) {
    ctx.log.warn({ error }, 'could not note which copies were looked at')
  }
}
