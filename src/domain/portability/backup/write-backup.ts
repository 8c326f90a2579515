// Writes database and files into one archive while the server goes on: the rows of one moment, then the files.
import type { Writable } from 'node:stream'
import type { DatabaseSettings, Store } from '../../../store/open.ts'
import { openSnapshot } from '../../../store/snapshot.ts'
import type { Snapshot, TableColumns } from '../../../store/snapshot.ts'
import { listSteps, listTables } from '../../../store/whole-tables.ts'
import { CACHE_FOLDER } from './files.ts'
import type { BackupFiles, Progress } from './files.ts'
import { PART_BYTES, partName } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { writeArchive } from './write-archive.ts'
import type { ArchiveWriter } from './write-archive.ts'

export interface BackupParts {
  store: Store
  database: DatabaseSettings
  files: BackupFiles
  server: { origin: string; version: string }
  now: number
  progress: Progress
}

const ROWS = 500

/**
 * Writes a whole backup to `out` and ends it. Without `withCache`, copies of other servers' media stay out, and rows do not
 * speak of them. Whatever fails is thrown; the archive is no backup then, and restoring it is refused.
 */
export async function writeBackup(
  parts: BackupParts,
  out: Writable,
  { withCache = false }: { withCache?: boolean } = {},
): Promise<Omit<Manifest, 'entries' | 'sumsSha256'>> {
  const archive = writeArchive(out)
  try {
    const rows = await writeTables(parts, archive, withCache)
    const files = await writeFiles(parts, archive, withCache)
    const manifest = {
      format: 'folkmoot-backup',
      formatVersion: 1,
      ...parts.server,
      engine: parts.store.dialect.name,
      createdAt: new Date(parts.now).toISOString(),
      ...rows,
      files,
      withCache,
    } as const
    await archive.finish(manifest)
    return manifest
  } catch (error) {
    await archive.abandon()
    throw error
  }
}

async function writeTables(
  { store, database, progress }: BackupParts,
  archive: ArchiveWriter,
  withCache: boolean,
): Promise<Pick<Manifest, 'migrations' | 'tables'>> {
  const migrations = await listSteps(store.read)
  const snapshot = await openSnapshot(database)
  const tables: Record<string, number> = {}
  try {
    for (const table of await listTables(store.read)) {
      tables[table.name] = await writeTable(archive, snapshot, table, withCache)
      progress(`${table.name}: ${tables[table.name]} rows`)
    }
  } finally {
    await snapshot.close()
  }
  return { migrations, tables }
}

/** Parts of a few megabytes, each a line of column names and a line per row, so that nothing large is held in memory. */
async function writeTable(
  archive: ArchiveWriter,
  snapshot: Snapshot,
  table: TableColumns,
  withCache: boolean,
): Promise<number> {
  const heading = `${JSON.stringify(table.columns)}\n`
  let [count, part, bytes] = [0, 0, 0]
  let lines: string[] = []
  const flush = async (): Promise<void> => {
    part += 1
    const body = Buffer.from(heading + lines.join(''))
    await archive.add(partName(table.name, part), { size: body.byteLength, body })
    lines = []
    bytes = 0
  }
  for await (const rows of snapshot.rows(table, ROWS)) {
    for (const row of rows) {
      const line = `${JSON.stringify(withCache ? row : withoutCopies(table.columns, row))}\n`
      lines.push(line)
      bytes += line.length
      count += 1
      if (bytes > PART_BYTES / 16) await flush()
    }
  }
  if (lines.length > 0) await flush()
  return count
}

/** A row whose copied file stays behind must not speak of it: the file will be fetched anew. */
function withoutCopies(columns: readonly string[], row: readonly unknown[]): unknown[] {
  const isCopy = (value: unknown, index: number): boolean =>
    typeof value === 'string' && value.startsWith(CACHE_FOLDER) && (columns[index] ?? '').endsWith('_key')
  const hasCopy = row.some(isCopy)
  if (!hasCopy) return [...row]
  return row.map((value, index) => (isCopy(value, index) || columns[index] === 'cached_at' ? null : value))
}

async function writeFiles(
  { files, progress }: BackupParts,
  archive: ArchiveWriter,
  withCache: boolean,
): Promise<Manifest['files']> {
  const total = { count: 0, bytes: 0 }
  for await (const { key } of files.list('')) {
    if (!withCache && key.startsWith(CACHE_FOLDER)) continue
    // Deleted since it was listed.
    const file = await files.read(key)
    if (!file) continue
    const { stream: body, size, contentType } = file
    await archive.add(`files/${key}`, { size, body, contentType })
    total.count += 1
    total.bytes += size
    if (total.count % 1000 === 0) progress(`${total.count} files`)
  }
  progress(`${total.count} files`)
  return total
}
