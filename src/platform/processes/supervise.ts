// Watches over several processes that serve together: starts them, carries their signals, replaces the dead, ends them all.
import cluster from 'node:cluster'
import type { Worker } from 'node:cluster'
import type { Log } from '../log.ts'
import { watchStarter } from '../orphan.ts'
import { NUMBER_VARIABLE, isMessage } from '../processes.ts'
import type { Message } from '../processes.ts'

/** A worker that lived this long is replaced at once; others wait longer each time, at most `LONGEST_MS`. */
const LIVED_MS = 10_000
const FIRST_MS = 500
const LONGEST_MS = 30_000
/** Workers that have not ended by then are killed. */
const PATIENCE_MS = 25_000

/** The place that a worker and those after it fill. */
interface Place {
  number: number
  /** Only the first: it was ready once, so what ends it now is no wrong setting. */
  hasBegun?: boolean
  startedAt: number
  pauseMs: number
}

/** Resolves with the exit code when all have ended: 0 after a signal, 1 when the first could not start. */
export async function superviseWorkers(count: number, log: Log): Promise<number> {
  const watch = createWatch(log)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (watch.isStopping()) process.exit(1)
      watch.stop()
    })
  watchStarter(() => watch.stop())
  // The first prepares the database; the others would only wait for it. When it cannot start, it has said why.
  if (!(await watch.begin(placeOf(0)))) return watch.isStopping() ? 0 : 1
  for (let number = 1; number < count && !watch.isStopping(); number += 1) watch.start(placeOf(number))
  await watch.ended
  return 0
}

function placeOf(number: number): Place {
  return { number, startedAt: 0, pauseMs: FIRST_MS }
}

function createWatch(log: Log) {
  const living = new Set<Worker>()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let stopping = false
  const start = (place: Place): Worker => {
    place.startedAt = performance.now()
    const worker = cluster.fork({ [NUMBER_VARIABLE]: String(place.number) })
    living.add(worker)
    worker.on('error', (error) => log.warn('A process of the server cannot be reached.', { error }))
    worker.on('message', (message: unknown) => {
      if (!isMessage(message) || message.folkmoot !== 'signal') return
      for (const other of living) if (other !== worker) tell(other, message)
    })
    worker.once('exit', (code: number | null, signal: string | null) => {
      living.delete(worker)
      if (!stopping) replace(place, { process: place.number, exit: code, signal })
      else if (living.size === 0) end()
    })
    return worker
  }
  const replace = (place: Place, fields: Record<string, unknown>): void => {
    if (place.number === 0 && !place.hasBegun) return
    const isOld = performance.now() - place.startedAt > LIVED_MS
    const pause = isOld ? 0 : place.pauseMs
    place.pauseMs = isOld ? FIRST_MS : Math.min(place.pauseMs * 2, LONGEST_MS)
    log.error('A process of the server ended; another takes its place.', fields)
    setTimeout(() => stopping || start(place), pause)
  }
  return {
    ended,
    start,
    isStopping: () => stopping,
    /** Starts the first; false when it ended before it was ready. */
    begin(place: Place): Promise<boolean> {
      const worker = start(place)
      return new Promise((resolve) => {
        worker.once('exit', () => resolve(false))
        worker.on('message', (message: unknown) => {
          if (!isMessage(message) || message.folkmoot !== 'ready') return
          place.hasBegun = true
          resolve(true)
        })
      })
    },
    stop() {
      stopping = true
      for (const worker of living) tell(worker, { folkmoot: 'stop' })
      if (living.size === 0) end()
      setTimeout(() => {
        for (const worker of living) worker.process.kill('SIGKILL')
      }, PATIENCE_MS).unref()
    },
  }
}

function tell(worker: Worker, message: Message): void {
  // One that ends this very moment hears nothing more, which harms nobody.
  if (worker.isConnected()) worker.send(message, () => {})
}
