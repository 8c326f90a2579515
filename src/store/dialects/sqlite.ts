// How SQLite does what the engines do differently.
import { sql } from 'kysely'
import type { Expression, SqlBool } from 'kysely'
import type { Dialect } from './dialect.ts'
import { afterPrefix } from './prefix-range.ts'
import { searchParts, searchWords } from './search-words.ts'
import type { SearchPart } from './search-words.ts'
import { runOn } from './statement.ts'

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  exactText: 'text',
  clusteredTable: (table) => table.modifyEnd(sql`without rowid`),
  forUpdateSkipLocked: (query) => query,
  skipLockedText: '',
  startsWith(column, prefix) {
    const end = afterPrefix(prefix)
    const from = sql<SqlBool>`${sql.ref(column)} >= ${prefix}`
    return end === undefined ? from : sql<SqlBool>`(${from} and ${sql.ref(column)} < ${end})`
  },
  idIn: (column, list) => sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${list}))`,
  idInText: (column) => `${column} in (select value from json_each(?))`,
  urlHostText(column) {
    const rest = `substr(${column}, instr(${column}, '://') + 3)`
    return `lower(substr(${rest}, 1, instr(${rest} || '/', '/') - 1))`
  },
  urlHost: (column) => sql<string>`${sql.raw(sqliteDialect.urlHostText(column))}`,
  numbered: (text) => text,
  idList: (ids) => JSON.stringify(ids),
  // `begin immediate` holds off every other writer already.
  lockMigrations: async () => {},
  async createSearchIndex(db, table) {
    // Only the index is kept (content=''); words arrive already cut and folded.
    await sql`create virtual table ${sql.table(table)} using fts5(
      words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`.execute(db)
  },
  async indexText(db, table, id, text) {
    await sqliteDialect.removeText(db, table, id)
    const words = searchWords(text).join(' ')
    await runOn(db, { text: `insert into ${table} (rowid, words) values (?, ?)`, values: [id, words] })
  },
  async removeText(db, table, id) {
    // Deleting looks through the index even for what is not in it; the list of what is in it says so at once.
    const known = `(select id from ${table}_docsize where id = ?)`
    await runOn(db, { text: `delete from ${table} where rowid = ${known}`, values: [id] })
  },
  matchText: (table, idColumn, query) => {
    const match = matchExpression(searchParts(query))
    if (match === undefined) return nothing
    return sql<SqlBool>`${sql.ref(idColumn)} in (
      select rowid from ${sql.table(table)} where ${sql.table(table)} match ${match})`
  },
  async searchIds(db, table, { query, before, limit }) {
    const match = matchExpression(searchParts(query))
    if (match === undefined) return []
    const { rows } = await sql<{ id: number }>`select rowid as id from ${sql.table(table)}
      where ${sql.table(table)} match ${match} and rowid < ${before ?? Number.MAX_SAFE_INTEGER}
      order by rowid desc limit ${limit}`.execute(db)
    return rows.map((row) => row.id)
  },
  isUniqueViolation: (error) => [CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARY_KEY].includes(sqliteCode(error)),
  isBusy: isSqliteBusy,
}

const nothing: Expression<SqlBool> = sql<SqlBool>`1 = 0`

const BUSY = 5
const CONSTRAINT_UNIQUE = 2067
const CONSTRAINT_PRIMARY_KEY = 1555

/** Whether another connection holds the lock (SQLITE_BUSY in any of its forms). */
export function isSqliteBusy(error: unknown): boolean {
  return (sqliteCode(error) & 0xff) === BUSY
}

function sqliteCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
}

/** The FTS5 expression; undefined when nothing is asked for (FTS5 has no lone NOT). */
function matchExpression(parts: SearchPart[]): string | undefined {
  const wanted = parts.filter((part) => !part.without).map(phrase)
  const unwanted = parts.filter((part) => part.without).map((part) => ` NOT ${phrase(part)}`)
  if (wanted.length === 0) return undefined
  return `(${wanted.join(' AND ')})${unwanted.join('')}`
}

function phrase(part: SearchPart): string {
  return `"${part.words.join(' ')}"${part.prefix ? ' *' : ''}`
}
