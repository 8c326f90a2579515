// Apps, tokens and one-time codes of OAuth; secrets are kept as SHA-256 hashes only.
import { randomUUID } from 'node:crypto'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { App } from '../model/app.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { readSetting, writeSetting } from './settings.ts'
import type { AppsTable, GrantsTable, Tables, TokensTable } from './schema.ts'

export type Grant = Selectable<GrantsTable>
export type Token = Selectable<TokensTable>
type Db = Kysely<Tables>

/** Who a token speaks for, in one look-up: the token and the state of its user. */
export interface TokenHolder {
  tokenId: number
  appId: number | null
  accountId: number | null
  scopes: string
  lastUsedAt: number | null
  role: string | null
  confirmedAt: number | null
  approvedAt: number | null
  disabledAt: number | null
  suspendedAt: number | null
  deletedAt: number | null
}

const tokenHolder = prepared('token holder', (db, parameter: Parameter<{ hash: string }>) =>
  db
    .selectFrom('tokens')
    .leftJoin('users', 'users.account_id', 'tokens.account_id')
    .leftJoin('accounts', 'accounts.id', 'tokens.account_id')
    .where('tokens.token_hash', '=', parameter('hash'))
    .select([
      'tokens.id as tokenId',
      'tokens.app_id as appId',
      'tokens.account_id as accountId',
      'tokens.scopes as scopes',
      'tokens.last_used_at as lastUsedAt',
      'users.role as role',
      'users.confirmed_at as confirmedAt',
      'users.approved_at as approvedAt',
      'users.disabled_at as disabledAt',
      'accounts.suspended_at as suspendedAt',
      'accounts.deleted_at as deletedAt',
    ]),
)

/** Runs with every request, so it is prepared. */
export async function findTokenHolder(db: Db, tokenHash: string): Promise<TokenHolder | undefined> {
  return tokenHolder.first(db, { hash: tokenHash })
}

export async function insertApp(db: Kysely<Tables>, app: Insertable<AppsTable>): Promise<void> {
  await db.insertInto('apps').values(app).execute()
}

export async function findAppByClientId(db: Kysely<Tables>, clientId: string): Promise<App | undefined> {
  return db.selectFrom('apps').selectAll().where('client_id', '=', clientId).executeTakeFirst()
}

const appsByIds = prepared('apps by ids', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('apps')
    .selectAll()
    .where(dialect.idIn('id', parameter('ids'))),
)

export async function findApps(db: Kysely<Tables>, ids: readonly number[]): Promise<App[]> {
  if (ids.length === 0) return []
  return appsByIds.all(db, { ids: dialectOf(db).idList(ids) })
}

export async function insertToken(db: Kysely<Tables>, token: Insertable<TokensTable>): Promise<void> {
  await db.insertInto('tokens').values(token).execute()
}

export async function touchToken(db: Kysely<Tables>, tokenId: number, now: number): Promise<void> {
  await db.updateTable('tokens').set({ last_used_at: now }).where('id', '=', tokenId).execute()
}

export async function findTokenByHash(db: Kysely<Tables>, tokenHash: string): Promise<Token | undefined> {
  return db.selectFrom('tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** The live tokens of an account, newest first, at most 500. */
export async function listTokens(db: Kysely<Tables>, accountId: number): Promise<Token[]> {
  return db
    .selectFrom('tokens')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

/** Changes whenever tokens were deleted, by whichever process. */
const REVOCATION = 'tokens.revocation'

export async function lastRevocation(db: Kysely<Tables>): Promise<string> {
  return (await readSetting(db, REVOCATION)) ?? ''
}

/** Deletes tokens with their push subscriptions; returns how many there were. */
export async function deleteTokens(db: Kysely<Tables>, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  await db.deleteFrom('push_subscriptions').where('token_id', 'in', ids).execute()
  await writeSetting(db, REVOCATION, randomUUID())
  const result = await db.deleteFrom('tokens').where('id', 'in', ids).executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function insertGrant(db: Kysely<Tables>, grant: Insertable<GrantsTable>): Promise<void> {
  await db.insertInto('grants').values(grant).execute()
}

export async function findGrant(db: Kysely<Tables>, codeHash: string): Promise<Grant | undefined> {
  return db.selectFrom('grants').selectAll().where('code_hash', '=', codeHash).executeTakeFirst()
}

/** Marks a code as used; false when somebody was faster (a code works once). */
export async function useGrant(db: Kysely<Tables>, codeHash: string, tokenId: number): Promise<boolean> {
  const result = await db
    .updateTable('grants')
    .set({ token_id: tokenId })
    .where('code_hash', '=', codeHash)
    .where('token_id', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Those of the tokens that exist and whose user may use the server. */
export async function listUsableTokens(db: Kysely<Tables>, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('tokens')
    .leftJoin('users', 'users.account_id', 'tokens.account_id')
    .leftJoin('accounts', 'accounts.id', 'tokens.account_id')
    .where('tokens.id', 'in', ids)
    .where('users.disabled_at', 'is', null)
    .where('accounts.suspended_at', 'is', null)
    .where('accounts.deleted_at', 'is', null)
    .select('tokens.id as id')
    .execute()
  return rows.map((row) => row.id)
}
