// Handles on arrival what is most common and needs nobody else: a post by its own author that refers to nothing unknown.
import { acceptPost } from '../../../domain/federation/accept-post.ts'
import type { Arrival } from '../../../domain/federation/accept-activity.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { IncomingPost } from '../../../model/post.ts'
import type { IncomingActivity } from '../read/activity.ts'
import { isChatMessage } from '../read/chat-message.ts'
import { isPostType, readAuthor } from '../read/note.ts'
import { readVote } from '../read/poll.ts'
import { isIgnored } from '../read/reading.ts'
import type { Reach } from '../remote/resolve.ts'
import { isObject, sameOrigin } from '../wire.ts'
import type { World } from '../world.ts'
import { knownPost } from './subject.ts'

/** An activity that its actor signed. */
export interface Prompt {
  activity: IncomingActivity
  arrival: Arrival
  deliveredTo?: number
}

/** False where a job has to see to it: what needs the network, is no plain post, or is refused (the job says why). */
export async function handleAtOnce(world: World, reach: Reach, prompt: Prompt): Promise<boolean> {
  const { activity, arrival, deliveredTo } = prompt
  if (!isOwnPost(activity)) return false
  const incoming = await reach.posts.read(activity.object, { envelope: activity.json })
  if (isIgnored(incoming) || !(await isSelfContained(world, activity, incoming))) return false
  try {
    const isNew = await acceptPost(world, arrival, incoming, deliveredTo === undefined ? {} : { deliveredTo })
    if (isNew) world.metrics?.inbox('Create', 'done')
    return true
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'unavailable' || error.code === 'too-many')) throw error
    world.log.debug({ error, id: activity.id }, 'a post could not be taken in on arrival')
    return false
  }
}

function isOwnPost({ type, object, objectUri, actorUri }: IncomingActivity): boolean {
  if (type !== 'Create' || objectUri === undefined || !isObject(object)) return false
  if (!sameOrigin(objectUri, actorUri) || readAuthor(object) !== actorUri) return false
  return !readVote(object) && (isPostType(object) || isChatMessage(object))
}

/** Groups, quotes and unknown parents are fetched first; what answers our people may have to be passed on. */
async function isSelfContained(
  world: World,
  activity: IncomingActivity,
  { groupUri, quoteUri, inReplyToUri }: IncomingPost,
): Promise<boolean> {
  if (groupUri !== undefined || quoteUri !== undefined) return false
  if (inReplyToUri === undefined) return true
  const parent = await knownPost({ world }, inReplyToUri)
  return parent !== undefined && !(activity.signed && parent.local === 1)
}
