// What became of asking to answer posts of other servers, for the protocols that ask.
import { loadReplyConsents } from '../../store/reply-consents.ts'
import type { ReplyConsent } from '../../store/reply-consents.ts'
import { findRaw } from '../../store/post-rows.ts'
import type { Tx } from '../ports.ts'

export { loadReplyConsents }
export type { ReplyConsent }

/** Undefined for a post that needed no consent. */
export async function findReplyConsent(tx: Tx, postId: number): Promise<ReplyConsent | undefined> {
  return (await loadReplyConsents(tx, [postId])).get(postId)
}

/** Whether the server of this post understands a request to answer; older ones only take the answer itself. */
export async function knowsRequests(tx: Tx, postId: number): Promise<boolean> {
  return (await findRaw(tx, postId))?.includes('automaticApproval') === true
}
