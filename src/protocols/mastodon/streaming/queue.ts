// What waits to be rendered, in order: what is published at once for many channels becomes one piece of work.
import type { Api } from '../api.ts'
import { deliver } from './deliver.ts'
import type { Subscription, Told } from './deliver.ts'

export interface Queue {
  put(heard: { event: string; id: number }, targets: ReadonlySet<Subscription>): void
  clear(): void
}

/** Messages that wait for the database; beyond this, streams miss some rather than fill the memory. */
const MOST_WAITING = 10_000

export function createQueue(api: Api): Queue {
  const waiting = new Map<string, Told>()
  let working = false
  let overflowing = false

  const work = async (): Promise<void> => {
    for (let [key] = waiting.keys(); key !== undefined; [key] = waiting.keys()) {
      const told = waiting.get(key) as Told
      waiting.delete(key)
      try {
        await deliver(api, told)
      } catch (error) {
        api.log.error({ error, event: told.event, id: told.id }, 'a message could not be streamed')
      }
    }
    working = false
    overflowing = false
  }
  return {
    put(heard, targets) {
      const key = `${heard.event} ${heard.id}`
      const told = waiting.get(key)
      if (told) for (const target of targets) told.targets.add(target)
      else if (waiting.size < MOST_WAITING) waiting.set(key, { ...heard, targets: new Set(targets) })
      else if (!overflowing) {
        overflowing = true
        api.log.warn({ waiting: waiting.size }, 'streams cannot keep up and miss messages')
      }
      if (working) return
      working = true
      // Everything that is published at once is gathered first: one post reaches thousands of channels.
      setImmediate(() => void work())
    },
    clear: () => waiting.clear(),
  }
}
