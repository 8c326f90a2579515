// Listeners of signals inside one process, and beyond it where there is a line to others.
import type { SignalLine, Signals, StoreLog } from './store.ts'

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

/** What is sent here reaches the other processes of the line too. */
export function createLineSignals(line: SignalLine, log: StoreLog): LocalSignals {
  const local = createLocalSignals(log)
  line.hear((channel, text) => local.deliver(channel, text))
  return {
    ...local,
    send(channel, text) {
      local.send(channel, text)
      line.send(channel, text)
    },
  }
}
