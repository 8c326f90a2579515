// Accounts: look-ups by id, handle and address, and the rows themselves.
import { sql } from 'kysely'
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { Account } from '../model/account.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { AccountKeysTable, AccountsTable, Tables } from './schema.ts'

export type NewAccount = Insertable<AccountsTable>
export type AccountChange = Updateable<AccountsTable>
type Db = Kysely<Tables>

const accountById = prepared('account by id', (db, parameter: Parameter<{ id: number }>) =>
  db.selectFrom('accounts').selectAll().where('id', '=', parameter('id')),
)

const accountsByIds = prepared('accounts by ids', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where(dialect.idIn('id', parameter('ids'))),
)

const accountByHandle = prepared(
  'account by handle',
  (db, parameter: Parameter<{ key: string; domain: string }>) =>
    db
      .selectFrom('accounts')
      .selectAll()
      .where('domain', '=', parameter('domain'))
      .where('username_key', '=', parameter('key')),
)

export async function findAccount(db: Db, id: number): Promise<Account | undefined> {
  return accountById.first(db, { id })
}

/** The accounts that exist among `ids`, in no particular order. */
export async function findAccounts(db: Db, ids: readonly number[]): Promise<Account[]> {
  if (ids.length === 0) return []
  return accountsByIds.all(db, { ids: dialectOf(db).idList(ids) })
}

/** `domain` is '' for our own. Names and domains are compared in lower case. */
export async function findByHandle(db: Db, username: string, domain: string): Promise<Account | undefined> {
  return accountByHandle.first(db, { key: username.toLowerCase(), domain })
}

export async function findByUri(db: Db, uri: string): Promise<Account | undefined> {
  return db.selectFrom('accounts').selectAll().where('uri', '=', uri).executeTakeFirst()
}

export async function findByUris(db: Db, uris: readonly string[]): Promise<Account[]> {
  if (uris.length === 0) return []
  return db.selectFrom('accounts').selectAll().where('uri', 'in', uris).execute()
}

export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await db.insertInto('accounts').values(account).execute()
}

export async function updateAccount(db: Db, id: number, change: AccountChange): Promise<void> {
  await db.updateTable('accounts').set(change).where('id', '=', id).execute()
}

export async function insertKeys(db: Db, keys: readonly Insertable<AccountKeysTable>[]): Promise<void> {
  if (keys.length > 0) await db.insertInto('account_keys').values(keys).execute()
}

export type AccountCounter = 'followers_count' | 'following_count' | 'posts_count'

/** Adds `by` (may be negative) to a counter, which never falls below zero. */
export async function addToCounter(db: Db, id: number, counter: AccountCounter, by: number): Promise<void> {
  await db
    .updateTable('accounts')
    .set({
      [counter]: sql`case when ${sql.ref(counter)} + ${by} < 0 then 0 else ${sql.ref(counter)} + ${by} end`,
    })
    .where('id', '=', id)
    .execute()
}

/** Local accounts in order of id, after `afterId`: for operators' lists. */
export async function listLocalAccounts(db: Db, afterId: number, limit: number): Promise<Account[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('domain', '=', '')
    .where('id', '>', afterId)
    .where('kind', '!=', 'application')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The account, locked until the transaction ends. */
export async function lockAccount(db: Db, id: number): Promise<Account | undefined> {
  return db
    .updateTable('accounts')
    .set({ id: sql`id` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}
