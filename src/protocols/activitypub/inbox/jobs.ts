// Registers the work that arrivals and look-ups put off.
import { removeRemoteAccount } from '../../../domain/accounts/remove-remote-account.ts'
import { Refusal } from '../../../model/refusal.ts'
import { FETCH_QUEUE, REFRESH_ACCOUNT } from '../remote/actors.ts'
import { COMPLETE_ACCOUNT } from '../remote/complete-account.ts'
import { DESCRIBE_HOST } from '../remote/describe-host.ts'
import type { Reach } from '../remote/resolve.ts'
import { COMPLETE_THREAD, FETCH_PARENT } from '../remote/threads.ts'
import type { World } from '../world.ts'
import { handleActivity } from './handle.ts'
import { HANDLE_ACTIVITY, INBOX_QUEUE } from './receive.ts'
import type { ActivityJob } from './receive.ts'
import { SYNCHRONIZE_FOLLOWERS, synchronizeFollowers } from './synchronize.ts'
import type { SynchronizeJob } from './synchronize.ts'

const INBOX = { queue: INBOX_QUEUE, concurrency: 16, maxAttempts: 8, timeoutMs: 120_000 }
const FETCH = { queue: FETCH_QUEUE, concurrency: 8, maxAttempts: 4, timeoutMs: 240_000 }

/** Call once, before the job runner starts. */
export function registerInboxJobs(world: World, reach: Reach): void {
  const { jobs } = world
  jobs.register(
    HANDLE_ACTIVITY,
    { single: (job) => handleActivity(world, reach, job.payload as ActivityJob) },
    INBOX,
  )
  jobs.register(
    REFRESH_ACCOUNT,
    { single: (job) => refresh(world, reach, (job.payload as { uri: string }).uri) },
    FETCH,
  )
  jobs.register(
    DESCRIBE_HOST,
    { single: (job) => reach.hosts.describe((job.payload as { origin: string }).origin) },
    FETCH,
  )
  jobs.register(
    COMPLETE_ACCOUNT,
    { single: (job) => reach.complete((job.payload as { accountId: number }).accountId) },
    FETCH,
  )
  jobs.register(
    SYNCHRONIZE_FOLLOWERS,
    { single: (job) => synchronizeFollowers(world, reach, job.payload as SynchronizeJob) },
    FETCH,
  )
  jobs.register(
    FETCH_PARENT,
    { single: (job) => reach.threads.fetchParent(job.payload as { uri: string; climb: number }) },
    FETCH,
  )
  jobs.register(
    COMPLETE_THREAD,
    { single: (job) => reach.threads.complete(job.payload as { postId: number }) },
    FETCH,
  )
}

/** An account whose own server says that it is gone is gone here as well; what is refused otherwise stays as it is. */
async function refresh(world: World, reach: Reach, uri: string): Promise<void> {
  try {
    await reach.actors.find(uri, { fresh: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'gone') await removeRemoteAccount(world, uri)
    else world.log.debug({ error, uri }, 'an account could not be fetched anew')
  }
}
