// Opens the database that the configuration names for reading as a whole.
import type { DatabaseSettings } from './open.ts'
import { openPostgresSnapshot } from './dialects/postgres-snapshot.ts'
import type { Snapshot } from './dialects/snapshot.ts'
import { openSqliteSnapshot } from './dialects/sqlite-snapshot.ts'

export type { Snapshot, TableColumns } from './dialects/snapshot.ts'

export async function openSnapshot(database: DatabaseSettings): Promise<Snapshot> {
  return database.engine === 'sqlite' ? openSqliteSnapshot(database.file) : openPostgresSnapshot(database.url)
}
