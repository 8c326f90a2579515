// The keys of accounts: public ones for documents, private ones of our own accounts for signing.
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

export interface PublicKeyRow {
  accountId: number
  keyId: string
  kind: 'rsa' | 'ed25519'
  publicKey: string
}

export interface PrivateKeyRow {
  keyId: string
  /** PEM (PKCS #8). */
  privateKey: string
}

/** Public keys of these accounts. */
export async function listPublicKeys(
  db: Kysely<Tables>,
  accountIds: readonly number[],
): Promise<PublicKeyRow[]> {
  if (accountIds.length === 0) return []
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('account_keys')
    .select(['account_id', 'key_id', 'kind', 'public_key'])
    .where(dialect.idIn('account_id', dialect.idList(accountIds)))
    .orderBy('key_id')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    keyId: row.key_id,
    kind: row.kind === 'ed25519' ? 'ed25519' : 'rsa',
    publicKey: row.public_key,
  }))
}

/** The key by which a local account signs; undefined for others. */
export async function findPrivateKey(
  db: Kysely<Tables>,
  accountId: number,
  kind: 'rsa' | 'ed25519',
): Promise<PrivateKeyRow | undefined> {
  const row = await db
    .selectFrom('account_keys')
    .select(['key_id', 'private_key'])
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('private_key', 'is not', null)
    .executeTakeFirst()
  return row?.private_key ? { keyId: row.key_id, privateKey: row.private_key } : undefined
}
