// Create: a post, an answer, a direct message, or a vote in a poll of ours.
import { receiveVote } from '../../../domain/polls/vote-poll.ts'
import { isChatMessage } from '../read/chat-message.ts'
import { isPostType, readAuthor } from '../read/note.ts'
import { readVote } from '../read/poll.ts'
import { isObject, sameOrigin } from '../wire.ts'
import { forwardUnder } from './forward.ts'
import { anyPost, knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function create(work: Work): Promise<Outcome> {
  const { activity, reach } = work
  const { object, objectUri, actorUri } = activity
  if (objectUri === undefined) return ignored('it names no object')
  const isOwn = isObject(object) && sameOrigin(objectUri, actorUri) && readAuthor(object) === actorUri
  if (!isOwn) return fetchInstead(work, objectUri)
  const vote = readVote(object)
  if (vote) return takeVote(work, vote)
  if (!isPostType(object) && !isChatMessage(object)) return ignored('its object is no post')
  const taken = await reach.posts.take(object, {
    envelope: activity.json,
    byAuthor: true,
    ...(work.deliveredTo === undefined ? {} : { deliveredTo: work.deliveredTo }),
  })
  if ('ignored' in taken) return taken
  if (taken.isNew) await forwardUnder(work, taken.postId)
  return 'done'
}

/** An object that its actor cannot vouch for is looked up where it lives. */
async function fetchInstead(work: Work, objectUri: string): Promise<Outcome> {
  return (await anyPost(work, objectUri)) ? 'done' : ignored('its object cannot be had from its own server')
}

async function takeVote(work: Work, vote: NonNullable<ReturnType<typeof readVote>>): Promise<Outcome> {
  if (vote.voterUri !== work.activity.actorUri) return ignored('somebody votes for somebody else')
  const post = await knownPost(work, vote.pollUri)
  if (post?.local !== 1) return ignored('it is a vote in a poll that is not ours')
  const isCounted = await receiveVote(work.world, {
    accountId: work.actorId,
    postId: post.id,
    title: vote.choice,
    uri: vote.uri,
  })
  return isCounted ? 'done' : ignored('the poll has ended, has no such option, or was voted in before')
}
