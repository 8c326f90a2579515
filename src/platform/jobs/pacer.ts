// Decides when a queue looks for work: at once when woken, at the time of its next job, or now and then; never busily.
import { AsyncLocalStorage } from 'node:async_hooks'

/** What a pacer drives. */
export interface Paced {
  /** Does what there is to do now; true when it should be called again at once. Never throws. */
  round: () => Promise<boolean>
  /** How many milliseconds until something is due; undefined when nothing is known to come. */
  dueIn: () => Promise<number | undefined>
}

export interface Pacer {
  /** Looks now, or once more when it is looking already; resolves when it has found nothing more to do. */
  look(): Promise<void>
  /** Looks in a moment while started, so that what is asked for in a burst is done in one round; else nothing. */
  wake(): void
  /** As `look`, but in a moment where it may wait. */
  soon(): void
  /** Sets the alarm anew, after something that changed the times. */
  rest(): void
  start(): void
  /** Looks no more; resolves when the round under way is done. */
  stop(): Promise<void>
}

/**
 * Without a wake-up it looks after 250 ms, then more rarely, at last every second: on SQLite another process (the command
 * line) can add jobs but not wake anybody.
 */
const POLL = { firstMs: 250, lastMs: 1000 }

/** Long enough for a burst to gather, too short for anybody to notice. */
const BURST_MS = 4

export function createPacer({ round, dueIn }: Paced): Pacer {
  // Jobs do not run in the asynchronous context (request, log fields) of whoever woke the queue.
  const outside = AsyncLocalStorage.snapshot()
  let state: 'new' | 'started' | 'stopped' = 'new'
  let asked = false
  let looking: Promise<void> | undefined
  let pollMs = POLL.firstMs
  let alarm: NodeJS.Timeout | undefined
  const burst = createBurst(() => void look())

  const work = async (): Promise<void> => {
    do {
      asked = false
      if (await round()) asked = true
    } while (asked && !isStopped())
    looking = undefined
    rest()
  }
  const isStopped = () => state === 'stopped'
  const look = async (): Promise<void> => {
    if (isStopped()) return
    asked = true
    clearTimeout(alarm)
    looking ??= outside(work)
    await looking
  }
  const gather = (): void => {
    // Whoever is looking already looks once more.
    if (looking) asked = true
    else outside(() => burst.begin())
  }
  const rest = (): void => void (state === 'started' && outside(sleep))
  const sleep = async (): Promise<void> => {
    const wait = await dueIn().catch(() => undefined)
    if (looking || state !== 'started') return
    clearTimeout(alarm)
    alarm = setTimeout(() => void look(), Math.min(Math.max(wait ?? pollMs, 1), pollMs))
    pollMs = Math.min(pollMs * 2, POLL.lastMs)
  }
  return {
    look,
    rest,
    wake() {
      pollMs = POLL.firstMs
      if (state === 'started') gather()
    },
    soon() {
      if (state === 'started') gather()
      else void look()
    },
    start() {
      state = 'started'
      void look()
    },
    async stop() {
      state = 'stopped'
      clearTimeout(alarm)
      burst.end()
      await looking
    },
  }
}

/** Calls once for all that asks within the time of a burst. */
function createBurst(call: () => void) {
  let timer: NodeJS.Timeout | undefined
  const over = (): void => {
    timer = undefined
    call()
  }
  return {
    begin(): void {
      timer ??= setTimeout(over, BURST_MS)
    },
    end(): void {
      clearTimeout(timer)
    },
  }
}
