// Finds the key that a signature names and the actor whose key it is: from memory, from the table, else from its server.
import type { KeyObject } from 'node:crypto'
import { createLru } from '../../../lib/lru.ts'
import { accountOfUri } from '../../../domain/federation/find-remote.ts'
import { findKnownKey } from '../../../domain/federation/known-keys.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { IncomingKey } from '../../../model/account.ts'
import { isActorType } from '../read/actor.ts'
import { readKeys, readPemKey } from '../read/keys.ts'
import { parseMultikey, parsePublicKeyPem } from '../signing/keys.ts'
import { asArray, idOf, isObject, member, sameOrigin, webId } from '../wire.ts'
import type { World } from '../world.ts'
import type { Actors } from './actors.ts'
import { createAllowance } from './allowances.ts'
import type { Fetched, Fetcher } from './fetch.ts'
import { siteOf } from './site.ts'

/** A key and the actor that lists it. */
export interface FoundKey {
  keyId: string
  publicKey: KeyObject
  actorUri: string
  accountId: number
  /** When the actor was fetched last, in milliseconds. */
  fetchedAt: number
}

export interface Keys {
  /** From memory or the table; never asks another server. */
  known(keyId: string): Promise<FoundKey | undefined>
  /** As `known`, asking the key's server when it is unknown. Throws Refusal or Unreachable; gone: the actor is no more. */
  find(keyId: string): Promise<FoundKey>
  /** The key as its server has it now; undefined when it was asked for too recently. */
  refetch(keyId: string): Promise<FoundKey | undefined>
}

const KEEP_MS = 60 * 60_000
const REFETCH_KEY_MS = 5 * 60_000
const REFETCHES_OF_SITE = { times: 20, periodMs: 60_000 }

export function createKeys(world: World, fetcher: Fetcher, actors: Actors): Keys {
  const cache = createLru<string, { key: FoundKey; until: number }>({ max: 20_000 })
  const perKey = createAllowance(world.clock, 1, REFETCH_KEY_MS)
  const perSite = createAllowance(world.clock, REFETCHES_OF_SITE.times, REFETCHES_OF_SITE.periodMs)

  const known: Keys['known'] = async (keyId) => {
    const now = world.clock.now()
    const kept = cache.get(keyId)
    if (kept && now < kept.until) return kept.key
    const row = await findKnownKey(world, keyId)
    if (!row || row.deletedAt !== null) return undefined
    const parse = row.kind === 'rsa' ? parsePublicKeyPem : parseMultikey
    const key: FoundKey = {
      keyId,
      publicKey: parse(row.publicKey),
      actorUri: row.actorUri,
      accountId: row.accountId,
      fetchedAt: row.fetchedAt ?? 0,
    }
    cache.set(keyId, { key, until: now + KEEP_MS })
    return key
  }

  const load = async (keyId: string): Promise<FoundKey> => {
    if (sameOrigin(keyId, world.config.origin)) throw new Refusal('unauthorized', 'There is no such key here')
    const fetched = await fetcher.exactly(keyId)
    const actorUri = await storeOwner({ fetcher, actors }, keyId, fetched)
    cache.delete(keyId)
    const key = await known(keyId)
    if (!key || key.actorUri !== actorUri)
      throw new Refusal('unauthorized', 'The actor of this key does not list it')
    return key
  }

  const underWay = new Map<string, Promise<FoundKey>>()
  const loadOnce = (keyId: string): Promise<FoundKey> => {
    const started = underWay.get(keyId) ?? load(keyId).finally(() => underWay.delete(keyId))
    underWay.set(keyId, started)
    return started
  }

  return {
    known,
    find: async (keyId) => (await known(keyId)) ?? loadOnce(keyId),
    async refetch(keyId) {
      if (!perKey.take(keyId) || !perSite.take(siteOf(keyId))) return undefined
      const key = await known(keyId)
      cache.delete(keyId)
      const owner = key && (await accountOfUri(world, key.actorUri))
      return owner?.domain === '' ? undefined : loadOnce(keyId)
    },
  }
}

/** Stores the actor that lists the key, and gives its id. The key counts only when each of the two names the other. */
async function storeOwner(
  { fetcher, actors }: { fetcher: Fetcher; actors: Actors },
  keyId: string,
  fetched: Fetched,
): Promise<string> {
  const { json } = fetched
  const id = webId(member(json, 'id'))
  if (isActorType(json)) {
    if (id === undefined || !sameOrigin(id, keyId)) throw notListed()
    // GoToSocial shows a stub of the actor under the key's address; the actor itself is complete, and signed for.
    const isComplete = fetched.url === id && member(json, 'inbox') !== undefined
    const actor = isComplete ? fetched : await fetcher.document(id)
    requireListed(actor.json, id, keyId)
    await actors.store(actor)
    return id
  }
  if (id !== keyId) throw new Refusal('unauthorized', 'The key document names another id')
  const ownerUri = idOf(member(json, 'owner') ?? member(json, 'controller'))
  if (ownerUri === undefined || !sameOrigin(ownerUri, keyId)) throw notListed()
  const actor = await fetcher.document(ownerUri)
  const key = readPemKey(json, ownerUri) ?? readStandaloneMultikey(json, ownerUri)
  if (!key || webId(member(actor.json, 'id')) !== ownerUri) throw notListed()
  requireListed(actor.json, ownerUri, keyId)
  await actors.store(actor, key)
  return ownerUri
}

function readStandaloneMultikey(json: unknown, ownerUri: string): IncomingKey | undefined {
  return readKeys({ assertionMethod: [json] }, ownerUri)[0]
}

/** Whether an actor's document embeds the key or refers to it by its id. */
function requireListed(actor: unknown, actorUri: string, keyId: string): void {
  const embedded = readKeys(actor, actorUri).some((key) => key.keyId === keyId)
  const referred = ['publicKey', 'assertionMethod'].some((name) =>
    asArray(member(actor, name), 8).some((key) => !isObject(key) && webId(key) === keyId),
  )
  if (!embedded && !referred) throw notListed()
}

function notListed(): Refusal {
  return new Refusal('unauthorized', 'The actor of this key does not list it')
}
