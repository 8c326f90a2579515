// Tells a server by a digest which of its people we count as followers (FEP-8fcf), so that both sides notice a difference.
import { createHash } from 'node:crypto'
import { createLru } from '../../../lib/lru.ts'
import type { Context } from '../../../domain/context.ts'
import { listFollowersOfHost } from '../../../domain/federation/open-collections.ts'

export interface FollowersDigests {
  /** The value of a `Collection-Synchronization` header for what goes from an account to a host. */
  header(accountId: number, followersUri: string, host: string): Promise<string>
}

const MAX_DIGESTS = 5000
const KEEP_MS = 300_000

export function createFollowersDigests(ctx: Context): FollowersDigests {
  const known = createLru<string, string>({ max: MAX_DIGESTS, ttl: KEEP_MS })
  return {
    async header(accountId, followersUri, host) {
      const name = `${accountId} ${host}`
      const found = known.get(name)
      const digest = found ?? followersDigest(await listFollowersOfHost(ctx.store.read, accountId, host))
      if (found === undefined) known.set(name, digest)
      const url = `${followersUri}_synchronization`
      return `collectionId="${followersUri}", url="${url}", digest="${digest}"`
    },
  }
}

/** The SHA-256 hashes of all URIs, combined by exclusive or, in hexadecimal; the order does not matter. */
export function followersDigest(uris: readonly string[]): string {
  const sum = Buffer.alloc(32)
  for (const uri of uris) {
    const hash = createHash('sha256').update(uri, 'utf8').digest()
    for (let at = 0; at < 32; at += 1) sum[at] = (sum[at] ?? 0) ^ (hash[at] ?? 0)
  }
  return sum.toString('hex')
}
