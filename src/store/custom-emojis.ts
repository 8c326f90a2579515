// Custom emojis: ours, and those that other servers' accounts use.
import type { Insertable, Kysely } from 'kysely'
import type { CustomEmoji } from '../model/custom-emoji.ts'
import type { CustomEmojisTable, Tables } from './schema.ts'

export type { CustomEmoji }
type Db = Kysely<Tables>

export async function findEmojis(db: Db, ids: readonly number[]): Promise<CustomEmoji[]> {
  if (ids.length === 0) return []
  return db.selectFrom('custom_emojis').selectAll().where('id', 'in', ids).where('disabled', '=', 0).execute()
}

/** Our own emojis with these names (without colons); `domain` is '' for ours. */
export async function findEmojisByName(
  db: Db,
  domain: string,
  shortcodes: readonly string[],
): Promise<CustomEmoji[]> {
  if (shortcodes.length === 0) return []
  return db
    .selectFrom('custom_emojis')
    .selectAll()
    .where('domain', '=', domain)
    .where('shortcode', 'in', shortcodes)
    .where('disabled', '=', 0)
    .execute()
}

/** Everything that the picker offers, in order of name; at most 5,000. */
export async function listOwnEmojis(db: Db): Promise<CustomEmoji[]> {
  return db
    .selectFrom('custom_emojis')
    .selectAll()
    .where('domain', '=', '')
    .where('disabled', '=', 0)
    .orderBy('shortcode')
    .limit(5000)
    .execute()
}

/** Keeps what another server says of its emojis and returns their ids in the same order. */
export async function keepEmojis(
  db: Db,
  emojis: readonly Insertable<CustomEmojisTable>[],
): Promise<number[]> {
  const ids: number[] = []
  for (const emoji of emojis) {
    const row = await db
      .insertInto('custom_emojis')
      .values(emoji)
      .onConflict((oc) =>
        oc.columns(['domain', 'shortcode']).doUpdateSet({
          uri: emoji.uri ?? null,
          remote_url: emoji.remote_url ?? null,
          updated_at: emoji.updated_at,
        }),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.push(row.id)
  }
  return ids
}
