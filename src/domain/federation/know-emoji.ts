// Notes a custom emoji of another server, as reactions bring them along.
import type { IncomingEmoji } from '../../model/account.ts'
import { ensureRemoteEmojis } from '../../store/custom-emojis.ts'
import type { Context } from '../context.ts'
import { policyFor } from '../moderation/policy-cache.ts'

/** Gives its id; undefined where pictures of that server are not taken. */
export async function knowEmoji(
  ctx: Context,
  domain: string,
  emoji: IncomingEmoji,
): Promise<number | undefined> {
  if ((await policyFor(ctx, domain)).rejectMedia) return undefined
  const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
  const rows = await ctx.store.write((tx) => ensureRemoteEmojis(tx, domain, [emoji], at))
  return rows[0]?.id
}
