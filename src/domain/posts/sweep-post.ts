// Clears away what a deleted post left behind, in chunks, so that a famous post holds nothing up.
import type { Fact } from '../../model/facts.ts'
import { findPost } from '../../store/posts.ts'
import { removePostTraces } from '../../store/post-remains.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export const SWEEP_QUEUE = 'sweep'
export const SWEEP_POST = 'sweep-post'

const CHUNK = 500

/** The first chunk goes with the telling; what is more waits for a job of its own. */
export async function sweepPost(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type !== 'post-deleted') return
  const postId = fact.post.id
  if (await removePostTraces(tx, postId, CHUNK)) return
  const key = `${SWEEP_POST}-${postId}`
  await ctx.jobs.add(tx, { queue: SWEEP_QUEUE, kind: SWEEP_POST, payload: { postId }, key })
}

/** Removes everything that is left, a chunk per transaction. */
export async function sweepRest(ctx: Context, postId: number): Promise<void> {
  if (await findPost(ctx.store.read, postId)) return
  let isDone = false
  while (!isDone) isDone = await ctx.store.write((tx) => removePostTraces(tx, postId, CHUNK))
}
