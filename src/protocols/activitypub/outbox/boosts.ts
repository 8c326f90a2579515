// Tells of boosts and of boosts taken back.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findPost, loadReferred } from '../../../domain/federation/outgoing-rows.ts'
import { PUBLIC } from '../wire.ts'
import { writeAnnounce, writeUndo } from '../write/activity.ts'
import type { Addressing, Document } from '../write/types.ts'
import { localSpeaker, tell } from './tell.ts'

export async function postBoosted(ctx: Context, tx: Tx, fact: FactOf<'post-boosted'>): Promise<void> {
  const boost = await findPost(tx, fact.boostId)
  const booster = await localSpeaker(tx, fact.accountId)
  const original = (await loadReferred(tx, [fact.postId])).get(fact.postId)
  if (!boost || !booster || !original || boost.local_only === 1) return
  const activity = writeBoost({
    uri: boost.uri,
    actor: booster.uri,
    followersUri: booster.followersUri ?? ctx.urls.followers(booster.username),
    audience: boost.audience,
    originalUri: original.uri,
    authorUri: original.authorUri,
    publishedAt: boost.published_at,
  })
  const recipients = {
    followersOf: [fact.accountId],
    accountIds: [original.accountId],
    relays: boost.audience === 'public',
  }
  await tell(ctx, tx, { accountId: fact.accountId, activity, recipients })
}

export async function boostUndone(ctx: Context, tx: Tx, fact: FactOf<'boost-undone'>): Promise<void> {
  const { boost } = fact
  const booster =
    boost.local && !boost.localOnly
      ? await localSpeaker(tx, boost.accountId, { evenSuspended: true })
      : undefined
  if (!booster) return
  const announce = writeBoost({
    uri: boost.uri,
    actor: booster.uri,
    followersUri: booster.followersUri ?? ctx.urls.followers(booster.username),
    audience: boost.audience,
    originalUri: fact.originalUri,
  })
  const recipients = {
    followersOf: [boost.accountId],
    accountIds: [fact.originalAuthorId],
    relays: boost.audience === 'public',
  }
  await tell(ctx, tx, { accountId: boost.accountId, activity: writeUndo(announce), recipients })
}

interface Boost {
  uri: string
  actor: string
  followersUri: string
  audience: string
  originalUri: string
  authorUri?: string
  publishedAt?: number
}

/** The Announce of a boost. */
export function writeBoost(boost: Boost): Document {
  const { uri, actor, audience, followersUri, publishedAt } = boost
  const author = boost.authorUri === undefined ? [] : [boost.authorUri]
  const addressing: Addressing =
    audience === 'public'
      ? { to: [PUBLIC], cc: [followersUri, ...author] }
      : { to: [followersUri], cc: [...(audience === 'unlisted' ? [PUBLIC] : []), ...author] }
  const envelope = { id: uri, actor, addressing, ...(publishedAt === undefined ? {} : { publishedAt }) }
  return writeAnnounce(envelope, boost.originalUri)
}
