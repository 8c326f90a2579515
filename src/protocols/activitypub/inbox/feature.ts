// Add and Remove: posts that an account keeps on top of its profile; and Friendica's way to tag a post.
import { accountOfId, authorOfId } from '../../../domain/federation/find-remote.ts'
import { pinReceived, unpinReceived } from '../../../domain/posts/pin-received.ts'
import { tagReceived } from '../../../domain/posts/tag-received.ts'
import { readAddedTag } from '../read/tags.ts'
import { anyPost, knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

async function isFeatured(work: Work): Promise<boolean> {
  const actor = await accountOfId(work.world, work.actorId)
  return actor?.featured_uri !== null && actor?.featured_uri === work.activity.targetUri
}

export async function add(work: Work): Promise<Outcome> {
  const tag = readAddedTag(work.activity.object)
  const tagged = tag === undefined ? undefined : await knownPost(work, work.activity.targetUri)
  if (tag !== undefined && tagged) return addTag(work, tagged.id, tag)
  if (!(await isFeatured(work))) return ignored('it adds to nothing that is kept here')
  const post = await anyPost(work, work.activity.objectUri)
  const isPinned = post?.account_id === work.actorId && (await pinReceived(work.world, work.actorId, post.id))
  return isPinned ? 'done' : ignored('only own posts can be pinned')
}

async function addTag({ world, actorId }: Work, postId: number, displayName: string): Promise<Outcome> {
  const by = await authorOfId(world, actorId)
  const isAdded = by && (await tagReceived(world, { postId, by, displayName }))
  return isAdded ? 'done' : ignored('they may not tag that post, or it has the tag')
}

export async function takeAway(work: Work): Promise<Outcome> {
  if (!(await isFeatured(work))) return ignored('it removes from nothing that is kept here')
  const post = await knownPost(work, work.activity.objectUri)
  const isGone = post && (await unpinReceived(work.world, work.actorId, post.id))
  return isGone ? 'done' : ignored('the post was not pinned')
}
