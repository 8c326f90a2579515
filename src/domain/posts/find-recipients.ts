// Finds the accounts that a post from elsewhere names, among those known here.
import type { IncomingPost } from '../../model/post.ts'
import { findAccountIds } from '../../store/post-authors.ts'
import type { Recipient } from '../../store/recipients.ts'
import type { Tx } from '../ports.ts'
import { REMOTE_LIMITS } from './limits.ts'

/** Each account once; a mention counts more than an address. `deliveredTo` is a local account that received it. */
export async function findRecipients(
  tx: Tx,
  incoming: IncomingPost,
  deliveredTo?: number,
): Promise<{ recipients: Recipient[]; groupId: number | null }> {
  const named = incoming.recipients.slice(0, REMOTE_LIMITS.recipients)
  const uris = new Set(named.map((recipient) => recipient.uri))
  if (incoming.groupUri !== undefined) uris.add(incoming.groupUri)
  const ids = await findAccountIds(tx, [...uris])
  const kinds = new Map<number, Recipient['kind']>()
  for (const { uri, kind } of named) {
    const id = ids.get(uri)
    if (id !== undefined && (kind === 'mention' || !kinds.has(id))) kinds.set(id, kind)
  }
  const isOpen = incoming.audience === 'public' || incoming.audience === 'unlisted'
  if (deliveredTo !== undefined && !isOpen && !kinds.has(deliveredTo)) kinds.set(deliveredTo, 'silent')
  return {
    recipients: [...kinds].map(([accountId, kind]) => ({ accountId, kind })),
    groupId: (incoming.groupUri === undefined ? undefined : ids.get(incoming.groupUri)) ?? null,
  }
}
