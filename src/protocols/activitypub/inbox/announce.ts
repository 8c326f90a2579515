// Announce: a boost; from a group also an activity that somebody else did (FEP-1b12); from a relay only a hint.
import { receiveBoost } from '../../../domain/posts/boost-post.ts'
import { isRelayActor } from '../../../domain/moderation/relays.ts'
import { accountOfId } from '../../../domain/federation/find-remote.ts'
import { readAudience } from '../read/audience.ts'
import { typesOf } from '../wire.ts'
import { forward } from './forward.ts'
import { anyPost } from './subject.ts'
import { isSpreadActivity, spread } from './spread.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function announce(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const { id, object, objectUri, actorUri } = activity
  if (objectUri === undefined) return ignored('it names no object')
  if (isSpreadActivity(typesOf(object))) return spread(work)
  const post = await anyPost(work, objectUri)
  if (!post) return ignored('the post cannot be had from its own server')
  if (await isRelayActor(world, actorUri)) return 'done'
  if (id === undefined) return ignored('it has no id')
  const now = world.clock.now()
  const { audience } = readAudience(activity.json, actorUri, { now })
  const boost = await receiveBoost(world, {
    uri: id,
    accountId: actorId,
    postId: post.id,
    publishedAt: Math.min(activity.publishedAt ?? now, now),
    audience: audience === 'public' || audience === 'unlisted' ? audience : 'followers',
  })
  const author = await accountOfId(world, post.account_id)
  if (boost.isNew && author?.domain === '') await forward(work, post.id)
  return 'done'
}
