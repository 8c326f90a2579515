// The delivery worker: sends what waits as soon as it is due, for as long as the process runs.
import type { Context } from '../../domain/context.ts'
import type { Outgoing } from '../../platform/outgoing.ts'
import { nextDeliveryAt, pruneActivities, pruneHosts } from '../../domain/federation/deliveries.ts'
import { createWorker } from './deliver/worker.ts'
import type { WorkerLimits } from './deliver/worker.ts'
import { DELIVERIES_CHANNEL } from './outbox/tell.ts'

export interface Deliverer {
  /** Begins to deliver; woken by every commit that adds deliveries, and by the clock for those that were put off. */
  start(): void
  /** Takes nothing more, waits for what is under way (at most `patienceMs`, 10 s), and gives the rest back untouched. */
  stop(patienceMs?: number): Promise<void>
  /** Looks for due deliveries now. */
  wake(): void
  /** Delivers everything that is due at the clock's time, then resolves. Works without `start`. */
  idle(): Promise<void>
}

const LIMITS: WorkerLimits = { perHost: 4, total: 64, timeoutMs: 30_000, leaseMs: 180_000 }
const HOUR = 3_600_000
const POLL_MS = 10_000
const SWEEP_MS = 600_000
const HOST_KEEP_MS = 30 * 24 * HOUR
const SWEPT_AT_ONCE = 5000

/** A worker; several, in one process or many, share the work without meeting. */
export function createDeliverer(
  ctx: Context,
  outgoing: Outgoing,
  limits: Partial<WorkerLimits> = {},
): Deliverer {
  let isRunning = false
  let isWorking = false
  let isWanted = false
  let timer: NodeJS.Timeout | undefined
  let unlisten = (): void => {}
  const sweep = createSweep(ctx)

  const schedule = (pause: number): void => {
    clearTimeout(timer)
    if (isRunning) timer = setTimeout(() => void work(), pause)
  }
  const wake = (): void => {
    isWanted = true
    if (!isWorking) schedule(0)
  }
  const worker = createWorker(ctx, outgoing, { ...LIMITS, ...limits }, wake)
  const work = async (): Promise<void> => {
    isWorking = true
    isWanted = false
    let pause = POLL_MS
    try {
      await worker.take()
      await sweep()
      const now = ctx.clock.now()
      const due = await nextDeliveryAt(ctx.store.read, now)
      // What is due but was not taken waits for room, and we are woken when there is some.
      if (due !== undefined && due > now) pause = Math.min(due - now, POLL_MS)
    } catch (error) {
      ctx.log.error({ error }, 'Deliveries could not be taken')
    }
    isWorking = false
    schedule(isWanted ? 0 : pause)
  }
  return {
    start() {
      isRunning = true
      unlisten = ctx.store.signals.listen(DELIVERIES_CHANNEL, wake)
      wake()
    },
    wake,
    async stop(patienceMs = 10_000) {
      isRunning = false
      unlisten()
      clearTimeout(timer)
      await worker.stop(patienceMs)
    },
    async idle() {
      for (let taken = 1; taken > 0;) {
        taken = await worker.take()
        await worker.settled()
      }
    },
  }
}

/** Forgets, every ten minutes, activities that everyone has and hosts that nobody writes to any more. */
function createSweep(ctx: Context): () => Promise<void> {
  let sweptAt = ctx.clock.now()
  return async () => {
    const now = ctx.clock.now()
    if (now - sweptAt < SWEEP_MS) return
    sweptAt = now
    await ctx.store.write(async (tx) => {
      await pruneActivities(tx, now - HOUR, SWEPT_AT_ONCE)
      await pruneHosts(tx, now - HOST_KEEP_MS, SWEPT_AT_ONCE)
    })
  }
}
