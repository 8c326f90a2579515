// The private keys of our accounts, parsed once and kept while they are in use.
import type { Context } from '../../../domain/context.ts'
import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createLru } from '../../../lib/lru.ts'
import { findPrivateKey } from '../../../domain/federation/deliveries.ts'

export interface LoadedKey {
  keyId: string
  privateKey: KeyObject
}

export interface SigningKeys {
  /** The account's key of this kind; undefined when it has none (it is not ours, or it is gone). */
  find(accountId: number, kind: 'rsa' | 'ed25519'): Promise<LoadedKey | undefined>
}

const MAX_KEYS = 1000
const KEEP_MS = 3_600_000

export function createSigningKeys(db: Context['store']['read']): SigningKeys {
  const known = createLru<string, LoadedKey>({ max: MAX_KEYS, ttl: KEEP_MS })
  return {
    async find(accountId, kind) {
      const name = `${kind}:${accountId}`
      const found = known.get(name)
      if (found) return found
      const row = await findPrivateKey(db, accountId, kind)
      if (!row) return undefined
      const key = { keyId: row.keyId, privateKey: createPrivateKey(row.privateKey) }
      known.set(name, key)
      return key
    },
  }
}
