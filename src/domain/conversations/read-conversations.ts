// Reads somebody's private conversations, the one with the newest message first.
import type { Conversation } from '../../model/conversation.ts'
import type { IdWindow } from '../../model/page.ts'
import { findConversation, pageConversations } from '../../store/conversation-views.ts'
import type { Context } from '../context.ts'

/** The window is over ids of last posts. */
export async function readConversations(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<Conversation[]> {
  return pageConversations(ctx.store.read, accountId, window)
}

/** Undefined when there is none, or it is not this account's. */
export async function readConversation(
  ctx: Context,
  accountId: number,
  id: number,
): Promise<Conversation | undefined> {
  return findConversation(ctx.store.read, accountId, id)
}
