// Accounts of other servers that nothing here refers to any more.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

/** Ids of accounts of other servers, in order, after `afterId`. `last` is where to go on, whoever was passed over. */
export async function listRemoteAccountsAfter(
  db: Kysely<Tables>,
  afterId: number,
  limit: number,
): Promise<{ ids: number[]; last: number | undefined }> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'domain'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return { ids: rows.filter((row) => row.domain !== '').map((row) => row.id), last: rows.at(-1)?.id }
}

/** Where an account may be named: table and column, each found by an index. */
const NAMED_IN = [
  ['posts', 'account_id'],
  ['follows', 'account_id'],
  ['follows', 'target_id'],
  ['reactions', 'account_id'],
  ['post_recipients', 'account_id'],
  ['notifications', 'from_id'],
  ['blocks', 'account_id'],
  ['blocks', 'target_id'],
  ['mutes', 'target_id'],
  ['list_members', 'account_id'],
  ['circle_members', 'account_id'],
  ['collection_items', 'account_id'],
  ['memberships', 'account_id'],
  ['memberships', 'group_id'],
  ['event_answers', 'account_id'],
  ['reports', 'account_id'],
  ['reports', 'target_id'],
  ['media', 'account_id'],
] as const

interface Gone {
  id: number
  avatar_key: string | null
  avatar_static_key: string | null
  header_key: string | null
  header_static_key: string | null
}

/**
 * Removes those of `ids` that belong to other servers, came or were last fetched before `before`, are named nowhere and of
 * which no moderator decided anything. Gives how many went and the keys of their pictures.
 */
export async function removeUnnamedAccounts(
  tx: Transaction<Tables>,
  ids: readonly number[],
  before: number,
): Promise<{ count: number; keys: string[] }> {
  if (ids.length === 0) return { count: 0, keys: [] }
  const dialect = dialectOf(tx)
  const unnamed = NAMED_IN.map(
    ([table, column]) =>
      sql`and not exists (select 1 from ${sql.table(table)} x where ${sql.ref(`x.${column}`)} = accounts.id)`,
  )
  const { rows } = await sql<Gone>`delete from accounts
    where ${dialect.idIn('id', dialect.idList(ids))} and domain <> ''
      and suspended_at is null and limited_at is null and sensitized_at is null
      and created_at < ${before} and updated_at < ${before} and (fetched_at is null or fetched_at < ${before})
      ${sql.join(unnamed, sql` `)}
    returning id, avatar_key, avatar_static_key, header_key, header_static_key`.execute(tx)
  const gone = dialect.idList(rows.map((row) => row.id))
  if (rows.length > 0) {
    await sql`delete from account_keys where ${dialect.idIn('account_id', gone)}`.execute(tx)
    for (const { id } of rows) await dialect.removeText(tx, 'account_search', id)
  }
  const pictures = rows.flatMap((row) => [
    row.avatar_key,
    row.avatar_static_key,
    row.header_key,
    row.header_static_key,
  ])
  const keys = pictures.filter((key) => key !== null)
  return { count: rows.length, keys: [...new Set(keys)] }
}
