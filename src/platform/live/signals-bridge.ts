// Carries live messages between the processes that share a PostgreSQL database, only where somebody listens.
import { randomUUID } from 'node:crypto'
import type { Signals } from '../../store/open.ts'
import type { Log } from '../log.ts'
import type { Bridge } from './bridge.ts'
import { kindOf } from './kind-of.ts'
import { createOutgoingBatch } from './outgoing-batch.ts'
import { createPeers } from './peers.ts'

const LINE = 'live'
const HELLO_MS = 10_000

interface Envelope {
  from: string
  /** What somebody listens to there: sent now and then, and when it changes. */
  kinds?: string[]
  /** Set when the sender wants to hear from everybody. */
  ask?: boolean
  channels?: readonly string[]
  message?: unknown
}

/** Connects this process to the others; `tell` gets what they publish. */
export const signalsBridge = (
  signals: Signals,
  tell: (channel: string, message: unknown) => void,
  log: Log,
): Bridge => {
  const self = randomUUID()
  const own = new Map<string, number>()
  const peers = createPeers()
  const send = (envelope: Omit<Envelope, 'from'>): void =>
    signals.send(LINE, JSON.stringify({ from: self, ...envelope }))
  const batch = createOutgoingBatch((channels, message) => send({ channels, message }))
  const hello = helloOf(send, own)
  const leaveLine = signals.listen(LINE, (text) => {
    const envelope = parse(text)
    if (!envelope || envelope.from === self) return
    if (envelope.kinds) peers.heard(envelope.from, envelope.kinds)
    if (envelope.ask === true) hello.now()
    for (const channel of envelope.channels ?? []) tell(channel, envelope.message)
  })
  hello.now(true)
  const timer = setInterval(() => {
    hello.now()
    peers.forget()
  }, HELLO_MS)
  timer.unref()

  return {
    publish(channel, message) {
      if (peers.hears(kindOf(channel)) && !batch.add(channel, message))
        log.warn('A live message for other processes was dropped.', { channel })
    },
    listen(channel) {
      const kind = kindOf(channel)
      const before = own.get(kind) ?? 0
      own.set(kind, before + 1)
      if (before === 0) hello.soon()
    },
    leave(channel) {
      const kind = kindOf(channel)
      const left = (own.get(kind) ?? 1) - 1
      if (left > 0) own.set(kind, left)
      else if (own.delete(kind)) hello.soon()
    },
    hears: (kind) => peers.hears(kind),
    close() {
      clearInterval(timer)
      batch.flush()
      own.clear()
      hello.now()
      leaveLine()
      return Promise.resolve()
    },
  }
}

/** Says what is listened to here, at once or once the present moment's changes are over. */
const helloOf = (send: (envelope: Omit<Envelope, 'from'>) => void, own: ReadonlyMap<string, number>) => {
  let planned = false
  const now = (ask = false): void => {
    planned = false
    send({ kinds: [...own.keys()], ...(ask ? { ask } : {}) })
  }
  const soon = (): void => {
    if (planned) return
    planned = true
    setImmediate(() => planned && now())
  }
  return { now, soon }
}

const parse = (text: string): Envelope | undefined => {
  try {
    const parsed = JSON.parse(text) as unknown
    const isEnvelope = typeof parsed === 'object' && parsed !== null && 'from' in parsed
    return isEnvelope ? (parsed as Envelope) : undefined
  } catch {
    return undefined
  }
}
