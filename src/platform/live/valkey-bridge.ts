// Carries live messages between processes over Valkey or Redis.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import type { Redis } from 'ioredis'
import type { Log } from '../log.ts'
import type { Bridge } from './bridge.ts'

const prefix = 'folkmoot:live:'

/**
 * Connects to Valkey and calls `tell` for what other processes publish. While Valkey is away messages reach this
 * process only, nothing is queued, and the channels in use are subscribed again when it is back.
 */
export const valkeyBridge = (
  url: string,
  tell: (channel: string, message: unknown) => void,
  log: Log,
): Bridge => {
  const self = randomUUID()
  const wanted = new Set<string>()
  const publisher = connect(url, log)
  const subscriber = connect(url, log)

  const attempt = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.debug('Valkey did not take a live message.', { error }))
  }
  subscriber.on('ready', () => {
    if (wanted.size > 0) attempt(subscriber.subscribe(...[...wanted].map((channel) => prefix + channel)))
  })
  subscriber.on('message', (channel: string, text: string) => {
    const parsed = parse(text)
    if (parsed && parsed.from !== self) tell(channel.slice(prefix.length), parsed.message)
  })

  return {
    publish: (channel, message) => {
      if (publisher.status !== 'ready') return
      attempt(publisher.publish(prefix + channel, JSON.stringify({ from: self, message })))
    },
    listen: (channel) => {
      wanted.add(channel)
      if (subscriber.status === 'ready') attempt(subscriber.subscribe(prefix + channel))
    },
    leave: (channel) => {
      wanted.delete(channel)
      if (subscriber.status === 'ready') attempt(subscriber.unsubscribe(prefix + channel))
    },
    hears: () => true,
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}

const connect = (url: string, log: Log): Redis => {
  // Loaded only where Valkey is used: it would slow every other start.
  const { Redis: Connection } = createRequire(import.meta.url)('ioredis') as typeof import('ioredis')
  const redis = new Connection(url.replace(/^valkey/, 'redis'), {
    protocol: 2,
    disableClientInfo: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
    retryStrategy: (times: number) => Math.min(times * 200, 5_000),
  })
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log.warn('Valkey cannot be reached; live messages stay in this process.', { error })
    away = true
  })
  redis.on('ready', () => {
    away = false
  })
  return redis
}

const parse = (text: string): { from: unknown; message: unknown } | undefined => {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || !('from' in parsed)) return undefined
    return { from: parsed.from, message: 'message' in parsed ? parsed.message : undefined }
  } catch {
    return undefined
  }
}
