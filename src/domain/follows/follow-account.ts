// One account asks to follow another, here or elsewhere; open local accounts accept at once.
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { addToCounter, findAccounts } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import { findFollow, insertFollow, updateFollow } from '../../store/follows.ts'
import type { Follow } from '../../store/follows.ts'
import { blockExists } from '../../store/relations.ts'
import { recordFact } from '../record-fact.ts'

export interface FollowWish {
  showBoosts?: boolean
  notify?: boolean
  /** ISO codes; null for every language. */
  languages?: string[] | null
  /** The Follow's own address when it came from another server. */
  uri?: string
}

/** Local accounts may follow this many; more only once about as many follow them. */
const FOLLOW_LIMIT = 7500

/** Asks to follow, or changes how one follows; asking again changes nothing else. Refuses oneself, the blocked and the gone. */
export async function followAccount(
  ctx: Context,
  accountId: number,
  targetId: number,
  wish: FollowWish = {},
): Promise<Follow> {
  return ctx.store.write(async (tx) => {
    const { follower, target } = await checkPair(tx, accountId, targetId)
    const existing = await findFollow(tx, accountId, targetId)
    if (existing) return changeFollow(ctx, tx, existing, { follower, target, wish })
    if (
      follower.domain === '' &&
      follower.following_count >= Math.max(FOLLOW_LIMIT, follower.followers_count * 1.1)
    )
      throw new Refusal('invalid', `You cannot follow more than ${FOLLOW_LIMIT} people`)
    const accepted = target.domain === '' && target.locked === 0
    const id = ctx.ids.next()
    const follow: Follow = {
      account_id: accountId,
      target_id: targetId,
      id,
      accepted: accepted ? 1 : 0,
      show_boosts: wish.showBoosts === false ? 0 : 1,
      notify: wish.notify === true ? 1 : 0,
      languages: wish.languages ? JSON.stringify(wish.languages) : null,
      uri: wish.uri ?? ctx.urls.activity('follow', id),
      created_at: ctx.clock.now(),
    }
    await insertFollow(tx, follow)
    if (accepted) await countAccepted(tx, accountId, targetId, 1)
    await recordFact(
      ctx,
      tx,
      accepted
        ? { type: 'follow-accepted', accountId, targetId, automatic: true }
        : { type: 'follow-requested', accountId, targetId },
    )
    return follow
  })
}

async function checkPair(
  tx: Tx,
  accountId: number,
  targetId: number,
): Promise<{ follower: Account; target: Account }> {
  const accounts = await findAccounts(tx, [accountId, targetId])
  const follower = accounts.find((account) => account.id === accountId)
  const target = accounts.find((account) => account.id === targetId)
  if (!follower || !target || target.suspended_at !== null || target.deleted_at !== null) throw notFound()
  if (accountId === targetId) throw new Refusal('forbidden', 'You cannot follow yourself')
  if (target.kind === 'application') throw new Refusal('forbidden', 'This account cannot be followed')
  if (target.moved_to_id !== null) throw new Refusal('forbidden', 'This account has moved')
  if (await blockExists(tx, accountId, targetId)) throw new Refusal('forbidden', 'This action is not allowed')
  return { follower, target }
}

async function changeFollow(
  ctx: Context,
  tx: Tx,
  existing: Follow,
  { follower, target, wish }: { follower: Account; target: Account; wish: FollowWish },
): Promise<Follow> {
  const changed: Follow = {
    ...existing,
    show_boosts: wish.showBoosts === undefined ? existing.show_boosts : Number(wish.showBoosts),
    notify: wish.notify === undefined ? existing.notify : Number(wish.notify),
    languages:
      wish.languages === undefined ? existing.languages : wish.languages && JSON.stringify(wish.languages),
    uri: wish.uri ?? existing.uri,
  }
  await updateFollow(tx, existing.account_id, existing.target_id, {
    show_boosts: changed.show_boosts,
    notify: changed.notify,
    languages: changed.languages,
    uri: changed.uri,
  })
  // A remote server that asks again has missed our answer, so it gets it once more.
  if (follower.domain !== '' && existing.accepted === 1)
    await recordFact(ctx, tx, {
      type: 'follow-accepted',
      accountId: follower.id,
      targetId: target.id,
      automatic: true,
    })
  return changed
}

/** Keeps both accounts' counters in step with an accepted follow that came (1) or went (-1). */
export async function countAccepted(tx: Tx, accountId: number, targetId: number, by: 1 | -1): Promise<void> {
  await addToCounter(tx, accountId, 'following_count', by)
  await addToCounter(tx, targetId, 'followers_count', by)
}
