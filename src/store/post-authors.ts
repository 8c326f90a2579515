// The few facts about accounts that writing posts needs: by id, by address, by handle, many at once.
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { joined, rowsOf, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

const COLUMNS = [
  'id',
  'username',
  'username_key',
  'domain',
  'uri',
  'url',
  'kind',
  'bot',
  'indexable',
  'suspended_at',
  'limited_at',
  'deleted_at',
  'moved_to_id',
  'created_at',
] as const

const authorById = prepared('author by id', (db, parameter: Parameter<{ id: number }>) =>
  db.selectFrom('accounts').select(COLUMNS).where('id', '=', parameter('id')),
)

const authorByUri = prepared('author by address', (db, parameter: Parameter<{ uri: string }>) =>
  db.selectFrom('accounts').select(COLUMNS).where('uri', '=', parameter('uri')),
)

export type Author = NonNullable<Awaited<ReturnType<typeof findAuthor>>>

export async function findAuthor(db: Db, id: number) {
  return authorById.first(db, { id })
}

export async function findAuthors(db: Db, ids: readonly number[]): Promise<Author[]> {
  if (ids.length === 0) return []
  return db.selectFrom('accounts').select(COLUMNS).where('id', 'in', ids).execute()
}

export async function findAuthorByUri(db: Db, uri: string): Promise<Author | undefined> {
  return authorByUri.first(db, { uri })
}

/** The ids of the accounts known among `uris`. */
export async function findAccountIds(db: Db, uris: readonly string[]): Promise<Map<string, number>> {
  if (uris.length === 0) return new Map()
  const list = joined(
    uris.map((uri) => statement`${uri}`),
    ', ',
  )
  const rows = await rowsOf<{ id: number; uri: string }>(
    db,
    statement`select id, uri from accounts where uri in (${list})`,
  )
  return new Map(rows.map((row) => [row.uri, row.id]))
}

/** The accounts known by these handles; '' is the domain of our own. Names and domains are in lower case. */
export async function findAuthorsByHandle(
  db: Db,
  handles: readonly { usernameKey: string; domain: string }[],
): Promise<Author[]> {
  if (handles.length === 0) return []
  return db
    .selectFrom('accounts')
    .select(COLUMNS)
    .where((eb) =>
      eb.or(
        handles.map((handle) =>
          eb.and([eb('domain', '=', handle.domain), eb('username_key', '=', handle.usernameKey)]),
        ),
      ),
    )
    .execute()
}

/** Whether the follow stands and was accepted. */
export async function followsAccepted(db: Db, accountId: number, targetId: number): Promise<boolean> {
  const row = await db
    .selectFrom('follows')
    .select('id')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .where('accepted', '=', 1)
    .executeTakeFirst()
  return row !== undefined
}

/** Those of the accounts that exist and are not deleted. */
export async function listExisting(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where(dialect.idIn('id', dialect.idList(ids)))
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

/** Who filed the report. */
export async function findReporter(db: Db, reportId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('reports')
    .select('account_id')
    .where('id', '=', reportId)
    .executeTakeFirst()
  return row?.account_id
}
