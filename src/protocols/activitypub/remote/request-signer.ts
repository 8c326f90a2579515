// Signs what the server asks of others with the key of its own account, in the dialect each host understands.
import { createPrivateKey } from 'node:crypto'
import { createLru } from '../../../lib/lru.ts'
import { hostOfDomain } from '../../../domain/federation/find-remote.ts'
import { rememberDialect } from '../../../domain/federation/remember-dialect.ts'
import { serverKey } from '../../../domain/federation/known-keys.ts'
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import type { Hop } from '../../../platform/outgoing.ts'
import { signRequest } from '../signing/request-signature.ts'
import type { SigningKey } from '../signing/types.ts'
import type { World } from '../world.ts'

/** How a host wants requests signed. */
export interface Manner {
  dialect: 'cavage' | 'rfc9421'
  withoutQuery: boolean
}

export interface RequestSigner {
  /** What is known about the host of a URL. */
  mannerOf(url: string): Promise<Manner>
  /** The host answered to this manner where it had refused the one before. */
  learn(url: string, manner: Manner): Promise<void>
  /** Signs one hop; refuses hosts that an operator suspended, also those a redirect leads to. */
  sign(hop: Hop, manner?: Manner): Promise<Record<string, string>>
}

export function createRequestSigner(world: World): RequestSigner {
  const manners = createLru<string, Manner>({ max: 5000, ttl: 3_600_000 })
  let key: Promise<Pick<SigningKey, 'keyId' | 'privateKey'>> | undefined

  const loadKey = async (): Promise<Pick<SigningKey, 'keyId' | 'privateKey'>> => {
    const { keyId, privateKey } = await serverKey(world)
    return { keyId, privateKey: createPrivateKey(privateKey) }
  }
  const ownKey = (): Promise<Pick<SigningKey, 'keyId' | 'privateKey'>> => {
    key ??= loadKey().catch((error: unknown) => {
      key = undefined
      throw error
    })
    return key
  }
  const mannerOf = async (url: string): Promise<Manner> => {
    const { host } = new URL(url)
    const known = manners.get(host)
    if (known) return known
    const row = await hostOfDomain(world, host)
    const manner: Manner = {
      dialect: row?.dialect === 'rfc9421' ? 'rfc9421' : 'cavage',
      withoutQuery: row?.software?.toLowerCase() === 'friendica',
    }
    manners.set(host, manner)
    return manner
  }
  return {
    mannerOf,
    async learn(url, manner) {
      const { host } = new URL(url)
      manners.set(host, manner)
      await rememberDialect(world, host, manner.dialect)
    },
    async sign(hop, manner) {
      await refuseSuspended(world, hop.url)
      const chosen = manner ?? (await mannerOf(hop.url))
      const request = { method: hop.method, url: hop.url, headers: hop.headers }
      const { host: _, ...headers } = signRequest(
        request,
        { ...(await ownKey()), ...chosen },
        world.clock.now(),
      )
      return headers
    },
  }
}
