// Knows, for every handle given out, which engine is behind it and what waits for its commit.
import type { Dialect } from './dialect.ts'
import type { RowChanges } from './row-changes.ts'

/** What stands behind one Kysely handle. */
export interface Handle {
  readonly dialect: Dialect
  /** Runs a statement and gives its rows. */
  all(sql: string, parameters: readonly unknown[]): Promise<unknown[]>
  /** Runs a statement and gives the number of rows it changed. */
  run(sql: string, parameters: readonly unknown[]): Promise<number>
  /** Tells which rows were written, where the engine can and it was asked to; never for transactions. */
  readonly changes?: RowChanges
  /** What runs after the commit; only transactions have it. */
  readonly hooks?: (() => void)[]
}

const handles = new WeakMap<object, Handle>()

/** Remembers what stands behind `db`. */
export function registerHandle(db: object, handle: Handle): void {
  handles.set(db, handle)
}

/** What stands behind `db`; throws for a handle which no store gave out (such as one made by `withSchema`). */
export function handleOf(db: object): Handle {
  const handle = handles.get(db)
  if (!handle)
    throw new Error('this database handle was not given out by a store: pass store.read or tx itself')
  return handle
}

/** The differences of the engine behind `db`, for query files, which take `db` and nothing else. */
export function dialectOf(db: object): Dialect {
  return handleOf(db).dialect
}

/**
 * Runs `hook` once the transaction `tx` is committed, in the order of the calls; drops it when the transaction is undone.
 * For what must not happen for rows that never came to be: waking workers, streaming, forgetting caches. An error in a
 * hook is logged and reaches nobody.
 */
export function afterCommit(tx: object, hook: () => void): void {
  const { hooks } = handleOf(tx)
  if (!hooks) throw new Error('afterCommit needs a transaction: call it with the tx of store.write')
  hooks.push(hook)
}

/** What tells memories of changes in the rows that they keep; undefined where each read must look for itself. */
export function changesOf(db: object): RowChanges | undefined {
  return handleOf(db).changes
}

/** Whether the handle is that of a transaction, which sees rows that nobody else may see yet. */
export function isTransaction(db: object): boolean {
  return handleOf(db).hooks !== undefined
}
