// Writes down what became of deliveries, many in one transaction.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { Delivery } from '../../../domain/federation/deliveries.ts'
import {
  forgetSharedInbox,
  hastenDeliveries,
  pauseHost,
  postponeDelivery,
  recordHostFailure,
  recordHostSuccess,
  removeDeliveries,
  tallyDeliveries,
} from '../../../domain/federation/deliveries.ts'
import type { SignatureDialect } from '../signing/types.ts'
import { GIVE_UP_MS, breakerPause, retryPause } from './backoff.ts'
import type { Outcome } from './outcome.ts'
import type { Peer } from './peers.ts'

export interface Result {
  delivery: Delivery
  outcome: Outcome | { kind: 'released' }
  peer: Peer
  learned?: SignatureDialect
}

export interface Results {
  /** Notes a result; it is written soon. */
  add(result: Result): void
  /** Resolves when all that was noted is written. */
  flushed(): Promise<void>
}

/** While one transaction commits, the next results gather for another. `onWritten` hears how many were written. */
export function createResults(ctx: Context, onWritten: (results: readonly Result[]) => void): Results {
  let waiting: Result[] = []
  let running: Promise<void> = Promise.resolve()
  let isRunning = false
  const run = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await ctx.store.write((tx) => writeResults(ctx, tx, batch))
      } catch (error) {
        // Their leases run out, and they are tried again.
        ctx.log.error({ error }, 'Results of deliveries could not be written')
      }
      onWritten(batch)
    }
    isRunning = false
  }
  return {
    add(result) {
      waiting.push(result)
      if (isRunning) return
      isRunning = true
      running = run()
    },
    flushed: () => running,
  }
}

async function writeResults(ctx: Context, tx: Tx, batch: readonly Result[]): Promise<void> {
  const now = ctx.clock.now()
  const finished = batch.filter((result) => isFinished(result, now))
  await removeDeliveries(
    tx,
    finished.map((result) => result.delivery.id),
  )
  for (const { delivery, outcome } of batch) {
    if (outcome.kind === 'released') {
      await postponeDelivery(tx, delivery.id, { nextAt: now, error: null, untried: true })
    }
    if (outcome.kind === 'gone' && outcome.forGood) await forgetSharedInbox(tx, delivery.inbox)
  }
  for (const result of batch) {
    const { delivery, outcome } = result
    if (outcome.kind !== 'later' || finished.includes(result)) continue
    const nextAt = outcome.at ?? now + retryPause(delivery.attempts)
    await postponeDelivery(tx, delivery.id, { nextAt, error: outcome.reason.slice(0, 300) })
  }
  await writeHosts(tx, batch, now)
  const delivered = batch.filter(({ outcome }) => outcome.kind === 'done').length
  await tallyDeliveries(tx, now, { delivered, undelivered: finished.length - delivered })
}

function isFinished({ delivery, outcome }: Result, now: number): boolean {
  if (outcome.kind === 'released') return false
  return outcome.kind !== 'later' || now - delivery.createdAt >= GIVE_UP_MS
}

async function writeHosts(tx: Tx, batch: readonly Result[], now: number): Promise<void> {
  const byHost = Map.groupBy(batch, (result) => result.delivery.host)
  for (const host of [...byHost.keys()].sort()) {
    const results = byHost.get(host) ?? []
    const peer = results[0]?.peer
    if (!peer) continue
    const pause = Math.max(
      0,
      ...results.map(({ outcome }) => (outcome.kind === 'later' ? (outcome.at ?? 0) : 0)),
    )
    if (pause > now) await pauseHost(tx, host, now, pause)
    if (results.some(({ outcome }) => answered(outcome))) await writeSuccess(tx, host, peer, { now, results })
    else await writeFailure(tx, host, peer, { now, results })
  }
}

/** Any answer but the host's own fault shows that it is there. */
function answered(outcome: Result['outcome']): boolean {
  if (outcome.kind === 'released' || outcome.kind === 'refused') return false
  return outcome.kind !== 'later' || (!outcome.hostFault && outcome.at === undefined)
}

const SUCCESS_PAUSE_MS = 3_600_000

interface HostNews {
  now: number
  results: readonly Result[]
}

async function writeSuccess(tx: Tx, host: string, peer: Peer, { now, results }: HostNews): Promise<void> {
  const learned = results.find((result) => result.learned !== undefined)?.learned
  const isNews = learned !== undefined || peer.failures > 0 || now - peer.lastSuccessAt > SUCCESS_PAUSE_MS
  if (!isNews) return
  await recordHostSuccess(tx, host, now, learned)
  if (peer.failures > 0) await hastenDeliveries(tx, host, now)
  peer.failures = 0
  peer.lastSuccessAt = now
  if (learned !== undefined) {
    peer.dialect = learned
    peer.proven = true
  }
}

async function writeFailure(tx: Tx, host: string, peer: Peer, { now, results }: HostNews): Promise<void> {
  const faults = results.filter(({ outcome }) => outcome.kind === 'later' && outcome.hostFault).length
  if (faults === 0) return
  peer.failures = await recordHostFailure(tx, host, now, faults)
  const pause = breakerPause(peer.failures)
  if (pause > 0) await pauseHost(tx, host, now, now + pause)
}
