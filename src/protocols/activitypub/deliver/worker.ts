// One worker's hands: takes due deliveries, sends them side by side, hands over the results.
import type { Context } from '../../../domain/context.ts'
import type { Outgoing } from '../../../platform/outgoing.ts'
import { claimDeliveries } from '../../../domain/federation/deliveries.ts'
import type { Delivery } from '../../../domain/federation/deliveries.ts'
import { createBodies } from './bodies.ts'
import { createFollowersDigests } from './followers-digest.ts'
import { createLanes } from './lanes.ts'
import { createPeers } from './peers.ts'
import { postDelivery } from './post-delivery.ts'
import type { Post, Posted } from './post-delivery.ts'
import { createResults } from './results.ts'
import { createSigningKeys } from './signing-keys.ts'

export interface WorkerLimits {
  /** Requests at once to one host, and in all. */
  perHost: number
  total: number
  timeoutMs: number
  /** How long a delivery belongs to a worker that may have died. */
  leaseMs: number
}

export interface Worker {
  /** Takes as much as there is room for; gives the number taken. Only one call at a time does anything of its own. */
  take(): Promise<number>
  /** Resolves when nothing is under way and all results are written. */
  settled(): Promise<void>
  /** Takes nothing more; gives back what waits, and after `patienceMs` what is under way. */
  stop(patienceMs: number): Promise<void>
}

/** `onRoom` hears when results were written, so that there is room for more. */
export function createWorker(
  ctx: Context,
  outgoing: Outgoing,
  limits: WorkerLimits,
  onRoom: () => void,
): Worker {
  const post = createPost(ctx, outgoing, limits.timeoutMs)
  const peers = createPeers(ctx)
  const aborting = new AbortController()
  const results = createResults(ctx, onRoom)
  let isStopped = false
  let taking: Promise<number> | undefined

  const send = async (delivery: Delivery): Promise<void> => {
    const peer = await peers.get(delivery.host)
    const posted = await postDelivery(post, delivery, peer, aborting.signal).catch((error: unknown) => {
      ctx.log.error({ error, inbox: delivery.inbox }, 'A delivery failed in an unforeseen way')
      return unforeseen
    })
    const isCancelled = aborting.signal.aborted && posted.outcome.kind === 'later'
    results.add({ delivery, peer, ...posted, ...(isCancelled ? { outcome: { kind: 'released' } } : {}) })
  }
  const lanes = createLanes(limits.perHost, send)
  const take = async (): Promise<number> => {
    for (let taken = 0; ;) {
      const limit = limits.total - lanes.size()
      if (limit <= 0 || isStopped) return taken
      const { perHost, leaseMs } = limits
      const claim = { now: ctx.clock.now(), leaseMs, limit, perHost, busy: lanes.full() }
      const claimed = await ctx.store.write((tx) => claimDeliveries(tx, claim))
      if (claimed.length === 0) return taken
      taken += claimed.length
      await peers.load(claimed.map((delivery) => delivery.host))
      for (const delivery of claimed) lanes.add(delivery)
    }
  }
  const settled = async (): Promise<void> => {
    while (lanes.size() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await results.flushed()
  }
  return {
    take() {
      taking ??= take().finally(() => (taking = undefined))
      return taking
    },
    settled,
    async stop(patienceMs) {
      isStopped = true
      await taking?.catch(() => 0)
      for (const delivery of lanes.clear()) {
        results.add({ delivery, peer: await peers.get(delivery.host), outcome: { kind: 'released' } })
      }
      const impatient = setTimeout(() => aborting.abort(), patienceMs)
      await settled()
      clearTimeout(impatient)
    },
  }
}

const unforeseen: Posted = { outcome: { kind: 'later', reason: 'Internal trouble', hostFault: false } }

function createPost(ctx: Context, outgoing: Outgoing, timeoutMs: number): Post {
  const keys = createSigningKeys(ctx.store.read)
  return {
    ctx,
    outgoing,
    keys,
    bodies: createBodies(ctx, keys),
    digests: createFollowersDigests(ctx),
    timeoutMs,
  }
}
