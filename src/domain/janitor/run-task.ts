// Does a task step by step, letting everything else have its turn between two steps.
import { setImmediate as turn } from 'node:timers/promises'
import type { Broom, StepResult, Task } from './task.ts'

/** When to stop before the task is done. */
export interface Limits {
  /** Milliseconds. */
  longestMs?: number
  signal?: AbortSignal
}

/** Goes on at `from` until the task is done or the time is over: then `next` says where to go on. */
export async function runTask(broom: Broom, task: Task, from = '', limits: Limits = {}): Promise<StepResult> {
  const until = performance.now() + (limits.longestMs ?? Number.POSITIVE_INFINITY)
  let count = 0
  let place: string | undefined = from
  do {
    const result: StepResult = await task.step(broom, place)
    count += result.count
    place = result.next
    await turn()
  } while (place !== undefined && performance.now() < until && limits.signal?.aborted !== true)
  return place === undefined ? { count } : { count, next: place }
}

/** Does all of the tasks now, one after the other; gives what each removed. */
export async function runTasks(
  broom: Broom,
  tasks: readonly Task[],
  tell: (name: string, count: number) => void,
): Promise<void> {
  for (const task of tasks) {
    const { count } = await runTask(broom, task)
    tell(task.name, count)
  }
}
