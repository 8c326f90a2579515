// Brings our idea of who here follows somebody elsewhere in line with what their own server says.
import { listLocalFollowers } from '../../store/local-followers.ts'
import { findAccountIds } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { acceptFollow } from './answer-follow.ts'
import { unfollowAccount } from './unfollow-account.ts'

/** Beyond this many followers here the lists are not compared. */
export const MAX_COMPARED = 10_000

/** The addresses of people here whose follow of the account was accepted; undefined when they are too many. */
export async function acceptedFollowerUris(ctx: Context, accountId: number): Promise<string[] | undefined> {
  const followers = await listLocalFollowers(ctx.store.read, accountId, MAX_COMPARED + 1)
  if (followers.length > MAX_COMPARED) return undefined
  return followers.flatMap(({ uri, accepted }) => (accepted ? [uri] : []))
}

/**
 * `uris` is the whole list of our people whom the other server counts as followers of the account. Whoever is not on it follows
 * no longer; whoever waits and is on it was accepted; whoever is on it and follows not has that taken back over there.
 */
export async function agreeOnFollowers(
  ctx: Context,
  accountId: number,
  uris: readonly string[],
): Promise<void> {
  const followers = await listLocalFollowers(ctx.store.read, accountId, MAX_COMPARED)
  const listed = new Set(uris)
  for (const { id, uri, accepted } of followers) {
    if (accepted && !listed.has(uri)) await unfollowAccount(ctx, id, accountId)
    else if (!accepted && listed.has(uri)) await acceptFollow(ctx, accountId, id)
  }
  const known = new Set(followers.map((follower) => follower.uri))
  const strangers = await findAccountIds(
    ctx.store.read,
    uris.filter((uri) => !known.has(uri) && uri.startsWith(`${ctx.config.origin}/`)).slice(0, MAX_STRANGERS),
  )
  await ctx.store.write(async (tx) => {
    for (const id of strangers.values())
      await recordFact(ctx, tx, {
        type: 'follow-undone',
        accountId: id,
        targetId: accountId,
        followUri: null,
      })
  })
}
const MAX_STRANGERS = 500
