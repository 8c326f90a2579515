// Reads somebody's private conversations, the one with the newest message first.
import type { Conversation } from '../../model/conversation.ts'
import type { IdWindow } from '../../model/page.ts'
import { pageConversations } from '../../store/conversation-views.ts'
import type { Context } from '../context.ts'

/** The window is over ids of last posts. */
export async function readConversations(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<Conversation[]> {
  return pageConversations(ctx.store.read, accountId, window)
}
