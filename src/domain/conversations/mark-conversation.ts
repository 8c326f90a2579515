// Marks a private conversation as read or unread.
import type { Conversation } from '../../model/conversation.ts'
import { notFound } from '../../model/refusal.ts'
import { findConversation, markConversation as markRow } from '../../store/conversation-views.ts'
import type { Context } from '../context.ts'

/** Gives the conversation as it is then; refuses with "not found" one that is not this account's. */
export async function markConversation(
  ctx: Context,
  accountId: number,
  id: number,
  unread: boolean,
): Promise<Conversation> {
  const conversation = await findConversation(ctx.store.read, accountId, id)
  if (!conversation) throw notFound()
  await ctx.store.write((tx) => markRow(tx, id, unread))
  return { ...conversation, unread: Number(unread) }
}
