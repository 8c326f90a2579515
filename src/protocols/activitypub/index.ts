// The plug of ActivityPub: what this server answers, tells and finds over it.
import { instanceName } from '../../domain/accounts/instance-account.ts'
import { forgetActivities } from '../../domain/federation/accept-activity.ts'
import { nextDeliveryAt } from '../../domain/federation/deliveries.ts'
import { FEDERATION_JOBS } from '../../domain/federation/federation-jobs.ts'
import { FOLLOW_RELAY, RELAY_QUEUE, UNFOLLOW_RELAY } from '../../domain/moderation/relays.ts'
import type { RelayJob } from '../../domain/moderation/relays.ts'
import { ARCHIVES_QUEUE, MAKE_ARCHIVE } from '../../domain/portability/archive/request-archive.ts'
import { archiveAccount } from './archive.ts'
import type { DiscoveryLink, Protocol } from '../protocol.ts'
import { createDeliverer } from './deliver.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { registerInboxJobs } from './inbox/jobs.ts'
import { outbox, outboxJobs } from './outbox.ts'
import { tellRelay } from './remote/tell-relay.ts'
import { createReach } from './remote/resolve.ts'
import { createVerifyRequest } from './remote/verify-request.ts'
import { addRoutes } from './routes.ts'
import { ACTIVITY_JSON, LD_JSON } from './wire.ts'
import type { World } from './world.ts'

export type { World } from './world.ts'

/** Clearing an account of a hundred thousand posts away takes a while. */
const HOUR_MS = 3_600_000

/** Registers its jobs with the runner; call before that starts. */
export function createActivityPub(world: World): Protocol {
  const reach = createReach(world)
  const deliverer = createDeliverer(world, world.outgoing)
  registerJobs(world, reach)
  return {
    name: 'activitypub',
    routes(server) {
      inboxRoutes(server, world, reach)
      addRoutes(server, world, createVerifyRequest(world, reach.keys))
    },
    on: outbox,
    resolve: reach.remote,
    links: (account) => links(world, account.username),
    start() {
      deliverer.start()
      const timer = setInterval(() => void forget(world), HOUR_MS)
      return () => {
        clearInterval(timer)
        return deliverer.stop()
      }
    },
    async settle() {
      const due = await nextDeliveryAt(world.store.read, world.clock.now())
      if (due === undefined || due > world.clock.now()) return false
      await deliverer.idle()
      return true
    },
  }
}

const ARCHIVE_ATTEMPTS = 3

function registerJobs(world: World, reach: ReturnType<typeof createReach>): void {
  registerInboxJobs(world, reach)
  for (const job of [...outboxJobs, ...FEDERATION_JOBS])
    world.jobs.register(
      job.kind,
      { single: ({ payload }) => job.run(world, payload) },
      { queue: job.queue, timeoutMs: HOUR_MS },
    )
  world.jobs.register(
    MAKE_ARCHIVE,
    {
      single: ({ payload, attempts }) =>
        archiveAccount(world, {
          id: (payload as { id: number }).id,
          isLast: attempts >= ARCHIVE_ATTEMPTS,
        }),
    },
    { queue: ARCHIVES_QUEUE, concurrency: 1, maxAttempts: ARCHIVE_ATTEMPTS, timeoutMs: 6 * HOUR_MS },
  )
  for (const kind of [FOLLOW_RELAY, UNFOLLOW_RELAY])
    world.jobs.register(
      kind,
      {
        single: ({ payload }) => tellRelay(world, reach.actors, payload as RelayJob, kind === UNFOLLOW_RELAY),
      },
      { queue: RELAY_QUEUE },
    )
}

async function forget(world: World): Promise<void> {
  try {
    await forgetActivities(world)
  } catch (error) {
    world.log.warn({ error }, 'old activities could not be forgotten')
  }
}

function links({ urls, config }: World, username: string): DiscoveryLink[] {
  const href = username === instanceName(config.domain) ? urls.instanceActor : urls.account(username)
  return [
    { rel: 'self', type: ACTIVITY_JSON, href },
    { rel: 'self', type: LD_JSON, href },
  ]
}
