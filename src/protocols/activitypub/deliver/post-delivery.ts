// Sends one delivery: one signed POST, and one more in the other signature dialect where the first was not understood.
import type { Context } from '../../../domain/context.ts'
import type { Outgoing } from '../../../platform/outgoing.ts'
import type { Delivery } from '../../../domain/federation/deliveries.ts'
import { signRequest } from '../signing/request-signature.ts'
import type { SignatureDialect } from '../signing/types.ts'
import { ACTIVITY_JSON } from '../wire.ts'
import type { Bodies } from './bodies.ts'
import type { FollowersDigests } from './followers-digest.ts'
import { judgeAnswer, judgeError } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { Peer } from './peers.ts'
import type { LoadedKey, SigningKeys } from './signing-keys.ts'

export interface Post {
  ctx: Context
  outgoing: Outgoing
  bodies: Bodies
  keys: SigningKeys
  digests: FollowersDigests
  /** For everything: some servers work through an activity before they answer. */
  timeoutMs: number
}

const KNOCK_PAUSE_MS = 3_600_000

/** What became of a delivery, and the dialect that the host was newly seen to understand. */
export interface Posted {
  outcome: Outcome
  learned?: SignatureDialect
}

export async function postDelivery(
  post: Post,
  delivery: Delivery,
  peer: Peer,
  signal: AbortSignal,
): Promise<Posted> {
  const body = await post.bodies.find(delivery.activityId)
  const key = body && (await post.keys.find(body.accountId, 'rsa'))
  if (!body || !key) return { outcome: { kind: 'refused', reason: 'The activity or its key is gone' } }
  const { accountId, bytes, followersUri } = body
  const extra =
    followersUri === undefined
      ? {}
      : { 'collection-synchronization': await post.digests.header(accountId, followersUri, delivery.host) }
  const attempt = (dialect: SignatureDialect): Promise<Attempt> =>
    tryOnce(post, { inbox: delivery.inbox, body: bytes, extra, key, dialect, signal })
  const first = await attempt(peer.dialect)
  const now = post.ctx.clock.now()
  const misunderstood = first.status === 401 || first.status === 400
  if (!misunderstood || now < peer.noKnockUntil) {
    const learned = first.outcome.kind === 'done' && !peer.proven ? { learned: peer.dialect } : {}
    return { outcome: first.outcome, ...learned }
  }
  const other = peer.dialect === 'cavage' ? 'rfc9421' : 'cavage'
  peer.noKnockUntil = now + KNOCK_PAUSE_MS
  const second = await attempt(other)
  return second.outcome.kind === 'done'
    ? { outcome: second.outcome, learned: other }
    : { outcome: first.outcome }
}

interface Attempt {
  status: number
  outcome: Outcome
}

interface SignedPost {
  inbox: string
  body: Buffer
  extra: Record<string, string>
  key: LoadedKey
  dialect: SignatureDialect
  signal: AbortSignal
}

async function tryOnce({ ctx, outgoing, timeoutMs }: Post, request: SignedPost): Promise<Attempt> {
  const { key, dialect, body, extra } = request
  const type = { 'content-type': ACTIVITY_JSON }
  try {
    const answer = await outgoing.postOnce(request.inbox, {
      body,
      headers: { ...type, ...extra },
      timeoutMs,
      signal: request.signal,
      sign: ({ method, url }) =>
        signRequest({ method, url, headers: type, body }, { ...key, dialect }, ctx.clock.now()),
    })
    return { status: answer.status, outcome: judgeAnswer(answer, ctx.clock.now()) }
  } catch (error) {
    return { status: 0, outcome: judgeError(error) }
  }
}
