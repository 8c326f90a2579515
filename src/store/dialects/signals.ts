// Listeners of signals inside one process.
import type { Signals, StoreLog } from './store.ts'

/** Calls listeners directly; `send` returns before they run. */
export interface LocalSignals extends Signals {
  /** Calls the listeners of this process now. */
  deliver(channel: string, text: string): void
  channels(): string[]
}

export function createLocalSignals(log: StoreLog): LocalSignals {
  const listeners = new Map<string, Set<(text: string) => void>>()
  const deliver = (channel: string, text: string) => {
    for (const hear of listeners.get(channel) ?? []) {
      try {
        hear(text)
      } catch (error) {
        log.error('a listener failed', { error, channel })
      }
    }
  }
  return {
    deliver,
    channels: () => [...listeners.keys()],
    send: (channel, text) => queueMicrotask(() => deliver(channel, text)),
    listen(channel, hear) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(hear))
      return () => {
        set.delete(hear)
        if (set.size === 0 && listeners.get(channel) === set) listeners.delete(channel)
      }
    },
  }
}
