// What a group spreads among its followers (FEP-1b12): others' activities, each looked up at its own server.
import { accountOfId, authorOfUri } from '../../../domain/federation/find-remote.ts'
import { pinReceived, unpinReceived } from '../../../domain/posts/pin-received.ts'
import { isPostType } from '../read/note.ts'
import { readActivity } from '../read/activity.ts'
import type { IncomingActivity } from '../read/activity.ts'
import { isIgnored } from '../read/reading.ts'
import { idOf, member, sameOrigin, typesOf } from '../wire.ts'
import { isGoneAtHome, removeForOther } from './delete.ts'
import { closeOrOpen } from './lock.ts'
import { react } from './react.ts'
import { anyPost, knownPost } from './subject.ts'
import { undo } from './undo.ts'
import { updateFromHome } from './update.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

const SPREAD = new Set(
  'Create Update Delete Like Dislike EmojiReact Undo Add Remove Lock Flag Block Page Note Article'.split(' '),
)
const POSTS = new Set(['Page', 'Note', 'Article'])

/** Whether the object of an Announce is an activity rather than a post. */
export function isSpreadActivity(types: string[]): boolean {
  return types.some((type) => SPREAD.has(type) && !POSTS.has(type))
}

export async function spread(work: Work): Promise<Outcome> {
  const inner = readActivity(work.activity.object)
  if (isIgnored(inner)) return ignored('what it announces is no activity')
  const group = await accountOfId(work.world, work.actorId)
  if (group?.kind !== 'group' && group?.kind !== 'service' && group?.kind !== 'application')
    return ignored('only groups spread activities')
  return checked(work, inner)
}

/** Nothing embedded is believed: posts come from their own servers, and so does the news that they are gone. */
export async function checked(work: Work, inner: IncomingActivity): Promise<Outcome> {
  const { objectUri } = inner
  if (objectUri === undefined) return ignored('what it is about has no id')
  switch (inner.type) {
    case 'Create':
      return (await anyPost(work, objectUri)) ? 'done' : ignored('the post cannot be had from its own server')
    case 'Update':
      return isPostType(inner.object) || inner.object === undefined
        ? updateFromHome(work, objectUri)
        : ignored('it updates no post')
    case 'Delete': {
      const post = await knownPost(work, objectUri)
      if (!post) return ignored('the post is not known here')
      return (await isGoneAtHome(work, objectUri))
        ? removeForOther(work, post)
        : ignored('the post is still there')
    }
    case 'Add':
    case 'Remove':
      return feature(work, inner)
    case 'Lock':
      return closeOrOpen(work, objectUri, true)
    case 'Announce':
    case 'Like':
    case 'Dislike':
    case 'EmojiReact':
    case 'Undo':
      return typesOf(inner.object).includes('Lock')
        ? closeOrOpen(work, idOf(member(inner.object, 'object')), false)
        : vouched(work, inner)
    default:
      return ignored(`${inner.type} is not taken from others`)
  }
}

/** A group keeps posts of its members on top: its own word about its own collection. */
async function feature(work: Work, inner: IncomingActivity): Promise<Outcome> {
  const group = await accountOfId(work.world, work.actorId)
  if (group?.featured_uri === null || group?.featured_uri !== inner.targetUri)
    return ignored('it changes nothing that is kept here')
  const post = await anyPost(work, inner.objectUri)
  if (!post) return ignored('the post cannot be had from its own server')
  const isDone =
    inner.type === 'Add'
      ? await pinReceived(work.world, work.actorId, post.id)
      : await unpinReceived(work.world, work.actorId, post.id)
  return isDone ? 'done' : ignored('the post is none of the group, or it is so already')
}

/**
 * Votes spread by a group of the voter's own server are that server's word, as its signature is on them. All other ones are
 * fetched from where they say they are.
 */
async function vouched(work: Work, inner: IncomingActivity): Promise<Outcome> {
  const isOwn = sameOrigin(inner.actorUri, work.activity.actorUri) && inner.type !== 'Announce'
  const activity = isOwn && work.activity.type === 'Announce' ? inner : await fetchActivity(work, inner)
  if (!activity) return ignored('the activity cannot be had from its own server')
  const actor = (await authorOfUri(work.world, activity.actorUri))?.id
  const actorId = actor ?? (await work.reach.actors.find(activity.actorUri))
  const { raw: _, deliveredTo: __, ...rest } = work
  const next: Work = { ...rest, activity, actorId }
  return activity.type === 'Undo' ? undo(next) : react(next)
}

/** The activity as its own server has it; the same actor must have done the same thing to the same object. */
async function fetchActivity(work: Work, inner: IncomingActivity): Promise<IncomingActivity | undefined> {
  if (inner.id === undefined || !sameOrigin(inner.id, inner.actorUri)) return undefined
  if (inner.type === 'Announce') return undefined
  const { json } = await work.reach.fetcher.document(inner.id)
  const activity = readActivity(json)
  if (isIgnored(activity) || activity.id !== inner.id) return undefined
  return activity.actorUri === inner.actorUri && activity.type === inner.type ? activity : undefined
}
