// Tells somebody elsewhere that a follow which could not even be asked for is refused.
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'

export async function refuseFollow(
  ctx: Context,
  refused: { accountId: number; targetId: number; followUri: string | null },
): Promise<void> {
  await ctx.store.write((tx) =>
    recordFact(ctx, tx, { type: 'follow-rejected', ...refused, wasAccepted: false }),
  )
}
