// The shape of an open database: one handle to read, one door to write.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from './dialect.ts'

/** What `openStore` gives. Reads never wait for writes; every write is one transaction. */
export interface Store {
  readonly dialect: Dialect

  /** For reading outside a transaction: sees all that is committed, and refuses to write. */
  readonly read: Kysely<Tables>

  /**
   * Runs `work` in one transaction and resolves when it is committed; an error thrown inside undoes it and is thrown on.
   * Small works waiting at the same moment may share one commit (SQLite), each still undone alone. `work` may run more
   * than once (PostgreSQL, after a deadlock), so it changes nothing but rows; what must happen once goes to `afterCommit`.
   * Never call it inside another `work` (that is an error): pass `tx` on.
   */
  write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>

  /** Waits for works under way, then closes every connection. Later calls are errors. */
  close(): Promise<void>
}
