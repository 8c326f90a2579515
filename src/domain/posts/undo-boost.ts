// Takes boosts back.
import { Refusal } from '../../model/refusal.ts'
import {
  addToPostCounter,
  countPostOf,
  findBoost,
  findPost,
  findPostByUri,
  removePost,
} from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import { insertTombstone } from '../../store/post-rows.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { describeRow } from './describe-row.ts'

/** `postId` is the post or a boost of it; gives the post. False when this account had not boosted it. */
export async function undoBoost(ctx: Context, accountId: number, postId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const named = await findPost(tx, postId)
    const boost = await findBoost(tx, named?.boost_of_id ?? postId, accountId)
    if (boost) await undoBoostRow(ctx, tx, boost)
    return boost !== undefined
  })
}

/** A server takes a boost back; only the account that boosted can. False when it is not known here. */
export async function undoReceivedBoost(ctx: Context, uri: string, byAccountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const boost = await findPostByUri(tx, uri)
    if (!boost || boost.boost_of_id === null) return false
    if (boost.account_id !== byAccountId) {
      throw new Refusal('forbidden', 'Only who boosted a post can take the boost back')
    }
    await undoBoostRow(ctx, tx, boost)
    return true
  })
}

/** Removes the boost's row; feeds and notifications follow when the fact is told. */
export async function undoBoostRow(ctx: Context, tx: Tx, boost: Post): Promise<void> {
  const original = boost.boost_of_id === null ? undefined : await findPost(tx, boost.boost_of_id)
  await removePost(tx, boost.id)
  await insertTombstone(tx, boost.uri, ctx.clock.now())
  await countPostOf(tx, boost.account_id, -1)
  if (!original) return
  await addToPostCounter(tx, original.id, 'boosts_count', -1)
  await recordFact(ctx, tx, {
    type: 'boost-undone',
    boost: describeRow(boost),
    originalUri: original.uri,
    originalAuthorId: original.account_id,
  })
}
