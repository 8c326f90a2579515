// Followers synchronisation (FEP-8fcf): notices when another server counts other followers among our people than we do.
import { createLru } from '../../../lib/lru.ts'
import { accountOfId } from '../../../domain/federation/find-remote.ts'
import {
  MAX_COMPARED,
  acceptedFollowerUris,
  agreeOnFollowers,
} from '../../../domain/follows/agree-on-followers.ts'
import type { NewJob } from '../../../domain/ports.ts'
import { Refusal } from '../../../model/refusal.ts'
import { followersDigest } from '../deliver/followers-digest.ts'
import { FETCH_QUEUE } from '../remote/actors.ts'
import { createAllowance } from '../remote/allowances.ts'
import { readCollection } from '../remote/collection.ts'
import type { Reach } from '../remote/resolve.ts'
import { idsOf, sameOrigin, webId } from '../wire.ts'
import type { World } from '../world.ts'

export const SYNCHRONIZE_FOLLOWERS = 'synchronize-followers'

export interface SynchronizeJob {
  accountId: number
  url: string
  digest: string
}

/** What a `Collection-Synchronization` header says. */
export interface Synchronization {
  collectionId: string
  url: string
  digest: string
}

const MAX_HEADER = 5000
const KEEP_MS = 300_000
const AGAIN_MS = 15 * 60_000

/** Reads the header; undefined for anything malformed. */
export function readSynchronization(header: string | undefined): Synchronization | undefined {
  if (header === undefined || header.length > MAX_HEADER) return undefined
  const parameters = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  const collectionId = webId(parameters.get('collectionId'))
  const url = webId(parameters.get('url'))
  const digest = parameters.get('digest')?.toLowerCase()
  if (collectionId === undefined || url === undefined || !/^[0-9a-f]{64}$/.test(digest ?? ''))
    return undefined
  return { collectionId, url, digest: digest ?? '' }
}

/** Gives the job to be done where the digest of an actor's followers here differs from ours; asked of each actor now and then. */
export type NoticeFollowers = (accountId: number, header: string | undefined) => Promise<NewJob | undefined>

export function createNoticeFollowers(world: World): NoticeFollowers {
  const digests = createLru<number, string>({ max: 5000, ttl: KEEP_MS })
  const again = createAllowance(world.clock, 1, AGAIN_MS)
  return async (accountId, header) => {
    const said = readSynchronization(header)
    if (!said) return undefined
    const own = digests.get(accountId) ?? (await ownDigest(world, accountId))
    if (own === undefined || own === said.digest) return undefined
    digests.delete(accountId)
    const account = await accountOfId(world, accountId)
    if (account?.followers_uri !== said.collectionId || !sameOrigin(said.url, account.uri)) return undefined
    if (!again.take(String(accountId))) return undefined
    const payload: SynchronizeJob = { accountId, url: said.url, digest: said.digest }
    return {
      queue: FETCH_QUEUE,
      kind: SYNCHRONIZE_FOLLOWERS,
      payload,
      key: `${SYNCHRONIZE_FOLLOWERS} ${accountId}`,
    }
  }
  async function ownDigest(from: World, accountId: number): Promise<string | undefined> {
    const uris = await acceptedFollowerUris(from, accountId)
    if (uris === undefined) return undefined
    const digest = followersDigest(uris)
    digests.set(accountId, digest)
    return digest
  }
}

/** The job: fetches the list that is meant for us; a list that is cut short changes nothing. */
export async function synchronizeFollowers(world: World, reach: Reach, job: SynchronizeJob): Promise<void> {
  const uris = await acceptedFollowerUris(world, job.accountId)
  if (uris === undefined || followersDigest(uris) === job.digest) return
  try {
    const limits = { pages: 20, items: MAX_COMPARED }
    const { items, isWhole } = await readCollection(reach.fetcher, job.url, limits)
    if (isWhole) await agreeOnFollowers(world, job.accountId, idsOf(items, MAX_COMPARED))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.log.debug({ error, url: job.url }, 'a list of followers could not be fetched')
  }
}
