// One queue of one process: its kinds, and the rounds in which their jobs are done.
import { nextDue } from '../../store/jobs.ts'
import { runBatch } from './batches.ts'
import type { Desk } from './desk.ts'
import type { Kind } from './kind.ts'
import { createPacer } from './pacer.ts'
import { createSingles } from './singles.ts'

export interface Queue {
  add(kind: Kind): void
  /** Something may be due: look now. */
  wake(): void
  /** Does all that is due and resolves when it is done; gives how many jobs that were. */
  settle(): Promise<number>
  start(): void
  stop(patienceMs: number): Promise<void>
}

export function createQueue(name: string, desk: Desk): Queue {
  const kinds = new Map<string, Kind>()
  let done = 0
  let more = false
  const claim = () => ({ queue: name, kinds: [...kinds.keys()], now: desk.clock.now() })
  const singles = createSingles(desk, kinds, () => {
    done += 1
    if (more) pacer.soon()
    else if (singles.running() === 0) pacer.rest()
  })
  const singleRound = async (): Promise<boolean> => {
    more = await singles.take(claim())
    return false
  }
  const batchRound = async (): Promise<boolean> => {
    const limit = Math.max(...[...kinds.values()].map((kind) => kind.options.size))
    const met = await runBatch(desk, kinds, { ...claim(), limit })
    done += met
    return met === limit
  }
  const pacer = createPacer({
    async round() {
      try {
        return await (isSingle(kinds) ? singleRound() : batchRound())
      } catch (error) {
        desk.log.error('a queue cannot be worked; trying again', { queue: name, error })
        return false
      }
    },
    async dueIn() {
      // With every place taken, it is the end of a job that makes it look again.
      if (more && singles.running() > 0) return undefined
      const due = await nextDue(desk.store.read, claim())
      return due === undefined ? undefined : due - desk.clock.now()
    },
  })
  return {
    add(kind) {
      if (kinds.size > 0 && 'single' in kind.handler !== isSingle(kinds)) {
        throw new Error(`the queue ${name} cannot hold both batches and single jobs (${kind.name})`)
      }
      kinds.set(kind.name, kind)
    },
    wake: () => pacer.wake(),
    async settle() {
      const before = done
      await pacer.look()
      while (singles.running() > 0) {
        await singles.ended()
        await pacer.look()
      }
      return done - before
    },
    start: () => pacer.start(),
    async stop(patienceMs) {
      await pacer.stop()
      await singles.stop(patienceMs)
    },
  }
}

const isSingle = (kinds: ReadonlyMap<string, Kind>): boolean =>
  [...kinds.values()].some((kind) => 'single' in kind.handler)
