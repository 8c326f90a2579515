// Link previews, and which post shows which.
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Card } from '../model/card.ts'
import type { CardsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export type CardRow = Selectable<CardsTable>

export async function findCardByUrl(db: Db, url: string): Promise<CardRow | undefined> {
  return db.selectFrom('cards').selectAll().where('url', '=', url).executeTakeFirst()
}

/**
 * Marks the page as being read now and gives its id, unless somebody began to after `since`. A card that is shown stays
 * as it is meanwhile.
 */
export async function claimCard(
  db: Db,
  claim: { id: number; url: string; now: number; since: number },
): Promise<number | undefined> {
  const { id, url, now } = claim
  const row = await db
    .insertInto('cards')
    .values({ id, url, state: 'pending', fetched_at: now, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column('url')
        .doUpdateSet({
          state: sql<string>`case when cards.state = 'ready' then 'ready' else 'pending' end`,
          fetched_at: now,
        })
        .where(sql<boolean>`coalesce(cards.fetched_at, 0) < ${claim.since}`),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** What was found; null (nothing) leaves a card that is shown as it is. */
export async function keepCard(
  db: Db,
  id: number,
  found: { card: Card; image: string | undefined } | null,
  now: number,
): Promise<void> {
  const image = found?.image ?? null
  const change =
    found === null
      ? { state: sql<string>`case when state = 'ready' then 'ready' else 'failed' end` }
      : {
          state: 'ready',
          card: JSON.stringify(found.card),
          image_key: sql<string | null>`case when image_remote_url = ${image} then image_key end`,
          image_remote_url: image,
        }
  await db
    .updateTable('cards')
    .set({ ...change, fetched_at: now })
    .where('id', '=', id)
    .execute()
}

export async function linkCard(db: Db, postId: number, cardId: number): Promise<void> {
  await db
    .insertInto('post_cards')
    .values({ post_id: postId, card_id: cardId })
    .onConflict((conflict) => conflict.column('post_id').doUpdateSet({ card_id: cardId }))
    .execute()
}

export async function unlinkCard(db: Db, postId: number): Promise<void> {
  await db.deleteFrom('post_cards').where('post_id', '=', postId).execute()
}

export async function hasCard(db: Db, postId: number): Promise<boolean> {
  const row = await db
    .selectFrom('post_cards')
    .select('card_id')
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row !== undefined
}
