// Takes delivered activities in: every check in its order, then one transaction that keeps or handles the activity, then 202.
import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { acceptActivity } from '../../../domain/federation/accept-activity.ts'
import { accountOfHandle, accountOfUri } from '../../../domain/federation/find-remote.ts'
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import type { NewJob } from '../../../domain/ports.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { readBody } from '../../../platform/http-server.ts'
import type { ServerEnv } from '../../../platform/http-server.ts'
import { readActivity } from '../read/activity.ts'
import type { IncomingActivity } from '../read/activity.ts'
import { isIgnored } from '../read/reading.ts'
import { FETCH_QUEUE, MAX_URI, REFRESH_ACCOUNT, STALE_MS } from '../remote/actors.ts'
import type { FoundKey } from '../remote/keys.ts'
import type { Reach } from '../remote/resolve.ts'
import { createAllowance } from '../remote/allowances.ts'
import { receivedParts } from '../remote/received-parts.ts'
import { siteOf } from '../remote/site.ts'
import { readSignature, verifySignature } from '../signing/request-signature.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import type { ParsedSignature, ReceivedRequest } from '../signing/types.ts'
import { sameOrigin } from '../wire.ts'
import type { World } from '../world.ts'
import { handleAtOnce } from './at-once.ts'
import { createNoticeFollowers } from './synchronize.ts'

export const INBOX_QUEUE = 'inbox'
export const HANDLE_ACTIVITY = 'activity'

/** What the job of an activity holds. */
export interface ActivityJob {
  body: string
  /** Whose key signed the request. */
  signerUri: string
  signerId: number
  deliveredTo?: number
}

export type Env = { Bindings: ServerEnv }

const MAX_BODY = 1024 * 1024
const FORWARDS_OF_SITE = { times: 300, periodMs: 60_000 }

/** Handles a POST to an inbox; `username` names the local account whose own inbox it is. Throws Refusal or Unreachable. */
export type Receive = (c: HonoContext<Env>, username?: string) => Promise<'accepted'>

export function createReceive(world: World, reach: Reach): Receive {
  const forwards = createAllowance(world.clock, FORWARDS_OF_SITE.times, FORWARDS_OF_SITE.periodMs)
  const noticeFollowers = createNoticeFollowers(world)

  return async (c, username) => {
    const request = await readRequest(world, c)
    const signature = signatureOf(request, world.clock.now())
    await refuseSuspended(world, signature.keyId)
    const known = await reach.keys.known(signature.keyId)
    if (!known && (await isDeleteOfUnknown(world, request))) return 'accepted'
    const key = await verify({ world, reach }, request, signature, known)
    const activity = readVerified(request)
    const isForwarded = activity.actorUri !== key.actorUri
    if (isForwarded) checkForwarded(activity, forwards.take(siteOf(key.actorUri)))
    const to = username === undefined ? {} : { deliveredTo: await localAccount(world, username) }
    const jobs: NewJob[] = []
    if (world.clock.now() - key.fetchedAt > STALE_MS) jobs.push(refreshJob(world, key))
    const header = c.req.header('collection-synchronization')
    const followersJob = header === undefined ? undefined : await noticeFollowers(key.accountId, header)
    if (followersJob) jobs.push(followersJob)
    const uri = nameOf(activity, request.body, isForwarded)
    const prompt = { activity, arrival: { uri, jobs }, ...to }
    if (!isForwarded && (await handleAtOnce(world, reach, prompt))) return 'accepted'
    const job: ActivityJob = {
      body: request.body.toString(),
      signerUri: key.actorUri,
      signerId: key.accountId,
      ...to,
    }
    jobs.unshift({ queue: INBOX_QUEUE, kind: HANDLE_ACTIVITY, payload: job })
    await acceptActivity(world, { uri, jobs })
    return 'accepted'
  }
}

interface WholeRequest extends ReceivedRequest {
  body: Buffer
}

/** Size, kind and signature header are judged before a byte of the body is looked at. */
async function readRequest(world: World, c: HonoContext<Env>): Promise<WholeRequest> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/activity+json' && type !== 'application/ld+json')
    throw new Refusal('unsupported', 'Send activities as application/activity+json')
  if (c.req.header('signature') === undefined) throw new Refusal('unauthorized', 'The request is not signed')
  const body = await readBody(c.req.raw, MAX_BODY)
  return { method: 'POST', ...receivedParts(world, c), body }
}

function signatureOf(request: WholeRequest, now: number): ParsedSignature {
  try {
    const signature = readSignature(request, now)
    if (signature) return signature
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'unsupported') throw error
    throw new Refusal('unauthorized', error.safeText, error)
  }
  throw new Refusal('unauthorized', 'The request is not signed')
}

/** A key that cannot be had proves nothing, for whatever reason. */
async function ask<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('unauthorized', 'The key of the signature cannot be found', error)
  }
}

/** The key's owner, once the signature holds: by the key as we know it, else by the key as its server has it now. */
async function verify(
  { world, reach }: { world: World; reach: Reach },
  request: WholeRequest,
  signature: ParsedSignature,
  known: FoundKey | undefined,
): Promise<FoundKey> {
  const { keyId } = signature
  const now = world.clock.now()
  const key = known ?? (await ask(() => reach.keys.find(keyId)))
  if (verifySignature(request, signature, key.publicKey, now)) return key
  const fresh = known ? await ask(() => reach.keys.refetch(keyId)) : undefined
  const isNew = fresh !== undefined && !fresh.publicKey.equals(key.publicKey)
  if (isNew && verifySignature(request, signature, fresh.publicKey, now)) return fresh
  throw new Refusal('unauthorized', 'The signature does not fit the request')
}

/** Accounts that end tell every server that ever knew them; where they were never known, nothing is asked and nothing done. */
async function isDeleteOfUnknown(world: World, request: WholeRequest): Promise<boolean> {
  const activity = readVerified(request)
  if (activity.type !== 'Delete' || activity.objectUri !== activity.actorUri) return false
  return (await accountOfUri(world, activity.actorUri)) === undefined
}

function readVerified(request: WholeRequest): IncomingActivity {
  const activity = readActivity(parseDocument(request.body))
  if (isIgnored(activity)) throw new Refusal('invalid', `This is no activity: ${activity.ignored}`)
  if (activity.id !== undefined && !sameOrigin(activity.id, activity.actorUri))
    throw new Refusal('forbidden', 'The activity and its actor belong to different servers')
  return activity
}

/** Something passed on by somebody else is only a hint: it is looked up at its own server, so there must be something to look up. */
function checkForwarded(activity: IncomingActivity, isAllowed: boolean): void {
  if (activity.objectUri === undefined || (!activity.signed && !activity.proved))
    throw new Refusal('unauthorized', 'The signature is not that of the actor')
  if (!isAllowed) throw new Refusal('too-many', 'Too much is passed on by this server')
}

async function localAccount(world: World, username: string): Promise<number> {
  const account = await accountOfHandle(world, username, '')
  if (!account) throw new Refusal('not-found', 'There is no such account here')
  if (account.deleted_at !== null) throw new Refusal('gone', 'This account is gone')
  return account.id
}

function refreshJob(world: World, key: FoundKey): NewJob {
  key.fetchedAt = world.clock.now()
  return {
    queue: FETCH_QUEUE,
    kind: REFRESH_ACCOUNT,
    payload: { uri: key.actorUri },
    key: `${REFRESH_ACCOUNT} ${key.actorUri}`.slice(0, 500),
  }
}

/** What a copy has in common with the first one. What somebody else passes on never stands in the way of the original. */
function nameOf(activity: IncomingActivity, body: Buffer, isForwarded: boolean): string {
  const { id } = activity
  const isNamed = id !== undefined && Buffer.byteLength(id) <= MAX_URI - 20
  const name = isNamed ? id : `sha256:${createHash('sha256').update(body).digest('hex')}`
  return isForwarded ? `forwarded ${name}` : name
}

/** The HTTP status and headers for what `Receive` throws. */
export function statusOf(error: Refusal | Unreachable): 400 | 401 | 403 | 404 | 410 | 413 | 415 | 429 | 503 {
  if (error instanceof Unreachable) return 503
  const statuses = {
    invalid: 400,
    unauthorized: 401,
    forbidden: 403,
    'not-found': 404,
    gone: 410,
    conflict: 400,
    'too-large': 413,
    'too-many': 429,
    unavailable: 503,
    unsupported: 415,
  } as const
  return statuses[error.code]
}
