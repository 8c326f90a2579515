// Brings actors of other servers here: fetched from their own address, their handle checked, then stored.
import { accountOfUri } from '../../../domain/federation/find-remote.ts'
import { putOff } from '../../../domain/federation/accept-activity.ts'
import { receiveAccount } from '../../../domain/accounts/receive-account.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { IncomingKey } from '../../../model/account.ts'
import { isActorType, readActor } from '../read/actor.ts'
import { isIgnored } from '../read/reading.ts'
import { isObject, member, sameOrigin, typesOf } from '../wire.ts'
import type { World } from '../world.ts'
import type { HostDescriber } from './describe-host.ts'
import type { Fetched, Fetcher } from './fetch.ts'
import type { WebFinger } from './webfinger.ts'

/** After this time a known account is fetched anew in the background when it is met. */
export const STALE_MS = 86_400_000
export const FETCH_QUEUE = 'fetch'
/** Bytes of an address that can be looked up by index on both engines. */
export const MAX_URI = 2000
export const REFRESH_ACCOUNT = 'refresh-account'

export interface Actors {
  /** The account's id, fetched when unknown or when `fresh` is asked for. Refuses what is no actor, gone or suspended. */
  find(uri: string, options?: { fresh?: boolean }): Promise<number>
  /** Stores a document that was fetched from its own id. */
  store(fetched: Fetched, extraKey?: IncomingKey): Promise<number>
  /** Fetches a known account anew, in a job. */
  refreshSoon(uri: string): Promise<void>
}

export function createActors(
  world: World,
  fetcher: Fetcher,
  webFinger: WebFinger,
  hosts: HostDescriber,
): Actors {
  const store: Actors['store'] = async ({ json, raw }, extraKey) => {
    const reading = readActor(json, { raw, now: world.clock.now() })
    if (isIgnored(reading))
      throw new Refusal('unsupported', `This account cannot be used here: ${reading.ignored}`)
    if (Buffer.byteLength(reading.uri) > MAX_URI) throw new Refusal('unsupported', 'Its address is too long')
    await hosts.soon(reading.uri, FETCH_QUEUE)
    const domain = await webFinger.confirm(reading)
    const keys = extraKey
      ? [...reading.keys.filter((key) => key.keyId !== extraKey.keyId), extraKey]
      : reading.keys
    return receiveAccount(world, { ...reading, domain, keys })
  }
  const load = async (uri: string): Promise<number> => {
    const fetched = await fetcher.document(uri)
    if (isActorType(fetched.json)) return store(fetched)
    if (isTombstone(fetched.json)) throw new Refusal('gone', 'This account is gone')
    throw new Refusal('unsupported', 'That is not an account')
  }
  const underWay = new Map<string, Promise<number>>()
  const refreshSoon = (uri: string): Promise<void> =>
    putOff(world, {
      queue: FETCH_QUEUE,
      kind: REFRESH_ACCOUNT,
      payload: { uri },
      key: `${REFRESH_ACCOUNT} ${uri}`.slice(0, 500),
    })
  return {
    store,
    refreshSoon,
    async find(uri, options = {}) {
      const known = await accountOfUri(world, uri)
      if (known && (known.domain === '' || options.fresh !== true)) {
        if (known.deleted_at !== null) throw new Refusal('gone', 'This account is gone')
        const isStale = known.domain !== '' && world.clock.now() - (known.fetched_at ?? 0) > STALE_MS
        if (isStale && known.protocol === 'activitypub') await refreshSoon(uri)
        return known.id
      }
      if (sameOrigin(uri, world.config.origin))
        throw new Refusal('not-found', 'There is no such account here')
      const started = underWay.get(uri) ?? load(uri).finally(() => underWay.delete(uri))
      underWay.set(uri, started)
      return started
    },
  }
}

function isTombstone(json: unknown): boolean {
  return isObject(json) && typesOf(json).includes('Tombstone') && member(json, 'id') !== undefined
}
