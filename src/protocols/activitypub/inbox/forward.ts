// Passes on what others do under our people's posts, where it carries its author's own signature.
import { postOfId } from '../../../domain/federation/find-remote.ts'
import { forwardActivity } from '../outbox.ts'
import type { Work } from './work.ts'

/** Forwards the activity that brought this answer, when what it answers is ours. */
export async function forwardUnder(work: Work, postId: number): Promise<void> {
  if (!work.activity.signed || work.raw === undefined) return
  const post = await postOfId(work.world, postId)
  if (post?.in_reply_to_id) await forward(work, post.in_reply_to_id)
}

/** Forwards the activity to the followers of the local author of `postId`. */
export async function forward(work: Work, postId: number): Promise<void> {
  const { world, raw } = work
  if (!work.activity.signed || raw === undefined) return
  await world.store.write((tx) => forwardActivity(world, tx, { raw, postId }))
}
