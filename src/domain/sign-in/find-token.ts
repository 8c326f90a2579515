// Finds who a token speaks for, and notes from time to time that it is used.
import { hashSecret } from '../../lib/secret.ts'
import { noteActive } from '../../store/moderation/day-series.ts'
import { findTokenHolder, touchToken } from '../../store/tokens.ts'
import type { TokenHolder } from '../../store/tokens.ts'
import { updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

export type { TokenHolder }

/** Looked up anew each time, so that a revoked token fails at once. */
export function findToken(ctx: Context, secret: string): Promise<TokenHolder | undefined> {
  return findTokenHolder(ctx.store.read, hashSecret(secret))
}

/** A token's "last used" is written once a day, by the calendar, so that days can be counted. */
const DAY_MS = 86_400_000
const dayOf = (time: number): number => Math.floor(time / DAY_MS)

/** Tokens whose use is being written right now, so that a burst of requests writes once. */
const noting = new Set<number>()

/** Notes the use of a token in the background, once a day. */
export function noteTokenUse(ctx: Context, holder: TokenHolder): void {
  const now = ctx.clock.now()
  if (holder.lastUsedAt !== null && dayOf(holder.lastUsedAt) === dayOf(now)) return
  if (noting.has(holder.tokenId)) return
  noting.add(holder.tokenId)
  ctx.store
    .write(async (tx) => {
      await touchToken(tx, holder.tokenId, now)
      if (holder.accountId === null) return
      await updateUser(tx, holder.accountId, { last_active_at: now })
      await noteActive(tx, holder.accountId, dayOf(now))
    })
    .catch((error: unknown) => ctx.log.warn({ error }, 'could not note the use of a token'))
    .finally(() => noting.delete(holder.tokenId))
}
