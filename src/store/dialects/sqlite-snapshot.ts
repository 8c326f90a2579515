// Reads a SQLite file as it was at one moment, over a connection of its own.
import { DatabaseSync } from 'node:sqlite'
import { selectAllOf } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

const BUSY_MS = 10_000

export function openSqliteSnapshot(file: string): Snapshot {
  const db = new DatabaseSync(file, { timeout: BUSY_MS })
  try {
    // The first read fixes the moment.
    db.exec('pragma query_only = on; begin; select count(*) from sqlite_master')
  } catch (error) {
    db.close()
    throw error
  }
  return {
    async *rows(table, size) {
      const statement = db.prepare(selectAllOf(table))
      statement.setReturnArrays(true)
      let group: unknown[][] = []
      for (const row of statement.iterate()) {
        group.push(row as unknown as unknown[])
        if (group.length < size) continue
        yield group
        group = []
      }
      if (group.length > 0) yield group
    },
    close() {
      db.close()
      return Promise.resolve()
    },
  }
}
