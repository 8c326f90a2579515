// Which of the files that are kept some row still speaks of.
import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Tables with columns that hold file keys. */
const COLUMNS = {
  media: ['file_key', 'preview_key'],
  accounts: ['avatar_key', 'avatar_static_key', 'header_key', 'header_static_key'],
  custom_emojis: ['file_key', 'static_key'],
  cards: ['image_key'],
  archives: ['file_key'],
} as const

export type FileOwner = keyof typeof COLUMNS

/** The keys that rows with these ids hold. */
export async function listOwnedKeys(db: Db, owner: FileOwner, ids: readonly number[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const dialect = dialectOf(db)
  const columns = sql.join(COLUMNS[owner].map((column) => sql.ref(column)))
  const { rows } = await sql<Record<string, string | null>>`select ${columns} from ${sql.table(owner)}
    where ${dialect.idIn('id', dialect.idList(ids))}`.execute(db)
  return new Set(rows.flatMap((row) => Object.values(row)).filter((key) => key !== null))
}

/** The keys of pictures that accounts or emojis of this server have. */
export async function listLocalKeys(db: Db, owner: 'accounts' | 'custom_emojis'): Promise<Set<string>> {
  const columns = sql.join(COLUMNS[owner].map((column) => sql.ref(column)))
  const { rows } = await sql<Record<string, string | null>>`select ${columns} from ${sql.table(owner)}
    where domain = ''`.execute(db)
  return new Set(rows.flatMap((row) => Object.values(row)).filter((key) => key !== null))
}

/** Lets rows with these ids forget these keys; what they show is fetched anew. */
export async function forgetKeys(
  tx: Transaction<Tables>,
  owner: FileOwner,
  ids: readonly number[],
  keys: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const dialect = dialectOf(tx)
  for (const column of COLUMNS[owner])
    await sql`update ${sql.table(owner)} set ${sql.ref(column)} = null
      where ${dialect.idIn('id', dialect.idList(ids))} and ${sql.ref(column)} in (${sql.join(keys)})`.execute(
      tx,
    )
}
