// Whether posts have changed since they were last read: a few numbers a post, in one statement.
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { Db } from './open.ts'

interface StampRow {
  id: number
  edited_at: number | null
  likes_count: number
  boosts_count: number
  replies_count: number
  quotes_count: number
  quote_state: string | null
  quote_policy: string
  comments_closed: number
  reply_policy: string
  in_reply_to_id: number | null
  card_id: number | null
  updated_at: number
  suspended_at: number | null
  limited_at: number | null
}

const stamps = prepared('post stamps', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('posts as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .leftJoin('post_cards as c', 'c.post_id', 'p.id')
    .where(dialect.idIn('p.id', parameter('ids')))
    .select([
      'p.id',
      'p.edited_at',
      'p.likes_count',
      'p.boosts_count',
      'p.replies_count',
      'p.quotes_count',
      'p.quote_state',
      'p.quote_policy',
      'p.comments_closed',
      'p.reply_policy',
      'p.in_reply_to_id',
      'c.card_id',
      'a.updated_at',
      'a.suspended_at',
      'a.limited_at',
    ]),
)

/** A text a post that changes whenever what is shown of it does; posts that are gone have none. */
export async function loadPostStamps(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await stamps.all(db, { ids: dialectOf(db).idList(ids) })
  return new Map(rows.map((row) => [row.id, stampOf(row)]))
}

function stampOf(row: StampRow): string {
  return `${row.edited_at}/${row.likes_count}/${row.boosts_count}/${row.replies_count}/${row.quotes_count}/${row.quote_state}/${row.quote_policy}/${row.comments_closed}/${row.reply_policy}/${row.in_reply_to_id}/${row.card_id}/${row.updated_at}/${row.suspended_at}/${row.limited_at}`
}
