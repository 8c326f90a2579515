// Lock and its Undo (Lemmy): the comments of a post are closed by its author, or by the group that it was posted to.
import { closeComments } from '../../../domain/posts/close-comments.ts'
import { knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export const lock = (work: Work): Promise<Outcome> => closeOrOpen(work, work.activity.objectUri, true)

/** Whoever signed for it decides: a group speaks for its moderators. */
export async function closeOrOpen(
  { world, actorId }: Work,
  postUri: string | undefined,
  isClosed: boolean,
): Promise<Outcome> {
  const post = await knownPost({ world }, postUri)
  if (!post) return ignored('the post is not known here')
  return (await closeComments(world, { postId: post.id, byId: actorId, isClosed }))
    ? 'done'
    : ignored('they have no say over that post, or it is so already')
}
