// Tells listeners in this process, and over Valkey or PostgreSQL in others, what just happened.
import type { Signals } from '../store/open.ts'
import type { Log } from './log.ts'
import { kindOf } from './live/kind-of.ts'
import { signalsBridge } from './live/signals-bridge.ts'
import { valkeyBridge } from './live/valkey-bridge.ts'

/** Hears the messages of a channel. */
export type Listener = (message: unknown) => void

/** Publish and subscribe. Messages are plain JSON values; they are lost when nobody listens. */
export interface Live {
  publish: (channel: string, message: unknown) => void
  /** Calls the listener for every message until the returned function is called (more than once does no harm). */
  subscribe: (channel: string, listener: Listener) => () => void
  /** Listeners of a channel in this process, or of all channels. */
  subscriberCount: (channel?: string) => number
  /** Whether anybody, here or in another process, may listen to a channel of this kind (`home:`). */
  hasSubscribers: (kind: string) => boolean
  close: () => Promise<void>
}

/** With `valkeyUrl`, or else `signals`, processes that share the server also share messages. */
export interface LiveOptions {
  log: Log
  valkeyUrl?: string
  /** Those of a database that several processes may share. */
  signals?: Signals
}

/** Builds the bus of this process. */
export const createLive = (options: LiveOptions): Live => {
  const channels = new Map<string, Set<{ listener: Listener }>>()
  const kinds = new Map<string, number>()
  const countKind = (channel: string, change: 1 | -1): void => {
    const kind = kindOf(channel)
    const count = (kinds.get(kind) ?? 0) + change
    if (count > 0) kinds.set(kind, count)
    else kinds.delete(kind)
  }

  const tell = (channel: string, message: unknown): void => {
    const subscribers = channels.get(channel)
    if (!subscribers) return
    for (const { listener } of subscribers.values().toArray()) {
      try {
        listener(message)
      } catch (error) {
        options.log.error('A listener failed.', { channel, error })
      }
    }
  }
  const bridge =
    options.valkeyUrl !== undefined
      ? valkeyBridge(options.valkeyUrl, tell, options.log)
      : options.signals && signalsBridge(options.signals, tell, options.log)

  return {
    publish: (channel, message) => {
      tell(channel, message)
      bridge?.publish(channel, message)
    },
    subscribe: (channel, listener) => {
      // A wrapper for each subscription, so that the same function may listen twice and leave once.
      const subscription = { listener }
      const subscribers = channels.get(channel) ?? new Set()
      if (subscribers.size === 0) {
        channels.set(channel, subscribers)
        countKind(channel, 1)
        bridge?.listen(channel)
      }
      subscribers.add(subscription)
      return () => {
        if (!subscribers.delete(subscription) || subscribers.size > 0) return
        channels.delete(channel)
        countKind(channel, -1)
        bridge?.leave(channel)
      }
    },
    subscriberCount: (channel) => {
      if (channel !== undefined) return channels.get(channel)?.size ?? 0
      return [...channels.values()].reduce((sum, subscribers) => sum + subscribers.size, 0)
    },
    hasSubscribers: (kind) => kinds.has(kind) || bridge?.hears(kind) === true,
    close: async () => {
      channels.clear()
      kinds.clear()
      await bridge?.close()
    },
  }
}
