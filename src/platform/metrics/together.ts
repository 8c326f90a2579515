// Adds up what the processes of one server have counted, so that whoever asks one of them hears of all.
import { randomUUID } from 'node:crypto'
import { AggregatorRegistry } from 'prom-client'
import type { Registry } from 'prom-client'
import type { SignalLine } from '../../store/open.ts'

type Counted = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** A process that does not answer within this time is left out. */
const PATIENCE_MS = 1000
const ASK = 'metrics_ask'
const TELL = 'metrics_tell'

interface Asking {
  told: Counted[]
  enough: () => void
}

/** The counters of all `count` processes, as text. */
export function gatherMetrics(registry: Registry, line: SignalLine, count: number): () => Promise<string> {
  const asked = new Map<string, Asking>()
  const answer = async (id: string): Promise<void> =>
    line.send(TELL, JSON.stringify({ id, told: await registry.getMetricsAsJSON() }))
  line.hear((channel, text) => {
    if (channel === ASK) void answer(text)
    if (channel !== TELL) return
    const { id, told } = JSON.parse(text) as { id: string; told: Counted }
    const asking = asked.get(id)
    asking?.told.push(told)
    if (asking && asking.told.length >= count - 1) asking.enough()
  })
  return async () => {
    const id = randomUUID()
    const { promise, resolve: enough } = Promise.withResolvers<void>()
    const asking: Asking = { told: [], enough }
    asked.set(id, asking)
    const timer = setTimeout(enough, PATIENCE_MS)
    line.send(ASK, id)
    if (count > 1) await promise
    clearTimeout(timer)
    asked.delete(id)
    return AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), ...asking.told]).metrics()
  }
}
