// Says which tokens may still be used, for those who hold something open on their behalf.
import { lastRevocation, listUsableTokens } from '../../store/tokens.ts'
import type { Context } from '../context.ts'

const CHUNK = 500

/** A word that is another one once tokens were revoked, in this process or by any other program. */
export function revocationMark(ctx: Context): Promise<string> {
  return lastRevocation(ctx.store.read)
}

/** Those of the tokens that exist and whose user may use the server. */
export async function usableTokens(ctx: Context, ids: readonly number[]): Promise<Set<number>> {
  const usable = new Set<number>()
  for (let start = 0; start < ids.length; start += CHUNK)
    for (const id of await listUsableTokens(ctx.store.read, ids.slice(start, start + CHUNK))) usable.add(id)
  return usable
}
