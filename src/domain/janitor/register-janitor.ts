// Keeps house once a day: a job adds one job per task, and a task that takes long goes on in another.
import { readSetting, writeSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { requestedPurge } from './plan-purge.ts'
import { runTask } from './run-task.ts'
import { DAY_MS } from './task.ts'
import type { Broom, JanitorFiles, Retention } from './task.ts'
import { janitorTasks } from './tasks.ts'

export const JANITOR_QUEUE = 'janitor'
const DAY_KIND = 'janitor-day'
const TASK_KIND = 'janitor-task'
const LAST_DAY = 'janitor.last-day'
/** A fresh start has better things to do first. */
const GRACE_MS = 10 * 60_000
const LONGEST_MS = 20_000

/** The part of the job runner that this needs. */
export interface JobRunner {
  register(
    kind: string,
    handler: { single: (job: { payload: unknown }, signal: AbortSignal) => Promise<void> },
    options: { queue: string; concurrency: number; timeoutMs: number; maxAttempts: number },
  ): void
}

interface TaskPayload {
  task: string
  from: string
  count: number
}

/**
 * Registers the jobs (before the runner starts) and plans the next day, unless it is planned already. `files` and
 * `retention` are those of the configuration.
 */
export async function registerJanitor(
  ctx: Context,
  jobs: JobRunner,
  files: JanitorFiles,
  retention: Retention,
): Promise<void> {
  const broom: Broom = { ctx, files, retention }
  // A listing of all files is one step, which may take long on a large server.
  const options = { queue: JANITOR_QUEUE, concurrency: 1, timeoutMs: 6 * 3_600_000, maxAttempts: 5 }
  jobs.register(DAY_KIND, { single: () => beginDay(ctx) }, options)
  jobs.register(
    TASK_KIND,
    { single: (job, signal) => doTask(broom, job.payload as TaskPayload, signal) },
    options,
  )
  await planDay(ctx)
}

async function planDay(ctx: Context): Promise<void> {
  const last = Number((await readSetting(ctx.store.read, LAST_DAY)) ?? 0)
  const runAt = Math.max(ctx.clock.now() + GRACE_MS, last + DAY_MS)
  await ctx.store.write((tx) => addDay(ctx, tx, runAt))
}

async function addDay(ctx: Context, tx: Tx, runAt: number): Promise<void> {
  await ctx.jobs.add(tx, { queue: JANITOR_QUEUE, kind: DAY_KIND, payload: {}, key: DAY_KIND, runAt })
}

async function beginDay(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  await ctx.store.write(async (tx) => {
    await writeSetting(tx, LAST_DAY, String(now))
    for (const { name } of janitorTasks) await addTask(ctx, tx, { task: name, from: '', count: 0 })
    await addDay(ctx, tx, now + DAY_MS)
  })
}

async function addTask(ctx: Context, tx: Tx, payload: TaskPayload): Promise<void> {
  const key = `${TASK_KIND} ${payload.task}`
  await ctx.jobs.add(tx, { queue: JANITOR_QUEUE, kind: TASK_KIND, payload, key })
}

async function doTask(broom: Broom, payload: TaskPayload, signal: AbortSignal): Promise<void> {
  const { ctx } = broom
  const task = [...janitorTasks, requestedPurge].find((one) => one.name === payload.task)
  if (!task) return
  const result = await runTask(broom, task, payload.from, { longestMs: LONGEST_MS, signal })
  const count = payload.count + result.count
  const { next } = result
  if (next === undefined) {
    ctx.log.info({ task: task.name, removed: count }, 'housekeeping')
    return
  }
  await ctx.store.write((tx) => addTask(ctx, tx, { task: task.name, from: next, count }))
}
