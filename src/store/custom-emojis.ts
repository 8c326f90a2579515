// Custom emojis: ours, and those that other servers' accounts use.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { IncomingEmoji } from '../model/account.ts'
import type { CustomEmoji } from '../model/custom-emoji.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findEmojis(db: Db, ids: readonly number[]): Promise<CustomEmoji[]> {
  if (ids.length === 0) return []
  return db.selectFrom('custom_emojis').selectAll().where('id', 'in', ids).where('disabled', '=', 0).execute()
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

/** Our own enabled emojis among `shortcodes`. */
export async function findLocalEmojis(
  db: Db,
  shortcodes: readonly string[],
): Promise<{ id: number; shortcode: string }[]> {
  if (shortcodes.length === 0) return []
  return db
    .selectFrom('custom_emojis')
    .select(['id', 'shortcode'])
    .where('domain', '=', '')
    .where('shortcode', 'in', shortcodes)
    .where('disabled', '=', 0)
    .execute()
}

/** The ids of another server's emojis; new ones are made, changed pictures noted (their copies are then stale). */
export async function ensureRemoteEmojis(
  db: Db,
  domain: string,
  emojis: readonly IncomingEmoji[],
  at: { now: number; nextId: () => number },
): Promise<{ id: number; shortcode: string }[]> {
  const byCode = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]))
  if (byCode.size === 0) return []
  const known = await db
    .selectFrom('custom_emojis')
    .select(['id', 'shortcode', 'remote_url'])
    .where('domain', '=', domain)
    .where('shortcode', 'in', [...byCode.keys()])
    .execute()
  const same = known.filter((row) => byCode.get(row.shortcode)?.imageUrl === row.remote_url)
  if (same.length === byCode.size) return same.map(({ id, shortcode }) => ({ id, shortcode }))
  const current = new Set(same.map((row) => row.shortcode))
  const changed = [...byCode.values()].filter((emoji) => !current.has(emoji.shortcode))
  const rows = await db
    .insertInto('custom_emojis')
    .values(
      changed.map((emoji) => ({
        id: at.nextId(),
        domain,
        shortcode: emoji.shortcode,
        uri: emoji.uri ?? null,
        remote_url: emoji.imageUrl,
        created_at: at.now,
        updated_at: at.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['domain', 'shortcode']).doUpdateSet({
        remote_url: sql`excluded.remote_url`,
        uri: sql`excluded.uri`,
        updated_at: sql`excluded.updated_at`,
        file_key: null,
        static_key: null,
      }),
    )
    .returning(['id', 'shortcode'])
    .execute()
  return [...same.map(({ id, shortcode }) => ({ id, shortcode })), ...rows]
}

/** For administrators: ours or those of others, disabled ones as well, by name. `after` is the last name seen. */
export async function listEmojiRows(
  db: Db,
  choice: { local: boolean; text: string; after: string; limit: number },
): Promise<CustomEmoji[]> {
  let query = db
    .selectFrom('custom_emojis')
    .selectAll()
    .where('domain', choice.local ? '=' : '<>', '')
    .where('shortcode', '>', choice.after)
  if (choice.text !== '')
    query = query.where('shortcode', '>=', choice.text).where('shortcode', '<', `${choice.text}\u{10FFFF}`)
  return query.orderBy('shortcode').orderBy('id').limit(choice.limit).execute()
}

export async function findEmojiRow(db: Db, id: number): Promise<CustomEmoji | undefined> {
  return db.selectFrom('custom_emojis').selectAll().where('id', '=', id).executeTakeFirst()
}

/** False when the name is taken. */
export async function insertOwnEmoji(db: Db, row: CustomEmoji): Promise<boolean> {
  const rows = await db
    .insertInto('custom_emojis')
    .values(row)
    .onConflict((conflict) => conflict.columns(['domain', 'shortcode']).doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function updateEmoji(
  db: Db,
  id: number,
  change: Partial<CustomEmoji>,
): Promise<CustomEmoji | undefined> {
  return db.updateTable('custom_emojis').set(change).where('id', '=', id).returningAll().executeTakeFirst()
}

export async function deleteEmoji(db: Db, id: number): Promise<CustomEmoji | undefined> {
  return db
    .deleteFrom('custom_emojis')
    .where('id', '=', id)
    .where('domain', '=', '')
    .returningAll()
    .executeTakeFirst()
}
