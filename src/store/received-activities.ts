// The addresses of activities that arrived, so that each takes effect once however often it is sent.
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { Tables } from './schema.ts'

type Tx = Transaction<Tables>

const insert = prepared(
  'note a received activity',
  (db, parameter: Parameter<{ uri: string; now: number }>) =>
    db
      .insertInto('received_activities')
      .values({ uri: parameter('uri'), received_at: parameter('now') })
      .onConflict((conflict) => conflict.doNothing())
      .returning('uri'),
)

/** Notes the activity; false when it arrived before. */
export async function insertReceived(tx: Tx, uri: string, now: number): Promise<boolean> {
  return (await insert.first(tx, { uri, now })) !== undefined
}

/** Forgets activities that arrived before `before`, at most `limit`; says how many. */
export async function pruneReceived(tx: Tx, before: number, limit: number): Promise<number> {
  const { rows } = await sql<{ uri: string }>`delete from received_activities where uri in
    (select uri from received_activities where received_at < ${before} limit ${limit}) returning uri`.execute(
    tx,
  )
  return rows.length
}
