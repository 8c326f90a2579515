// Everything that is kept of accounts, posts, media and emoji of other servers, one text for each row.
import type { Store } from '../../../src/store/open.ts'

/** Raw documents are left out: they are kept as they came and shown to nobody. */
export async function keptRows(db: Store['read']): Promise<string[]> {
  const tables = ['accounts', 'posts', 'media', 'custom_emojis', 'post_edits', 'cards'] as const
  const rows: string[] = []
  for (const table of tables) {
    const found = (await db.selectFrom(table).selectAll().execute()) as object[]
    rows.push(...found.map((row) => `${table} ${JSON.stringify({ ...row, raw: null })}`))
  }
  return rows
}
