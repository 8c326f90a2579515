// The processes of one server: which one this is, and the wire by which they hear of each other.
import cluster from 'node:cluster'
import type { SignalLine } from '../store/open.ts'

/** What travels between a worker and the process that watches over all. */
export type Message =
  | { folkmoot: 'ready' }
  | { folkmoot: 'stop' }
  | { folkmoot: 'signal'; channel: string; text: string }

/** One of several processes that serve together. */
export interface Worker {
  /** 0 for the first; a worker that takes the place of a dead one has its number. */
  number: number
  line: SignalLine
  /** Tells the watching process that requests are answered now. */
  ready(): void
  /** Resolves when this worker is to finish. */
  stopped: Promise<void>
}

/** The environment variable in which a worker finds its number. */
export const NUMBER_VARIABLE = 'WORKER_OF_FOLKMOOT'

/** Whoever adds a job sees to it; the others look now and then, so waking all of them at once would only crowd the door. */
const NOT_CARRIED = new Set(['jobs'])

/** Undefined in a server of one process, and in the process that watches over several. */
export function thisWorker(): Worker | undefined {
  const number = Number(process.env[NUMBER_VARIABLE] ?? '')
  if (!cluster.isWorker || !Number.isInteger(number)) return undefined
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const listeners: ((channel: string, text: string) => void)[] = []
  const say = (message: Message): void => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }
  process.on('message', (message: unknown) => {
    if (!isMessage(message)) return
    if (message.folkmoot === 'stop') stop()
    if (message.folkmoot === 'signal') for (const hear of listeners) hear(message.channel, message.text)
  })
  // A terminal signals every process of the server; only the watching one acts on it and tells the others.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const line: SignalLine = {
    send(channel, text) {
      if (!NOT_CARRIED.has(channel)) say({ folkmoot: 'signal', channel, text })
    },
    hear: (listener) => void listeners.push(listener),
  }
  return { number, line, ready: () => say({ folkmoot: 'ready' }), stopped }
}

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'folkmoot' in value
}
