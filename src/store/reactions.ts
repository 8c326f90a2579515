// Likes, dislikes and emoji reactions.
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { ReactionsTable, Tables } from './schema.ts'

export type Reaction = Selectable<ReactionsTable>
export type ReactionKind = 'like' | 'dislike' | 'emoji'
type Db = Kysely<Tables>

/** Adds the reaction; undefined when this account reacted so already. */
export async function insertReaction(
  db: Db,
  reaction: Insertable<ReactionsTable>,
): Promise<number | undefined> {
  const row = await db
    .insertInto('reactions')
    .values(reaction)
    .onConflict((conflict) => conflict.columns(['post_id', 'account_id', 'kind', 'emoji']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export interface ReactionKey {
  postId: number
  accountId: number
  kind: ReactionKind
  /** '' but for emoji. */
  emoji?: string
}

export async function findReaction(db: Db, key: ReactionKey): Promise<Reaction | undefined> {
  return db
    .selectFrom('reactions')
    .selectAll()
    .where('post_id', '=', key.postId)
    .where('account_id', '=', key.accountId)
    .where('kind', '=', key.kind)
    .where('emoji', '=', key.emoji ?? '')
    .executeTakeFirst()
}

export async function findReactionByUri(db: Db, uri: string): Promise<Reaction | undefined> {
  return db.selectFrom('reactions').selectAll().where('uri', '=', uri).executeTakeFirst()
}

/** Removes it and gives what it was; undefined when it was gone already. */
export async function removeReaction(db: Db, id: number): Promise<Reaction | undefined> {
  return db.deleteFrom('reactions').where('id', '=', id).returningAll().executeTakeFirst()
}

/** The emojis this account reacted with. */
export async function listOwnEmojis(db: Db, postId: number, accountId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('reactions')
    .select('emoji')
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .where('kind', '=', 'emoji')
    .execute()
  return rows.map((row) => row.emoji)
}

export async function findReactionById(db: Db, id: number): Promise<Reaction | undefined> {
  return db.selectFrom('reactions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Reactions counted for one post at most. */
const MOST_COUNTED = 5000
const MOST_EMOJIS = 50

/** How often each emoji was used on a post, the most used first. */
export async function countEmojis(
  db: Db,
  postId: number,
): Promise<{ emoji: string; emojiId: number | null; count: number }[]> {
  const some = db
    .selectFrom('reactions')
    .select(['emoji', 'emoji_id'])
    .where('post_id', '=', postId)
    .where('kind', '=', 'emoji')
    .limit(MOST_COUNTED)
  return db
    .selectFrom(some.as('r'))
    .select((eb) => ['r.emoji', eb.fn.max('r.emoji_id').as('emojiId'), eb.fn.countAll<number>().as('count')])
    .groupBy('r.emoji')
    .orderBy('count', 'desc')
    .orderBy('r.emoji')
    .limit(MOST_EMOJIS)
    .execute()
}
