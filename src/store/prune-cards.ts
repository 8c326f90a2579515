// Link previews that no post shows any more.
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

export async function listCardsAfter(db: Kysely<Tables>, afterId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('cards')
    .select('id')
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Removes those of `ids` that were made before `before` and that no post has. */
export async function removeUnusedCards(
  tx: Transaction<Tables>,
  ids: readonly number[],
  before: number,
): Promise<{ count: number; keys: string[] }> {
  if (ids.length === 0) return { count: 0, keys: [] }
  const dialect = dialectOf(tx)
  const rows = await tx
    .deleteFrom('cards')
    .where(dialect.idIn('id', dialect.idList(ids)))
    .where('created_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('post_cards as p').select('p.post_id').whereRef('p.card_id', '=', 'cards.id'),
        ),
      ),
    )
    .returning('image_key')
    .execute()
  return { count: rows.length, keys: rows.map((row) => row.image_key).filter((key) => key !== null) }
}
