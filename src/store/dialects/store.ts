// The shape of an open database: one handle to read, one door to write.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from './dialect.ts'

/** A handle to read with: the open database or a transaction. */
export type Db = Kysely<Tables>

/** An open transaction. */
export type Tx = Transaction<Tables>

/** What `openStore` gives. Reads never wait for writes; every write is one transaction. */
export interface Store {
  readonly dialect: Dialect

  /** For reading outside a transaction: sees all that is committed, and refuses to write. */
  readonly read: Kysely<Tables>

  /**
   * Runs `work` in one transaction and resolves when it is committed; an error thrown inside undoes it and is thrown on.
   * Small works waiting at the same moment may share one commit (SQLite), each still undone alone. `work` may run more
   * than once (PostgreSQL, after a deadlock), so it changes nothing but rows; what must happen once goes to `afterCommit`.
   * It never waits for the network: on SQLite every other write waits for it. Never call `write` inside another `work`
   * (that is an error): pass `tx` on. A work longer than `longestMs` (30 s) is undone: something in it hangs.
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>

  /** Short messages between the processes that share the database; nothing is kept for those not listening. */
  readonly signals: Signals

  /** From now on memories may be told of changed rows (see `changesOf`); all tables must be there. Only SQLite can. */
  watchRows(): void

  /** Waits for works under way, then closes every connection. Later calls are errors. */
  close(): Promise<void>
}

export interface WriteOptions {
  longestMs?: number
}

/** A wire to the other processes of the same server, where they run under one roof. */
export interface SignalLine {
  send(channel: string, text: string): void
  /** Calls the listener, with those before it, for what others send. */
  hear(listener: (channel: string, text: string) => void): void
}

/**
 * On PostgreSQL signals reach every process of the database (NOTIFY); on SQLite those at the other ends of the line, and
 * without one they stay inside the process.
 */
export interface Signals {
  /** Sends `text` (at most 7,900 bytes) to all listeners, this process included. Never fails; may be lost. */
  send(channel: string, text: string): void
  /** Calls `hear` for every message until the returned function is called. Channels are named [a-z_]+. */
  listen(channel: string, hear: (text: string) => void): () => void
}

/** Where a store speaks of trouble that reaches no caller. */
export interface StoreLog {
  warn: (message: string, fields?: Record<string, unknown>) => void
  error: (message: string, fields?: Record<string, unknown>) => void
}
