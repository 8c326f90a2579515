// Finds a circle for its owner; nobody else ever learns that it exists.
import type { SizedCircle } from '../../model/circle.ts'
import { notFound } from '../../model/refusal.ts'
import { findCircle } from '../../store/circles.ts'
import type { Context } from '../context.ts'

/** The circle, or "not found" when it is absent or somebody else's. */
export async function findOwnCircle(ctx: Context, accountId: number, circleId: number): Promise<SizedCircle> {
  const circle = await findCircle(ctx.store.read, circleId)
  if (circle?.account_id !== accountId) throw notFound()
  return circle
}
