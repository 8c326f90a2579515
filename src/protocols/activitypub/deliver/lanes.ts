// Keeps order among hosts: a few deliveries to each at once, the rest wait their turn.
import type { Delivery } from '../../../domain/federation/deliveries.ts'

export interface Lanes {
  /** Takes a delivery; it runs at once or when its host has room. */
  add(delivery: Delivery): void
  /** Hosts that have no room. */
  full(): string[]
  /** Deliveries running or waiting. */
  size(): number
  /** Takes out those that wait, not to be run. */
  clear(): Delivery[]
}

interface Lane {
  running: number
  waiting: Delivery[]
}

/** `run` never rejects. */
export function createLanes(perHost: number, run: (delivery: Delivery) => Promise<void>): Lanes {
  const lanes = new Map<string, Lane>()
  let size = 0
  const step = (host: string, lane: Lane): void => {
    while (lane.running < perHost) {
      const next = lane.waiting.shift()
      if (!next) break
      lane.running += 1
      void run(next).finally(() => {
        lane.running -= 1
        size -= 1
        step(host, lane)
      })
    }
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(host)
  }
  return {
    add(delivery) {
      const lane = lanes.get(delivery.host) ?? { running: 0, waiting: [] }
      lanes.set(delivery.host, lane)
      lane.waiting.push(delivery)
      size += 1
      step(delivery.host, lane)
    },
    full: () => [...lanes].filter(([, lane]) => lane.running >= perHost).map(([host]) => host),
    size: () => size,
    clear() {
      const left = [...lanes.values()].flatMap((lane) => lane.waiting.splice(0))
      size -= left.length
      return left
    },
  }
}
