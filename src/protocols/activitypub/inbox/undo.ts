// Undo: takes back what the same actor did before.
import { withdrawAnswer } from '../../../domain/events/answer-event.ts'
import { followOfUri } from '../../../domain/federation/find-remote.ts'
import { rejectFollow } from '../../../domain/follows/answer-follow.ts'
import { unblockAccount } from '../../../domain/follows/block-account.ts'
import { unfollowAccount } from '../../../domain/follows/unfollow-account.ts'
import { rememberDeleted } from '../../../domain/posts/delete-post.ts'
import { undoBoost, undoReceivedBoost } from '../../../domain/posts/undo-boost.ts'
import { undoReaction, undoReceivedReaction } from '../../../domain/reactions/undo-reaction.ts'
import { readActivity } from '../read/activity.ts'
import { isIgnored } from '../read/reading.ts'
import { idOf, member, sameOrigin, typeOf } from '../wire.ts'
import { forward } from './forward.ts'
import { closeOrOpen } from './lock.ts'
import { kindOf } from './react.ts'
import { knownPost, localAccount } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function undo(work: Work): Promise<Outcome> {
  const { object, objectUri, actorUri } = work.activity
  const doer = idOf(member(object, 'actor'))
  if (doer !== undefined && doer !== actorUri) return ignored('only who did something can undo it')
  if (objectUri !== undefined && !sameOrigin(objectUri, actorUri))
    return ignored('what it undoes is of another server')
  switch (typeOf(object)) {
    case 'Follow':
      return undoFollow(work)
    case 'Like':
    case 'Dislike':
    case 'EmojiReact':
      return undoReactionOf(work)
    case 'Announce':
      return undoAnnounce(work)
    case 'Block': {
      const target = await localAccount(work, subjectUri(work))
      const isUndone = target && (await unblockAccount(work.world, work.actorId, target.id))
      return isUndone ? 'done' : ignored('there was no block')
    }
    case 'Accept':
    case 'TentativeAccept':
    case 'Join':
    case 'Reject':
      return undoAnswer(work)
    case 'Lock':
      return closeOrOpen(work, subjectUri(work), false)
    case '':
      return undoByUri(work)
    default:
      return ignored(`there is nothing to undo of ${typeOf(object)}`)
  }
}

/** What the undone activity was about. */
function subjectUri({ activity }: Work): string | undefined {
  return idOf(member(activity.object, 'object'))
}

async function undoFollow(work: Work): Promise<Outcome> {
  const { world, actorId, activity } = work
  const target = await localAccount(work, subjectUri(work))
  if (target)
    return (await unfollowAccount(world, actorId, target.id)) ? 'done' : ignored('there was no follow')
  const follow = activity.objectUri === undefined ? undefined : await followOfUri(world, activity.objectUri)
  if (follow?.account_id !== actorId) return ignored('there was no follow')
  return (await unfollowAccount(world, actorId, follow.target_id)) ? 'done' : ignored('there was no follow')
}

async function undoReactionOf(work: Work): Promise<Outcome> {
  const { world, actorId, activity } = work
  const post = await knownPost(work, subjectUri(work))
  if (post?.local === 1) await forward(work, post.id)
  if (activity.objectUri !== undefined && (await undoReceivedReaction(world, activity.objectUri, actorId)))
    return 'done'
  const inner = readActivity({ ...activity.object, actor: activity.actorUri })
  if (!post || isIgnored(inner)) return ignored('there was no reaction')
  const kind = await kindOf({ ...work, activity: inner })
  const isUndone = await undoReaction(world, {
    accountId: actorId,
    postId: post.id,
    kind: kind.kind,
    ...(kind.emoji === undefined ? {} : { emoji: kind.emoji }),
  })
  return isUndone ? 'done' : ignored('there was no reaction')
}

/** A boost that has not arrived yet is remembered as undone, so that a late one does nothing. */
async function undoAnnounce(work: Work): Promise<Outcome> {
  const { world, actorId, activity } = work
  const { objectUri } = activity
  const post = await knownPost(work, subjectUri(work))
  if (post?.local === 1) await forward(work, post.id)
  if (objectUri !== undefined && (await undoReceivedBoost(world, objectUri, actorId))) return 'done'
  if (post && (await undoBoost(world, actorId, post.id))) return 'done'
  if (objectUri === undefined) return ignored('there was no boost')
  await rememberDeleted(world, objectUri)
  return 'done'
}

async function undoAnswer(work: Work): Promise<Outcome> {
  const { world, actorId, activity } = work
  const { object } = activity
  const answeredObject = member(object, 'object')
  const event = await knownPost(work, idOf(answeredObject))
  if (event?.kind === 'event')
    return (await withdrawAnswer(world, actorId, event.id)) ? 'done' : ignored('there was no answer')
  const follower = await localAccount(work, idOf(member(answeredObject, 'actor')))
  const isFollow = typeOf(object) === 'Accept' && follower !== undefined
  return isFollow && (await rejectFollow(world, actorId, follower.id))
    ? 'done'
    : ignored('there was no answer')
}

/** Nothing but an address: whatever this actor did under it. */
async function undoByUri(work: Work): Promise<Outcome> {
  const { world, actorId, activity } = work
  const { objectUri } = activity
  if (objectUri === undefined) return ignored('it names nothing')
  const follow = await followOfUri(world, objectUri)
  if (follow) return undoFollow(work)
  const isUndone =
    (await undoReceivedBoost(world, objectUri, actorId)) ||
    (await undoReceivedReaction(world, objectUri, actorId))
  return isUndone ? 'done' : ignored('what it undoes is not known here')
}
