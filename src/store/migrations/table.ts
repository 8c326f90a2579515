// A small notation for tables, so that one migration file reads the same for both engines.
import { sql, type Kysely } from 'kysely'
import type { Dialect } from '../dialects/dialect.ts'

/**
 * One table. `columns` are lines such as `name text`, `moved_to_id int?` (nullable), `locked flag =0` (with a default):
 * int is a 64-bit integer, flag is 0 or 1, text is UTF-8 (JSON too),
 * key is text that is compared by code point and searched by prefix. `primary` names the primary key columns;
 * a single `id` becomes the row id on SQLite. `clustered` keeps the rows in primary key order where the engine can.
 */
export interface TableShape {
  columns: string
  primary: string
  clustered?: boolean
  unique?: string[]
  /** `columns` or `columns where condition`; named after the table and their position. */
  indexes?: string[]
}

type ColumnKind = 'int' | 'flag' | 'text' | 'key'
const SQLITE_TYPES: Record<ColumnKind, string> = {
  int: 'integer',
  flag: 'integer',
  text: 'text',
  key: 'text',
}
const POSTGRES_TYPES: Record<ColumnKind, string> = {
  int: 'bigint',
  flag: 'smallint',
  text: 'text',
  key: 'text collate "C"',
}
const COLUMN = /^(\w+) (int|flag|text|key)(\?)?(?: =(.+))?$/

function columnSql(line: string, shape: TableShape, dialect: Dialect): string {
  const match = COLUMN.exec(line)
  if (!match) throw new Error(`cannot read the column "${line}"`)
  const [, name, type, nullable, fallback] = match
  const postgres = dialect.name === 'postgres'
  const sqlType = postgres ? POSTGRES_TYPES[type as ColumnKind] : SQLITE_TYPES[type as ColumnKind]
  const key = name === shape.primary && !shape.clustered ? ' primary key' : ''
  return `${name} ${sqlType}${key}${nullable ? '' : ' not null'}${fallback === undefined ? '' : ` default ${fallback}`}`
}

/** Creates the table and its indexes. */
export async function createTable(
  db: Kysely<unknown>,
  dialect: Dialect,
  name: string,
  shape: TableShape,
): Promise<void> {
  const lines = shape.columns
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const parts = lines.map((line) => columnSql(line, shape, dialect))
  if (shape.clustered || shape.primary.includes(',')) parts.push(`primary key (${shape.primary})`)
  for (const columns of shape.unique ?? []) parts.push(`unique (${columns})`)
  const clustered = shape.clustered && dialect.name === 'sqlite' ? ' without rowid' : ''
  await sql.raw(`create table ${name} (${parts.join(', ')})${clustered}`).execute(db)
  for (const [index, definition] of (shape.indexes ?? []).entries()) {
    const [columns, condition] = definition.split(' where ')
    const where = condition === undefined ? '' : ` where ${condition}`
    await sql.raw(`create index ${name}_${index + 1} on ${name} (${columns})${where}`).execute(db)
  }
}
