// Fills an empty database and an empty place for files from a backup of either engine.
import { Refusal } from '../../../model/refusal.ts'
import { migrate } from '../../../store/migrate.ts'
import type { Migration } from '../../../store/migrate.ts'
import type { Store } from '../../../store/open.ts'
import {
  dropTables,
  hasRows,
  insertRows,
  listSteps,
  listTables,
  markFinished,
  markUnfinished,
} from '../../../store/whole-tables.ts'
import type { BackupFiles, Progress } from './files.ts'
import { PART_BYTES } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { readArchive, readWhole, verifyArchive } from './read-archive.ts'
import type { ArchiveEntry } from './read-archive.ts'

export interface RestoreParts {
  store: Store
  files: BackupFiles
  migrations: readonly Migration[]
  origin: string
  progress: Progress
}

const ROWS = 500

/**
 * Restores the backup at `path`. Nothing is touched before the whole file has been proven intact. Refuses a place that is not
 * empty and a backup of another address, unless `force`, which removes everything first. A database on which this ended
 * half-way is refused by the server. Search is rebuilt by `rebuildSearch` afterwards.
 */
export async function restoreBackup(
  parts: RestoreParts,
  path: string,
  { force = false }: { force?: boolean } = {},
): Promise<Manifest> {
  const { store, files, migrations, progress } = parts
  const manifest = await verifyArchive(path)
  progress('the backup is intact')
  const before = stepsOf(manifest, migrations)
  if (force) await removeEverything(parts)
  else await refuseUnlessEmpty(parts, manifest)
  await migrate(store, before)
  await markUnfinished(store)
  const columns = new Map((await listTables(store.read)).map((table) => [table.name, new Set(table.columns)]))
  for await (const entry of readArchive(path)) {
    if (entry.is.kind === 'table') await restorePart(store, columns.get(entry.is.table), entry)
    if (entry.is.kind === 'file') {
      const contentType = entry.contentType ?? 'application/octet-stream'
      await files.put(entry.is.key, entry.body, { contentType })
    }
    if (entry.is.kind === 'table') progress(entry.name)
  }
  await markFinished(store)
  await migrate(store, migrations)
  return manifest
}

/** The steps to the tables of the backup; refuses one of a newer version. */
function stepsOf(manifest: Manifest, migrations: readonly Migration[]): Migration[] {
  const known = new Set(migrations.map((migration) => migration.name))
  const unknown = manifest.migrations.find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new Refusal(
      'unsupported',
      `This backup was made by a newer version of Folkmoot (it knows the step ${unknown}): restore it with that one`,
    )
  return migrations.filter((migration) => manifest.migrations.includes(migration.name))
}

async function refuseUnlessEmpty({ store, files, origin }: RestoreParts, manifest: Manifest): Promise<void> {
  if (manifest.origin !== origin)
    throw new Refusal(
      'conflict',
      `The backup is of ${manifest.origin}, and FOLKMOOT_URL says ${origin}: correct the setting, or add --force`,
    )
  if (await hasRows(store.read))
    throw new Refusal('conflict', 'The database is not empty: name another one, or add --force to replace it')
  for await (const _ of files.list(''))
    throw new Refusal(
      'conflict',
      'There are files already: name another place, or add --force to replace them',
    )
  // Empty tables of another version are in the way.
  if ((await listSteps(store.read)).length > 0) await dropTables(store)
}

async function removeEverything({ store, files, progress }: RestoreParts): Promise<void> {
  progress('removing what is there')
  await dropTables(store)
  let keys: string[] = []
  for await (const { key } of files.list('')) {
    keys.push(key)
    if (keys.length < 100) continue
    await files.delete(keys)
    keys = []
  }
  await files.delete(keys)
}

async function restorePart(
  store: Store,
  known: ReadonlySet<string> | undefined,
  entry: ArchiveEntry,
): Promise<void> {
  const name = entry.is.kind === 'table' ? entry.is.table : ''
  if (!known) throw new Refusal('invalid', `The backup has a table "${name}" that this version does not know`)
  const [heading = '[]', ...lines] = (await readWhole(entry, PART_BYTES))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const columns = JSON.parse(heading) as string[]
  const unknown = columns.find((column) => !known.has(column))
  if (unknown !== undefined)
    throw new Refusal(
      'invalid',
      `The backup has a column "${unknown}" of ${name} that this version does not know`,
    )
  for (let first = 0; first < lines.length; first += ROWS) {
    const rows = lines.slice(first, first + ROWS).map((line) => JSON.parse(line, readable) as unknown[])
    await store.write((tx) => insertRows(tx, { name, columns }, rows))
  }
}

/** PostgreSQL keeps no NUL in texts, and nobody can see one. */
function readable(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value
}
