// What a task of the housekeeping is: small steps, each of which says where the next one goes on.
import type { Context } from '../context.ts'

/** The place of files as the janitor needs it. `modifiedAt` in milliseconds since 1970. */
export interface JanitorFiles {
  delete(keys: readonly string[]): Promise<void>
  list(folder: string): AsyncIterable<{ key: string; size: number; modifiedAt: number }>
}

/** What the operator decided. 0 days of remote posts keeps them for ever. */
export interface Retention {
  readonly mediaCacheDays: number
  readonly mediaCacheBytes: number
  readonly remotePostDays: number
}

export interface Broom {
  readonly ctx: Context
  readonly files: JanitorFiles
  readonly retention: Retention
}

/** What one step did. `next` is where to go on; without it the task is done. */
export interface StepResult {
  count: number
  next?: string
}

export interface Task {
  readonly name: string
  /** `from` is '' at the beginning. A step is short (well below 50 ms in a transaction) and may be done twice. */
  step(broom: Broom, from: string): Promise<StepResult>
}

export const DAY_MS = 86_400_000

/** When something must have happened at least `days` ago. */
export function daysAgo({ ctx }: Broom, days: number): number {
  return ctx.clock.now() - days * DAY_MS
}

/** Deletes files that no row speaks of any more; a failure is logged, and they are swept up another day. */
export async function dropFiles({ ctx, files }: Broom, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  try {
    await files.delete([...new Set(keys)])
  } catch (error) {
    ctx.log.warn({ error, count: keys.length }, 'files that nobody needs could not be deleted')
  }
}

/** Reads a place in an order by two whole numbers, written as `a-b`. */
export function readPlace(from: string): [number, number] | undefined {
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(from)
  return match ? [Number(match[1]), Number(match[2])] : undefined
}
