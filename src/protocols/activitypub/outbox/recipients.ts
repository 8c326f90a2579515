// Decides which accounts a post of ours goes to.
import type { Tx } from '../../../domain/ports.ts'
import { findAuthor, loadAddressees, loadReferred } from '../../../domain/federation/outgoing-rows.ts'
import type { Post } from '../../../domain/federation/outgoing-rows.ts'
import type { Recipients } from '../../../domain/federation/deliveries.ts'

/**
 * Followers (and relays, for public ones) where the audience includes them, always those named, the author of what it answers
 * or quotes where everyone may see it, and the group: its members when it is ours, else the group itself.
 */
export async function recipientsOf(tx: Tx, post: Post): Promise<Recipients> {
  const named = ((await loadAddressees(tx, [post.id])).get(post.id) ?? []).map(
    (addressee) => addressee.accountId,
  )
  const group = post.group_id === null ? undefined : await findAuthor(tx, post.group_id)
  const groupWay: Recipients = !group
    ? {}
    : group.domain === ''
      ? post.audience === 'group'
        ? { membersOf: group.id }
        : {}
      : { accountIds: [group.id] }
  const accountIds = [...named, ...(groupWay.accountIds ?? [])]
  const base: Recipients = { ...groupWay, accountIds }
  switch (post.audience) {
    case 'public':
    case 'unlisted':
      return {
        ...base,
        accountIds: [...accountIds, ...(await authorsReferredTo(tx, post))],
        followersOf: [post.account_id],
        relays: post.audience === 'public',
      }
    case 'followers':
      return { ...base, followersOf: [post.account_id] }
    default:
      return base
  }
}

async function authorsReferredTo(tx: Tx, post: Post): Promise<number[]> {
  const ids = [post.in_reply_to_id, post.quote_of_id].filter((id) => id !== null)
  return [...(await loadReferred(tx, ids)).values()].map((referred) => referred.accountId)
}
