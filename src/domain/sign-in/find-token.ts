// Finds who a token speaks for, and notes from time to time that it is used.
import { createLru } from '../../lib/lru.ts'
import type { Lru } from '../../lib/lru.ts'
import { hashSecret } from '../../lib/secret.ts'
import { noteActive } from '../../store/moderation/day-series.ts'
import { changesOf } from '../../store/open.ts'
import type { RowChanges } from '../../store/open.ts'
import { findTokenHolder, touchToken } from '../../store/tokens.ts'
import type { TokenHolder } from '../../store/tokens.ts'
import { updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

export type { TokenHolder }

const MOST_HOLDERS = 5_000

/** By the token itself, which spares its hash; only where the store tells when a token, its user or its account has changed. */
const memories = new WeakMap<RowChanges, Lru<string, TokenHolder>>()

function memoryOf(changes: RowChanges): Lru<string, TokenHolder> {
  const known = memories.get(changes)
  if (known) return known
  const memory = createLru<string, TokenHolder>({ max: MOST_HOLDERS })
  memories.set(changes, memory)
  changes.hear((touched) => {
    if (touched === 'holders' || touched === 'everything') memory.clear()
  })
  return memory
}

/** A revoked token fails at once, whoever revoked it: nothing is remembered that may have changed. */
export async function findToken(ctx: Context, secret: string): Promise<TokenHolder | undefined> {
  const changes = changesOf(ctx.store.read)
  if (!changes) return findTokenHolder(ctx.store.read, hashSecret(secret))
  const generation = changes.look()
  const memory = memoryOf(changes)
  const known = memory.get(secret)
  if (known) return known
  const found = await findTokenHolder(ctx.store.read, hashSecret(secret))
  if (found && changes.generation() === generation) memory.set(secret, found)
  return found
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
