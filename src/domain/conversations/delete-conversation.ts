// Takes a private conversation out of somebody's list; its posts stay.
import { notFound } from '../../model/refusal.ts'
import { deleteConversation as deleteRow } from '../../store/conversation-views.ts'
import type { Context } from '../context.ts'

/** Refuses with "not found" one that is not this account's. */
export async function deleteConversation(ctx: Context, accountId: number, id: number): Promise<void> {
  if (!(await ctx.store.write((tx) => deleteRow(tx, accountId, id)))) throw notFound()
}
