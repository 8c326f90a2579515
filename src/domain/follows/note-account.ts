// Keeps a private note about another account, which only its writer sees.
import { setNote } from '../../store/relations.ts'
import type { Context } from '../context.ts'

/** An empty text removes the note. */
export async function noteAccount(
  ctx: Context,
  accountId: number,
  targetId: number,
  text: string,
): Promise<void> {
  await ctx.store.write((tx) => setNote(tx, accountId, targetId, text))
}
