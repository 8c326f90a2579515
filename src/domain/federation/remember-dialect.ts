// Remembers in which dialect a server wants requests signed, for everything that is sent there later.
import { recordHostSuccess } from '../../store/hosts.ts'
import type { Context } from '../context.ts'

export async function rememberDialect(
  ctx: Context,
  host: string,
  dialect: 'cavage' | 'rfc9421',
): Promise<void> {
  await ctx.store.write((tx) => recordHostSuccess(tx, host, ctx.clock.now(), dialect))
}
