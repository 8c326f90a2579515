// Finds open streams whose token or user was ended without a message reaching us, as from another program.
import type { Context } from '../../../domain/context.ts'
import { revocationMark, usableTokens } from '../../../domain/sign-in/usable-tokens.ts'
import type { Register } from './outlet.ts'

/** Tokens of open streams are looked at again this often, in seconds, whatever happened. */
const RECHECK_SECONDS = 30

/** To be called once a second: reads one small row, and looks at the tokens when that has changed. */
export function createRecheck(ctx: Context, register: Register): () => Promise<void> {
  let seconds = 0
  let seen: string | undefined
  let checking = false
  return async () => {
    seconds += 1
    if (checking || register.count() === 0) return
    checking = true
    try {
      const mark = await revocationMark(ctx)
      if (mark === seen && seconds % RECHECK_SECONDS !== 0) return
      await endInvalid(ctx, register)
      seen = mark
    } catch (error) {
      ctx.log.warn({ error }, 'tokens of open streams could not be checked')
    } finally {
      checking = false
    }
  }
}

/** Ends the streams of tokens that may no longer be used. */
async function endInvalid(ctx: Context, register: Register): Promise<void> {
  const ids = register.tokenIds()
  const usable = await usableTokens(ctx, ids)
  for (const id of ids) if (!usable.has(id)) register.endToken(id)
}
