// Reads the public keys that an actor's document lists; a malformed one is skipped, never the actor.
import type { IncomingKey } from '../../../model/account.ts'
import { parseMultikey, parsePublicKeyPem } from '../signing/keys.ts'
import { asArray, idOf, isObject, member, sameOrigin, textOf, webId } from '../wire.ts'

/** Most keys kept of one actor. */
export const MAX_KEYS = 8

/** RSA keys of `publicKey` and Ed25519 Multikeys of `assertionMethod` (FEP-521a) that say they belong to `actorUri`. */
export function readKeys(actor: unknown, actorUri: string): IncomingKey[] {
  const found = new Map<string, IncomingKey>()
  const candidates = [
    ...asArray(member(actor, 'publicKey'), MAX_KEYS).map((key) => readPemKey(key, actorUri)),
    ...asArray(member(actor, 'assertionMethod'), MAX_KEYS).map((key) => readMultikey(key, actorUri)),
  ]
  for (const key of candidates)
    if (key && found.size < MAX_KEYS && !found.has(key.keyId)) found.set(key.keyId, key)
  return [...found.values()]
}

/** One `publicKey` entry as PEM (SPKI); undefined when it is malformed or names another owner. */
export function readPemKey(key: unknown, actorUri: string): IncomingKey | undefined {
  const keyId = webId(member(key, 'id'))
  const owner = idOf(member(key, 'owner') ?? member(key, 'controller'))
  const pem = textOf(member(key, 'publicKeyPem'), 8192)
  if (!isObject(key) || keyId === undefined || pem === undefined) return undefined
  if ((owner !== undefined && owner !== actorUri) || !sameOrigin(keyId, actorUri)) return undefined
  return attempt(() => {
    const parsed = parsePublicKeyPem(pem)
    if (parsed.asymmetricKeyType !== 'rsa') return undefined
    return { keyId, kind: 'rsa', publicKey: parsed.export({ type: 'spki', format: 'pem' }) }
  })
}

function readMultikey(key: unknown, actorUri: string): IncomingKey | undefined {
  const keyId = webId(member(key, 'id'))
  const multibase = textOf(member(key, 'publicKeyMultibase'), 1024)
  if (keyId === undefined || multibase === undefined || idOf(member(key, 'controller')) !== actorUri)
    return undefined
  if (!sameOrigin(keyId, actorUri)) return undefined
  return attempt(() =>
    parseMultikey(multibase).asymmetricKeyType === 'ed25519'
      ? { keyId, kind: 'ed25519', publicKey: multibase }
      : undefined,
  )
}

function attempt(read: () => IncomingKey | undefined): IncomingKey | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
