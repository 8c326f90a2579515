// How much space the database and media take; summing walks tables, so it is done seldom.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** Bytes and numbers of files. */
export interface StorageUse {
  database: number
  ownMedia: number
  ownFiles: number
  cachedMedia: number
  cachedFiles: number
  measuredAt: number
}

const known = new WeakMap<object, { at: number; use: Promise<StorageUse> }>()
/** Figures may be this old. */
const KEEP_MS = 10 * 60_000

/** At most ten minutes old. `db` must be a handle that lives long. */
export function measureStorage(
  db: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  now: number,
): Promise<StorageUse> {
  const kept = known.get(db)
  if (kept && now - kept.at < KEEP_MS && now >= kept.at) return kept.use
  const use = sumUp(db, engine, now)
  known.set(db, { at: now, use })
  use.catch(() => known.delete(db))
  return use
}

/** Makes the next call measure anew: after a purge. */
export function forgetStorage(db: Kysely<Tables>): void {
  known.delete(db)
}

async function sumUp(db: Kysely<Tables>, engine: 'sqlite' | 'postgres', now: number): Promise<StorageUse> {
  const size =
    engine === 'postgres'
      ? sql<{ size: number | string }>`select pg_database_size(current_database()) as size`
      : sql<{
          size: number | string
        }>`select page_count * page_size as size from pragma_page_count(), pragma_page_size()`
  const { rows } = await size.execute(db)
  const media = await sql<{ own: number | string; files: number | string; bytes: number | string }>`
    select case when remote_url is null then 1 else 0 end as own, count(*) as files,
      coalesce(sum(bytes), 0) as bytes
    from media where file_key is not null group by 1`.execute(db)
  const of = (own: number) => media.rows.find((row) => Number(row.own) === own)
  return {
    database: Number(rows[0]?.size ?? 0),
    ownMedia: Number(of(1)?.bytes ?? 0),
    ownFiles: Number(of(1)?.files ?? 0),
    cachedMedia: Number(of(0)?.bytes ?? 0),
    cachedFiles: Number(of(0)?.files ?? 0),
    measuredAt: now,
  }
}
