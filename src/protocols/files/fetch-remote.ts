// Fetches files of other servers: few at a time, each once, within bounds of size and time, and never from ourselves.
import { open } from 'node:fs/promises'
import { createLru } from '../../lib/lru.ts'
import { policyFor } from '../../domain/moderation/policy-cache.ts'
import { Refusal, Unreachable } from '../../model/refusal.ts'
import { turnstile } from '../../platform/media/turnstile.ts'
import type { Turnstile } from '../../platform/media/turnstile.ts'
import type { FilesParts } from './parts.ts'

export interface Bounds {
  maxBytes: number
  timeoutMs: number
}

/** How long a failure is remembered: a passing trouble, and a final no. */
const PASSING_MS = 5 * 60_000
const FINAL_MS = 6 * 3_600_000
const HOSTS = 2_000

export interface Fetcher {
  /** Runs `work` unless the same is running (then its end is awaited) or failed lately (then that is thrown again). */
  once(name: string, work: () => Promise<void>): Promise<void>
  bytes(url: string, bounds: Bounds): Promise<Buffer>
  /** Writes what is fetched to `path`. */
  toFile(url: string, path: string, bounds: Bounds): Promise<void>
}

export function createFetcher(parts: FilesParts): Fetcher {
  const running = new Map<string, Promise<void>>()
  const failures = createLru<string, Error>({ max: 20_000, ttl: FINAL_MS })
  const all = turnstile(24, 400)
  const lanes = createLru<string, Turnstile>({ max: HOSTS })
  const inLane = <T>(url: string, work: () => Promise<T>): Promise<T> => {
    const host = URL.parse(url)?.host ?? ''
    const lane = lanes.get(host) ?? turnstile(6, 100)
    lanes.set(host, lane)
    // One slow server fills its own lane, not the road.
    return lane(() => all(work))
  }
  return {
    async once(name, work) {
      const failure = failures.get(name)
      if (failure) throw failure
      const under = running.get(name)
      if (under) return under
      const fresh = work()
        .catch((error: unknown) => {
          const ttl = patienceWith(error)
          if (ttl > 0) failures.set(name, error as Error, { ttl })
          throw error
        })
        .finally(() => running.delete(name))
      running.set(name, fresh)
      return fresh
    },
    bytes: (url, bounds) =>
      inLane(url, async () => {
        await refuseUrl(parts, url)
        const { status, body } = await parts.outgoing.request(url, bounds)
        checkStatus(status)
        return body
      }),
    toFile: (url, path, bounds) =>
      inLane(url, async () => {
        await refuseUrl(parts, url)
        const { status, body } = await parts.outgoing.stream(url, bounds)
        const file = await open(path, 'wx', 0o600)
        try {
          // A body must be begun to be left, or its connection would stay open.
          for await (const chunk of body) {
            checkStatus(status)
            await file.writeFile(chunk)
          }
          checkStatus(status)
        } finally {
          await file.close()
        }
      }),
  }
}

/** In milliseconds; 0 when the fault is ours. */
function patienceWith(error: unknown): number {
  if (error instanceof Unreachable) return PASSING_MS
  if (error instanceof Refusal) return error.code === 'unavailable' ? 0 : FINAL_MS
  return 0
}

async function refuseUrl(parts: FilesParts, url: string): Promise<void> {
  const target = URL.parse(url)
  if (!target || target.host === new URL(parts.config.origin).host)
    throw new Refusal('forbidden', 'Files of this server are not fetched by itself.')
  const policy = await policyFor(parts, target.hostname)
  if (policy.suspended || policy.rejectMedia)
    throw new Refusal('forbidden', 'Media of that server are not shown here.')
}

function checkStatus(status: number): void {
  if (status >= 200 && status < 300) return
  if (status === 404 || status === 410) throw new Refusal('gone', 'The other server has no such file.')
  throw new Unreachable(`The other server answered ${status}.`)
}
