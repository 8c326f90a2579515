// Accounts of other servers: their rows with keys, and what goes with them when they end or move.
import { sql } from 'kysely'
import type { Insertable, Kysely, Transaction } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { AccountKeysTable, Tables } from './schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

const keyWithOwner = prepared('key with its owner', (db, parameter: Parameter<{ keyId: string }>) =>
  db
    .selectFrom('account_keys as k')
    .innerJoin('accounts as a', 'a.id', 'k.account_id')
    .select([
      'k.public_key',
      'k.kind',
      'a.id as account_id',
      'a.uri',
      'a.fetched_at',
      'a.deleted_at',
      'a.domain',
    ])
    .where('k.key_id', '=', parameter('keyId')),
)

export interface KnownKey {
  publicKey: string
  kind: 'rsa' | 'ed25519'
  accountId: number
  actorUri: string
  /** '' for our own. */
  domain: string
  fetchedAt: number | null
  deletedAt: number | null
}

/** The key with this id and whose it is. */
export async function findKeyWithOwner(db: Db, keyId: string): Promise<KnownKey | undefined> {
  const row = await keyWithOwner.first(db, { keyId })
  return (
    row && {
      publicKey: row.public_key,
      kind: row.kind === 'ed25519' ? 'ed25519' : 'rsa',
      accountId: row.account_id,
      actorUri: row.uri,
      domain: row.domain,
      fetchedAt: row.fetched_at,
      deletedAt: row.deleted_at,
    }
  )
}

/**
 * Puts these keys in place of the account's. A key id that belongs to another account stays there, but for those in `ownIds`,
 * which nobody else can rightly have.
 */
export async function replaceKeys(
  tx: Tx,
  accountId: number,
  keys: readonly Insertable<AccountKeysTable>[],
  ownIds: readonly string[] = [],
): Promise<void> {
  await tx.deleteFrom('account_keys').where('account_id', '=', accountId).execute()
  if (ownIds.length > 0)
    await tx
      .deleteFrom('account_keys')
      .where('key_id', 'in', ownIds)
      .where('private_key', 'is', null)
      .execute()
  if (keys.length === 0) return
  await tx
    .insertInto('account_keys')
    .values(keys)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes a handle from the account that has it, which keeps its row under a name nobody can have. */
export async function displaceHandle(tx: Tx, id: number): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ username_key: sql<string>`username_key || '#' || cast(id as text)` })
    .where('id', '=', id)
    .execute()
}

/** Ids of posts by the account, at most `limit`. */
export async function listPostIds(db: Db, accountId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('posts')
    .select('id')
    .where('account_id', '=', accountId)
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** People of this server who follow the account, at most `limit`, after `afterId`. */
export async function listLocalFollowerIds(
  db: Db,
  targetId: number,
  page: { afterId: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.account_id')
    .select('f.account_id as id')
    .where('f.target_id', '=', targetId)
    .where('a.domain', '=', '')
    .where('f.account_id', '>', page.afterId)
    .orderBy('f.account_id')
    .limit(page.limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Follows to and from the account, at most `limit`. */
export async function listFollowsOf(
  db: Db,
  accountId: number,
  limit: number,
): Promise<{ accountId: number; targetId: number }[]> {
  const rows = await db
    .selectFrom('follows')
    .select(['account_id', 'target_id'])
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_id', '=', accountId)]))
    .limit(limit)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, targetId: row.target_id }))
}

/** Reactions by the account, at most `limit`. */
export async function listReactionsBy(db: Db, accountId: number, limit: number) {
  return db
    .selectFrom('reactions')
    .select(['id', 'post_id', 'kind'])
    .where('account_id', '=', accountId)
    .limit(limit)
    .execute()
}

/** Removes what small rows name the account, except follows, posts and reactions. */
export async function removeTies(tx: Tx, accountId: number): Promise<void> {
  await tx
    .deleteFrom('blocks')
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('target_id', '=', accountId)]))
    .execute()
  await tx.deleteFrom('mutes').where('target_id', '=', accountId).execute()
  await tx.deleteFrom('notifications').where('from_id', '=', accountId).execute()
  await tx.deleteFrom('notification_requests').where('from_id', '=', accountId).execute()
  await tx.deleteFrom('list_members').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('collection_items').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('circle_members').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('memberships').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('endorsements').where('target_id', '=', accountId).execute()
  await tx.deleteFrom('account_keys').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('pins').where('account_id', '=', accountId).execute()
}

/** Whether anybody here has anything to do with the account: follows it, is followed, or has asked to. */
export async function isFollowedHere(db: Db, accountId: number): Promise<boolean> {
  return (await listLocalFollowerIds(db, accountId, { afterId: 0, limit: 1 })).length > 0
}
