// How PostgreSQL does what the engines do differently.
import { sql } from 'kysely'
import { createLru } from '../../lib/lru.ts'
import type { Expression, SqlBool } from 'kysely'
import type { Dialect } from './dialect.ts'
import { afterPrefix } from './prefix-range.ts'
import { searchParts, searchWords } from './search-words.ts'
import type { SearchPart } from './search-words.ts'

export const postgresDialect: Dialect = {
  name: 'postgres',
  exactText: sql`text collate "C"`,
  clusteredTable: (table) => table,
  forUpdateSkipLocked: (query) => query.forUpdate().skipLocked(),
  skipLockedText: 'for update skip locked',
  startsWith(column, prefix) {
    const end = afterPrefix(prefix)
    const from = sql<SqlBool>`${sql.ref(column)} collate "C" >= ${prefix}`
    return end === undefined ? from : sql<SqlBool>`(${from} and ${sql.ref(column)} collate "C" < ${end})`
  },
  idIn: (column, list) => sql<SqlBool>`${sql.ref(column)} = any(${list}::bigint[])`,
  idInText: (column) => `${column} = any(cast(? as bigint[]))`,
  urlHostText: (column) => `lower(split_part(${column}, '/', 3))`,
  urlHost: (column) => sql<string>`${sql.raw(postgresDialect.urlHostText(column))}`,
  numbered,
  idList: (ids) => `{${ids.join(',')}}`,
  async lockMigrations(tx) {
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local lock_timeout = 0`.execute(tx)
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx)
  },
  async createSearchIndex(db, table) {
    await sql`create table ${sql.table(table)} (id bigint primary key, words tsvector not null)`.execute(db)
    await sql`create index ${sql.id(`${table}_words`)} on ${sql.table(table)} using gin (words)`.execute(db)
  },
  async indexText(db, table, id, text) {
    await sql`insert into ${sql.table(table)} (id, words) values (${id}, ${vector(text)}::tsvector)
      on conflict (id) do update set words = excluded.words`.execute(db)
  },
  async removeText(db, table, id) {
    await sql`delete from ${sql.table(table)} where id = ${id}`.execute(db)
  },
  matchText(table, idColumn, query) {
    const match = matchExpression(searchParts(query))
    if (match === undefined) return nothing
    return sql<SqlBool>`${sql.ref(idColumn)} in (select id from ${sql.table(table)} where words @@ ${match}::tsquery)`
  },
  async searchIds(db, table, { query, before, limit }) {
    const match = matchExpression(searchParts(query))
    if (match === undefined) return []
    const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)}
      where words @@ ${match}::tsquery and id < ${before ?? Number.MAX_SAFE_INTEGER}
      order by id desc limit ${limit}`.execute(db)
    return rows.map((row) => row.id)
  },
  isUniqueViolation: (error) => sqlState(error) === '23505',
  isBusy: (error) => CONTENTION.has(sqlState(error) ?? ''),
}

const numberedTexts = createLru<string, string>({ max: 500 })

function numbered(text: string): string {
  const known = numberedTexts.get(text)
  if (known !== undefined) return known
  let count = 0
  const made = text.replaceAll('?', () => `$${(count += 1)}`)
  numberedTexts.set(text, made)
  return made
}

/** Any number that no other program takes in the same database. */
const MIGRATION_LOCK = 70_114_004

const nothing: Expression<SqlBool> = sql<SqlBool>`1 = 0`

/** serialization_failure, deadlock_detected, lock_not_available. */
const CONTENTION = new Set(['40001', '40P01', '55P03'])

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The words with their places, written as PostgreSQL reads a tsvector, so that its own parser has no say. */
function vector(text: string): string {
  return searchWords(text)
    .map((word, index) => `'${word}':${index + 1}`)
    .join(' ')
}

/** The tsquery; undefined when nothing is asked for (a lone -word would match nearly everything). */
function matchExpression(parts: SearchPart[]): string | undefined {
  if (parts.every((part) => part.without)) return undefined
  return parts.map((part) => `${part.without ? '!' : ''}(${phrase(part)})`).join(' & ')
}

function phrase(part: SearchPart): string {
  const last = part.words.length - 1
  return part.words
    .map((word, index) => `'${word}'${part.prefix && index === last ? ':*' : ''}`)
    .join(' <-> ')
}
