// Searching accounts by the beginnings of names and handles.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

export interface AccountWords {
  words: string
  limit: number
  /** How many of the best to pass over; searches are shallow, so this is at most a few hundred. */
  offset: number
  followedBy?: number
}

const DEEPEST = 200

/** Ids of accounts whose handle begins with the words or whose name has words beginning so; better known ones first. */
export async function searchAccounts(db: Kysely<Tables>, search: AccountWords): Promise<number[]> {
  const dialect = dialectOf(db)
  const typed = search.words.trim().slice(0, 200)
  const [name = '', domain] = typed.toLowerCase().split('@', 2)
  if (name === '') return []
  const depth = Math.min(DEEPEST, search.offset + search.limit)
  const byName = await dialect.searchIds(db, 'account_search', {
    query: `${typed.replaceAll('@', ' ')}*`,
    limit: DEEPEST,
  })
  let query = db
    .selectFrom('accounts as a')
    .select(['a.id as id'])
    .where('a.suspended_at', 'is', null)
    .where('a.deleted_at', 'is', null)
    .where('a.kind', '!=', 'application')
    .where(
      sql<boolean>`not exists (select 1 from users u where u.account_id = a.id and (u.confirmed_at is null or u.approved_at is null))`,
    )
    .where((eb) =>
      eb.or([
        search.followedBy === undefined
          ? eb('a.id', 'in', sql<number>`(select id from (${firstNamed(db, name)}) as named)`)
          : // No index: it would look at everybody so named, where the reader follows few.
            sql<boolean>`substr(a.username_key, 1, ${name.length}) = ${name}`,
        dialect.idIn('a.id', dialect.idList(byName)),
      ]),
    )
  if (domain !== undefined && domain !== '') query = query.where(dialect.startsWith('a.domain', domain))
  const { followedBy } = search
  if (followedBy !== undefined)
    query = query.where((eb) =>
      eb(
        'a.id',
        'in',
        eb
          .selectFrom('follows as f')
          .select('f.target_id')
          .where('f.account_id', '=', followedBy)
          .where('f.accepted', '=', 1),
      ),
    )
  const rows = await query
    .orderBy(sql`case when a.username_key = ${name} then 0 else 1 end`)
    .orderBy('a.followers_count', 'desc')
    .orderBy('a.id')
    .limit(depth)
    .execute()
  return rows.slice(search.offset).map((row) => row.id)
}

/** Two letters begin tens of thousands of handles on a large server: the best known are looked for among this many. */
const MOST_NAMED = 500

function firstNamed(db: Kysely<Tables>, name: string) {
  return db
    .selectFrom('accounts')
    .select('id')
    .where(dialectOf(db).startsWith('username_key', name))
    .orderBy('username_key')
    .limit(MOST_NAMED)
}
