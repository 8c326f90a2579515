// Runs the work that was put off: queues of jobs in the database, each done at least once.
import type { IdSource } from '../lib/id.ts'
import { afterCommit } from '../store/open.ts'
import type { Store, Tx } from '../store/open.ts'
import { addJobs } from '../store/jobs.ts'
import type { NewJob } from '../store/jobs.ts'
import type { Clock } from './clock.ts'
import type { Desk } from './jobs/desk.ts'
import { defineKind } from './jobs/kind.ts'
import type { Handler, KindOptions } from './jobs/kind.ts'
import { createQueue } from './jobs/queue.ts'
import type { Queue } from './jobs/queue.ts'

export type { BatchHandler, Handler, KindOptions, SingleHandler } from './jobs/kind.ts'
export type { Outcome } from './jobs/desk.ts'
export type { Job, NewJob } from '../store/jobs.ts'

/** What the runner needs. `observe` hears of every job that ended. */
export interface JobsParts {
  store: Store
  clock: Clock
  ids: IdSource
  log: Desk['log']
  observe?: Desk['observe']
}

export interface Jobs {
  /** Says who does jobs of this kind; before `start`. A queue holds either batch or single kinds. */
  register(kind: string, handler: Handler, options: KindOptions): void
  /** Adds jobs with the caller's rows; workers of every process are woken after the commit. */
  add(tx: Tx, ...jobs: NewJob[]): Promise<void>
  /** Something may be due in this queue. */
  wake(queue: string): void
  /** Begins to work. Without it, `add` works and nothing is done here (a process that only serves). */
  start(): void
  /** Waits for jobs under way (at most `patienceMs`, 10 s), gives back those left, and takes no more. */
  stop(patienceMs?: number): Promise<void>
  /** Does everything due at the clock's time, and what that sets off, then resolves. Works without `start`. */
  idle(): Promise<void>
}

const CHANNEL = 'jobs'
/** Other processes hear of new jobs at most this often per queue. */
const SIGNAL_MS = 10

export function createJobs(parts: JobsParts): Jobs {
  const { store, clock, ids, log, observe = () => {} } = parts
  const desk: Desk = { store, clock, log, observe }
  const queues = new Map<string, Queue>()
  const kinds = new Set<string>()
  const wake = (queue: string): void => queues.get(queue)?.wake()
  const signals = createCall(store, wake)
  return {
    register(name, handler, options) {
      if (kinds.has(name)) throw new Error(`the kind ${name} has a handler already`)
      kinds.add(name)
      const queue = queues.get(options.queue) ?? createQueue(options.queue, desk)
      queue.add(defineKind(name, handler, options))
      queues.set(options.queue, queue)
    },
    async add(tx, ...jobs) {
      await addJobs(tx, ids, clock.now(), jobs)
      afterCommit(tx, () => {
        for (const queue of new Set(jobs.map((job) => job.queue))) {
          wake(queue)
          signals.send(queue)
        }
      })
    },
    wake,
    start() {
      signals.listen()
      for (const queue of queues.values()) queue.start()
    },
    async stop(patienceMs = 10_000) {
      signals.stop()
      await Promise.all([...queues.values()].map((queue) => queue.stop(patienceMs)))
    },
    async idle() {
      let done = 1
      while (done > 0) {
        done = 0
        for (const queue of queues.values()) done += await queue.settle()
      }
    },
  }
}

/** Tells the other processes of the database which queues have new jobs. */
function createCall(store: Store, wake: (queue: string) => void) {
  const me = crypto.randomUUID()
  const pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let deafen: (() => void) | undefined
  const flush = (): void => {
    timer = undefined
    for (const queue of pending) store.signals.send(CHANNEL, `${me} ${queue}`)
    pending.clear()
  }
  return {
    send(queue: string): void {
      pending.add(queue)
      timer ??= setTimeout(flush, SIGNAL_MS)
    },
    listen(): void {
      deafen ??= store.signals.listen(CHANNEL, (text) => {
        const [from, queue = ''] = text.split(' ')
        if (from !== me) wake(queue)
      })
    },
    stop(): void {
      if (timer) {
        clearTimeout(timer)
        flush()
      }
      deafen?.()
      deafen = undefined
    },
  }
}
