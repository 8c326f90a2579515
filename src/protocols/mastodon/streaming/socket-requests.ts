// What a client asks for over its WebSocket: to open streams and to leave them, one request after the other.
import type { Caller } from '../http/caller.ts'
import type { Desk } from './desk.ts'
import type { Outlet } from './outlet.ts'
import { StreamRefusal, readStream } from './streams.ts'
import type { StreamRequest } from './streams.ts'

export interface Requests {
  /** Takes one message; false when the client asks faster than can be answered. */
  take(text: string): boolean
  subscribe(request: StreamRequest): void
  leaveAll(): void
}

const MOST_STREAMS = 100
const MOST_WAITING = 200

interface Asked extends StreamRequest {
  type: string
}

/** Requests are worked in order, so that an unsubscribe never overtakes its subscribe. */
export function readRequests(
  desk: Desk,
  outlet: Outlet,
  caller: Caller,
  answer: (text: string) => void,
): Requests {
  const open = new Map<string, () => void>()
  let closed = false
  let waiting = 0
  let queue = Promise.resolve()

  const subscribe = async (request: StreamRequest): Promise<void> => {
    const key = keyOf(request)
    if (closed || open.has(key)) return
    if (open.size >= MOST_STREAMS) throw new StreamRefusal(400, 'Too many streams in one connection')
    const stream = await readStream(desk.api, caller, request)
    // Refused or ended while the list was looked up.
    if (!closed) open.set(key, desk.hub.subscribe(outlet, stream))
  }
  const enqueue = (work: () => Promise<void> | void): boolean => {
    if (waiting >= MOST_WAITING) return false
    waiting += 1
    queue = queue
      .then(work)
      .catch((error: unknown) => {
        const known = error instanceof StreamRefusal
        if (!known) desk.api.log.error({ error }, 'a stream could not be opened')
        const text = known ? error.message : 'Something went wrong on our side; it has been logged'
        if (!closed) answer(JSON.stringify({ error: text, status: known ? error.status : 500 }))
      })
      .finally(() => (waiting -= 1))
    return true
  }
  return {
    take(text) {
      const asked = parse(text)
      if (asked?.type === 'subscribe') return enqueue(() => subscribe(asked))
      if (asked?.type === 'unsubscribe') return enqueue(() => leave(open, asked))
      return true
    },
    subscribe: (request) => void enqueue(() => subscribe(request)),
    leaveAll() {
      closed = true
      for (const leaveStream of open.values()) leaveStream()
      open.clear()
    },
  }
}

function leave(open: Map<string, () => void>, request: StreamRequest): void {
  const key = keyOf(request)
  open.get(key)?.()
  open.delete(key)
}

function keyOf({ name, tag, list }: StreamRequest): string {
  if (name.startsWith('hashtag')) return JSON.stringify([name, tag?.toLowerCase()])
  return JSON.stringify(name === 'list' ? [name, list] : [name])
}

/** Undefined for what is no request; such messages are ignored. */
function parse(text: string): Asked | undefined {
  try {
    const json = JSON.parse(text) as unknown
    if (typeof json !== 'object' || json === null) return undefined
    const { type, stream, tag, list } = json as Record<string, unknown>
    if (typeof type !== 'string') return undefined
    const word = (value: unknown): string | undefined =>
      typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
    return { type, name: word(stream) ?? '', tag: word(tag), list: word(list) }
  } catch {
    return undefined
  }
}
