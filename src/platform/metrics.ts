// Counts what the server does, in the text format that Prometheus reads.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SignalLine } from '../store/open.ts'
import { gatherMetrics } from './metrics/together.ts'

/** What is counted. Labels come from closed lists in the code (a route's pattern, never a path), so they stay few. */
export interface Metrics {
  /** One answered request; `route` is the pattern that matched. */
  httpRequest: (route: string, method: string, status: number, seconds: number) => void
  /** One job that ran. */
  job: (kind: string, outcome: 'done' | 'retry' | 'failed', seconds: number) => void
  /** One attempt to deliver to another server. */
  delivery: (outcome: 'delivered' | 'retry' | 'refused' | 'gone') => void
  /** One activity that arrived: its type if it is a known one, and what became of it. */
  inbox: (activity: string, outcome: 'done' | 'ignored' | 'refused' | 'failed') => void
  /** One database statement or transaction of a kind. */
  database: (kind: string, seconds: number) => void
  /** Sets a number that goes up and down, read when somebody asks: `jobs_waiting`, `live_subscribers`, ... */
  gauge: (name: string, help: string, read: () => number | Promise<number>) => void
  /** This process answers requests from now on. */
  serves: () => void
  /** Everything, as text, and its content type. */
  text: () => Promise<string>
  contentType: string
}

const fast = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1]
const usual = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export interface MetricsOptions {
  /** Adds memory, event loop and garbage collection. */
  processMetrics?: boolean
  /** The wire between the processes of the server and how many there are: their counters are added up. */
  together?: { line: SignalLine; count: number }
}

/** Builds the counters of a process. */
export const createMetrics = ({ processMetrics = true, together }: MetricsOptions = {}): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  if (processMetrics) collectDefaultMetrics({ register: registry })
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name: `folkmoot_${name}_seconds`, help, labelNames, buckets, registers })
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `folkmoot_${name}_total`, help, labelNames, registers })

  const http = histogram('http_request', 'Answered HTTP requests.', ['route', 'method', 'status'], usual)
  const jobs = histogram('job', 'Jobs that ran.', ['kind', 'outcome'], usual)
  const deliveries = counter('deliveries', 'Attempts to deliver to other servers.', ['outcome'])
  const inbox = counter('inbox_activities', 'Activities that arrived.', ['activity', 'outcome'])
  const database = histogram('database', 'Database work.', ['kind'], fast)
  const bounded = boundedLabel(300)
  const processes = new Gauge({
    name: 'folkmoot_processes',
    help: 'Processes that answer requests.',
    registers,
  })

  return {
    httpRequest: (route, method, status, seconds) => {
      const known = methods.has(method) ? method : 'other'
      http.observe({ route: bounded(route), method: known, status: `${Math.floor(status / 100)}xx` }, seconds)
    },
    job: (kind, outcome, seconds) => jobs.observe({ kind: bounded(kind), outcome }, seconds),
    delivery: (outcome) => deliveries.inc({ outcome }),
    inbox: (activity, outcome) => inbox.inc({ activity: bounded(activity), outcome }),
    database: (kind, seconds) => database.observe({ kind: bounded(kind) }, seconds),
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name: `folkmoot_${name}`,
        help,
        registers,
        // Every process reads the same number.
        aggregator: 'max',
        collect: async () => gauge.set(await read()),
      })
    },
    serves: () => processes.set(1),
    text: together ? gatherMetrics(registry, together.line, together.count) : () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** Lets a fixed number of different values through and calls the rest `other`: a forgotten path cannot fill the memory. */
const boundedLabel = (max: number): ((value: string) => string) => {
  const known = new Set<string>()
  return (value) => {
    if (known.has(value)) return value
    if (known.size >= max || value.length > 200) return 'other'
    known.add(value)
    return value
  }
}
