// Names every difference between the two database engines, so that no other file asks which one it speaks to.
import type {
  ColumnDataType,
  CreateTableBuilder,
  Expression,
  Kysely,
  RawBuilder,
  SelectQueryBuilder,
  SqlBool,
} from 'kysely'

/** Any database handle; the searches and lists here need no knowledge of the tables. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where a handle of any schema is accepted
export type AnyDb = Kysely<any>

/**
 * What SQLite and PostgreSQL do differently. Common to both, and so not here: `on conflict do nothing/update`,
 * `returning`, `exists`, row values, JSON kept as text, integers as JS numbers below 2^53, booleans as 0 and 1.
 *
 * Case: `lower()` and `like` differ between the engines. Fold text in JavaScript, keep the folded form in a column of
 * its own (type `exactText`), and compare with `=` or `startsWith`.
 */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'

  /**
   * The column type for keys which are ordered or searched by prefix: plain `text` on SQLite, `text collate "C"` on
   * PostgreSQL, so that both order by code point and serve `startsWith` from the column's index.
   */
  readonly exactText: ColumnDataType | RawBuilder<unknown>

  /** Stores a table in the order of its primary key (SQLite: WITHOUT ROWID; PostgreSQL has no such thing). */
  clusteredTable<T extends string, C extends string>(
    table: CreateTableBuilder<T, C>,
  ): CreateTableBuilder<T, C>

  /** Locks the rows chosen and passes over those that another transaction holds (nothing to do on SQLite). */
  forUpdateSkipLocked<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>

  /** What `forUpdateSkipLocked` adds at the end of a hand-written query. */
  readonly skipLockedText: string

  /** True where the text of `column` (an `exactText` column) begins with `prefix`; uses the column's index. */
  startsWith(column: string, prefix: string): Expression<SqlBool>

  /** True where `column` is one of the ids packed by `idList`: one statement, however many ids there are. */
  idIn(column: string, list: string): Expression<SqlBool>

  /** The text of `idIn` for hand-written statements, with a `?` in place of the list. */
  idInText(column: string): string

  /** The text of `urlHost` for hand-written statements. */
  urlHostText(column: string): string

  /** A statement with a `?` for each parameter, as the engine wants it. */
  numbered(text: string): string

  /** The host (with its port, lower case) of the web address in `column`. */
  urlHost(column: string): Expression<string>

  /** Packs ids into the single parameter that `idIn` takes. */
  idList(ids: readonly number[]): string

  /** Holds off other processes that migrate until the transaction ends, and lifts time limits for it. */
  lockMigrations(tx: AnyDb): Promise<void>

  /** Creates the full-text index `table`, which holds words by id and no text (FTS5; tsvector with GIN). */
  createSearchIndex(db: AnyDb, table: string): Promise<void>

  /** Puts `text` into the index under `id`, in place of what was there. Upper case and accents do not count. */
  indexText(db: AnyDb, table: string, id: number, text: string): Promise<void>

  /** Takes `id` out of the index; no error when it is not there. */
  removeText(db: AnyDb, table: string, id: number): Promise<void>

  /**
   * True where `idColumn` is the id of an indexed text that fits what a person typed: all words, "a phrase",
   * -without, beginn*. Never a syntax error; a query without a word matches nothing.
   */
  matchText(table: string, idColumn: string, query: string): Expression<SqlBool>

  /** The ids fitting `query` (as in `matchText`) below `before`, newest first: a page costs what it shows. */
  searchIds(db: AnyDb, table: string, page: SearchPage): Promise<number[]>

  /** Whether an insert or update met a row with the same unique key. */
  isUniqueViolation(error: unknown): boolean

  /** Whether the statement lost against another transaction (lock, deadlock, serialization) and may be tried again. */
  isBusy(error: unknown): boolean
}

/** One page of a search: what was typed, ids below `before` (all when left out), at most `limit` of them. */
export interface SearchPage {
  query: string
  before?: number | undefined
  limit: number
}
