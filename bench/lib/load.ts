// Sends many requests over a few connections and says what they cost the server.
import { Agent } from 'undici'
import { timesOf } from './cpu.ts'

export interface LoadResult {
  requests: number
  perSecond: number
  /** Processor milliseconds of the server per request. */
  cpuMs: number
  p50Ms: number
  p99Ms: number
}

export interface Request {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** `next` gives each request in turn; all must answer below 300. Warms up with a tenth of them first. */
export async function applyLoad(
  server: { pid: number; origin: string },
  options: { requests: number; connections: number; next: (index: number) => Request; warmUp?: number },
): Promise<LoadResult> {
  const agent = new Agent({ connections: options.connections, pipelining: 1 })
  const warmUp = options.warmUp ?? Math.ceil(options.requests / 10)
  let index = 0
  const times: number[] = []
  const send = async (): Promise<void> => {
    const request = options.next(index++)
    const began = performance.now()
    const answer = await agent.request({ origin: server.origin, ...request, body: request.body ?? null })
    await answer.body.dump({ limit: 10_000_000 })
    if (answer.statusCode >= 300)
      throw new Error(`${request.method} ${request.path} answered ${answer.statusCode}`)
    times.push(performance.now() - began)
  }
  const run = async (count: number): Promise<void> => {
    let left = count
    await Promise.all(
      Array.from({ length: options.connections }, async () => {
        while (left-- > 0) await send()
      }),
    )
  }
  await run(warmUp)
  times.length = 0
  const before = timesOf(server.pid).cpuMs
  const began = performance.now()
  await run(options.requests)
  const seconds = (performance.now() - began) / 1000
  const cpuMs = (timesOf(server.pid).cpuMs - before) / options.requests
  await agent.close()
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    requests: options.requests,
    perSecond: options.requests / seconds,
    cpuMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }
}

/** Waits until the server uses no processor time any more, so that work put off is counted; gives its processor time. */
export async function quiet(pid: number): Promise<number> {
  let last = timesOf(pid).cpuMs
  let calm = 0
  while (calm < 4) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    const now = timesOf(pid).cpuMs
    calm = now - last <= 10 ? calm + 1 : 0
    last = now
  }
  return last
}
