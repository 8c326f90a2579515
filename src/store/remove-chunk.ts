// Removes a bounded number of rows of any table, so that no transaction becomes long.
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

/** Rows to remove: names come from our own code, never from outside. */
export interface Chunk {
  table: keyof Tables
  /** The columns of the primary key, separated by commas. */
  key: string
  /** Which rows; must find them by an index. */
  where: RawBuilder<unknown>
  limit: number
}

/** Says how many rows went; fewer than `limit` means that none is left. */
export async function removeChunk(
  tx: Transaction<Tables>,
  { table, key, where, limit }: Chunk,
): Promise<number> {
  const some = sql`select ${sql.raw(key)} from ${sql.table(table)} where ${where} limit ${limit}`
  const result = await sql`delete from ${sql.table(table)} where (${sql.raw(key)}) in (${some})`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}
