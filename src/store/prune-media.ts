// Copies of other servers' media and uploads that nobody used: which they are, and how rows forget their files.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

export interface Copy {
  id: number
  bytes: number
  cachedAt: number
  /** When somebody last looked at it, or when it was made. */
  usedAt: number
}

/** Copies in the order in which they were made, after one of them. */
export async function listCopiesAfter(
  db: Db,
  after: { cachedAt: number; id: number },
  limit: number,
): Promise<Copy[]> {
  const { rows } = await sql<{ id: number; bytes: number; cached_at: number; used_at: number | null }>`
    select id, bytes, cached_at, used_at from media
    where cached_at is not null and cached_at >= ${after.cachedAt} and (cached_at, id) > (${after.cachedAt}, ${after.id})
    order by cached_at, id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    bytes: row.bytes,
    cachedAt: row.cached_at,
    usedAt: row.used_at ?? row.cached_at,
  }))
}

/** Lets rows forget copies that nobody looked at since `unusedSince`; gives how many and the keys of their files. */
export async function forgetCopies(
  tx: Tx,
  ids: readonly number[],
  unusedSince: number,
): Promise<{ count: number; keys: string[] }> {
  if (ids.length === 0) return { count: 0, keys: [] }
  const dialect = dialectOf(tx)
  const rows = await tx
    .selectFrom('media')
    .select(['id', 'file_key', 'preview_key'])
    .where(dialect.idIn('id', dialect.idList(ids)))
    .where('cached_at', 'is not', null)
    .where(sql<number>`coalesce(used_at, cached_at)`, '<', unusedSince)
    .execute()
  if (rows.length === 0) return { count: 0, keys: [] }
  await tx
    .updateTable('media')
    .set({ file_key: null, preview_key: null, cached_at: null, used_at: null, bytes: 0 })
    .where(dialect.idIn('id', dialect.idList(rows.map((row) => row.id))))
    .execute()
  return { count: rows.length, keys: keysOf(rows) }
}

export interface FreeMedia {
  id: number
  accountId: number
  createdAt: number
}

/** Media that belong to no post, made before `before`, in the order in which they were made. */
export async function listFreeMedia(
  db: Db,
  window: { from: number; afterId: number; before: number },
  limit: number,
): Promise<FreeMedia[]> {
  const { rows } =
    await sql<FreeMedia>`select id, account_id as "accountId", created_at as "createdAt" from media
    where post_id is null and inline_of is null and created_at >= ${window.from} and created_at < ${window.before}
      and (created_at, id) > (${window.from}, ${window.afterId})
    order by created_at, id limit ${limit}`.execute(db)
  return rows
}

/** What waits to be published by these accounts, or is kept as a draft: the text in which it names its media. */
export async function listPlannedTexts(
  db: Db,
  accountIds: readonly number[],
): Promise<{ accountId: number; params: string }[]> {
  const dialect = dialectOf(db)
  const theirs = dialect.idIn('account_id', dialect.idList(accountIds))
  const scheduled = await db
    .selectFrom('scheduled_posts')
    .select(['account_id as accountId', 'params'])
    .where(theirs)
    .limit(10_000)
    .execute()
  const drafts = await db
    .selectFrom('drafts')
    .select(['account_id as accountId', 'content as params'])
    .where(theirs)
    .limit(10_000)
    .execute()
  return [...scheduled, ...drafts]
}

/** Removes those of `ids` that still belong to no post. */
export async function removeFreeMedia(
  tx: Tx,
  ids: readonly number[],
): Promise<{ count: number; keys: string[] }> {
  if (ids.length === 0) return { count: 0, keys: [] }
  const dialect = dialectOf(tx)
  const rows = await tx
    .deleteFrom('media')
    .where(dialect.idIn('id', dialect.idList(ids)))
    // Not `is null`, so that the rows are found by their ids and not by the index of all that are free.
    .where(sql<number>`coalesce(post_id, inline_of, 0)`, '=', 0)
    .returning(['file_key', 'preview_key'])
    .execute()
  return { count: rows.length, keys: keysOf(rows) }
}

function keysOf(rows: readonly { file_key: string | null; preview_key: string | null }[]): string[] {
  return rows.flatMap((row) => [row.file_key, row.preview_key]).filter((key) => key !== null)
}
