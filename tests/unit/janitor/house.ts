// A cast with a broom: files in memory whose age follows the cast's clock, and a way to do housekeeping at once.
import type { Task } from '../../../src/domain/janitor/task.ts'
import type { Retention } from '../../../src/domain/janitor/task.ts'
import { runTasks } from '../../../src/domain/janitor/run-task.ts'
import { janitorTasks } from '../../../src/domain/janitor/tasks.ts'
import type { Cast } from '../../cast.ts'

export const DAY = 86_400_000

export const RETENTION: Retention = { mediaCacheDays: 14, mediaCacheBytes: 1_000_000, remotePostDays: 90 }

export interface Files {
  /** Keys with the time at which they were written. */
  kept: Map<string, number>
  put(...keys: string[]): void
  delete(keys: readonly string[]): Promise<void>
  list(folder: string): AsyncIterable<{ key: string; size: number; modifiedAt: number }>
}

export function filesOf(cast: Cast): Files {
  const kept = new Map<string, number>()
  return {
    kept,
    put(...keys) {
      for (const key of keys) kept.set(key, cast.ctx.clock.now())
    },
    delete(keys) {
      for (const key of keys) kept.delete(key)
      return Promise.resolve()
    },
    async *list(folder) {
      for (const [key, modifiedAt] of kept.entries().toArray())
        if (key.startsWith(folder)) yield { key, size: 1, modifiedAt }
    },
  }
}

/** Does all housekeeping (or these tasks); gives what each task removed, without those that removed nothing. */
export async function keepHouse(
  cast: Cast,
  files: Files,
  retention: Retention = RETENTION,
  tasks: readonly Task[] = janitorTasks,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  await runTasks({ ctx: cast.ctx, files, retention }, tasks, (name, count) => {
    if (count > 0) counts[name] = count
  })
  return counts
}
