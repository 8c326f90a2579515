// Finds open streams whose token or user was ended without a message reaching us, as from another program.
import { usableTokens } from '../../../domain/sign-in/usable-tokens.ts'
import type { Api } from '../api.ts'
import type { Register } from './outlet.ts'

const CHUNK = 500

/** Ends the streams of tokens that may no longer be used. */
export async function endInvalid(api: Api, register: Register): Promise<void> {
  const ids = register.tokenIds()
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK)
    const usable = await usableTokens(api, chunk)
    for (const id of chunk) if (!usable.has(id)) register.endToken(id)
  }
}
