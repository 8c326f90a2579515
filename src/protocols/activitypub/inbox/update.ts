// Update: a new version of a post or of the actor itself, by nobody but its author.
import { updateReceivedPost } from '../../../domain/posts/update-received-post.ts'
import { isActorType } from '../read/actor.ts'
import { isPostType, readAuthor } from '../read/note.ts'
import { isIgnored } from '../read/reading.ts'
import { settleUpdatedQuote } from '../remote/quote-authorization.ts'
import { isObject, member, sameOrigin, typesOf } from '../wire.ts'
import { remove } from './delete.ts'
import { forwardUnder } from './forward.ts'
import { knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function update(work: Work): Promise<Outcome> {
  const { activity } = work
  const { object, objectUri, actorUri } = activity
  if (objectUri === undefined) return ignored('it names no object')
  if (objectUri === actorUri) return updateActor(work, object)
  if (!sameOrigin(objectUri, actorUri)) return ignored('its object lives on another server')
  if (typesOf(object).includes('Tombstone')) return remove(work)
  const isOwn = isObject(object) && isPostType(object) && readAuthor(object) === actorUri
  return isOwn ? updatePost(work, object) : updateFromHome(work, objectUri)
}

/** A complete document is believed, as its own key signed it; anything else is a reason to fetch it. */
async function updateActor({ reach, activity }: Work, object: unknown): Promise<Outcome> {
  const isWhole = isObject(object) && isActorType(object) && member(object, 'inbox') !== undefined
  if (isWhole && Object.hasOwn(object, 'publicKey'))
    await reach.actors.store({ json: object as never, url: activity.actorUri, raw: JSON.stringify(object) })
  else await reach.actors.find(activity.actorUri, { fresh: true })
  return 'done'
}

async function updatePost(work: Work, object: unknown): Promise<Outcome> {
  const { world, reach, activity } = work
  const reading = await reach.posts.read(object, { envelope: activity.json })
  if (isIgnored(reading)) return reading
  const updated = await updateReceivedPost(world, reading)
  if (!updated) return ignored('the post is not known here')
  await settleUpdatedQuote(world, reach, updated.postId, reading)
  if (updated.isEdited) await forwardUnder(work, updated.postId)
  return 'done'
}

/** Somebody else of the same server says so, such as a moderator: the server itself is asked. */
export async function updateFromHome(work: Work, objectUri: string): Promise<Outcome> {
  if (!(await knownPost(work, objectUri))) return ignored('the post is not known here')
  const { json, raw } = await work.reach.fetcher.document(objectUri)
  const reading = await work.reach.posts.read(json, { raw })
  if (isIgnored(reading)) return reading
  const updated = await updateReceivedPost(work.world, reading)
  return updated ? 'done' : ignored('the post is not known here')
}
