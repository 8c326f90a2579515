// Live events over one long answer (server-sent events), read by fetch so that the session header can be sent.
import { OWN_HEADERS } from './http.ts'

export interface StreamEvent {
  event: string
  payload: string
}

export interface StreamOptions {
  onEvent: (event: StreamEvent) => void
  /** The stream came back after it was gone: something may have been missed. */
  onReturn: () => void
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

/** Listens to `/api/v1/streaming/<name>` until the returned function is called. */
export function listen(name: string, options: StreamOptions): () => void {
  const stop = new AbortController()
  void keepListening(`/api/v1/streaming/${name}`, options, stop.signal)
  return () => stop.abort()
}

async function keepListening(path: string, options: StreamOptions, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS
  let wasOpen = false
  while (!signal.aborted) {
    const opened: boolean = await listenOnce(path, options, { signal, wasOpen }).catch(() => false)
    if (opened) wait = FIRST_WAIT_MS
    wasOpen ||= opened
    if (signal.aborted) return
    await pause(wait + Math.random() * 1000, signal)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }
}

async function listenOnce(
  path: string,
  options: StreamOptions,
  { signal, wasOpen }: { signal: AbortSignal; wasOpen: boolean },
): Promise<boolean> {
  const headers = { ...OWN_HEADERS, accept: 'text/event-stream' }
  const answer = await fetch(path, { headers, signal, credentials: 'same-origin' })
  if (!answer.ok || !answer.body) return false
  if (wasOpen) options.onReturn()
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      rest = readEvents(rest + value, options.onEvent)
    }
  } catch {
    return true
  }
}

/** Hands out whole events; what is left of an unfinished one comes back. */
export function readEvents(text: string, onEvent: (event: StreamEvent) => void): string {
  const blocks = text.split(/\r?\n\r?\n/)
  const rest = blocks.pop() ?? ''
  for (const block of blocks) {
    let event = ''
    const data: string[] = []
    for (const line of block.split(/\r?\n/)) {
      if (line.startsWith('event:')) event = line.slice(6).trim()
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
    if (event !== '') onEvent({ event, payload: data.join('\n') })
  }
  return rest
}

/** Waits, or less when the browser comes back online. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
}
