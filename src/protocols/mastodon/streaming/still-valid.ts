// Finds open streams whose token or user was ended without a message reaching us, as from another program.
import type { Context } from '../../../domain/context.ts'
import { usableTokens } from '../../../domain/sign-in/usable-tokens.ts'
import type { Register } from './outlet.ts'

/** Ends the streams of tokens that may no longer be used. */
export async function endInvalid(ctx: Context, register: Register): Promise<void> {
  const ids = register.tokenIds()
  const usable = await usableTokens(ctx, ids)
  for (const id of ids) if (!usable.has(id)) register.endToken(id)
}
