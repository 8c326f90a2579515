// Counts what people here did since a moment: posts, people who came, people who joined.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { idFloor } from '../lib/id.ts'
import type { Tables } from './schema.ts'

export interface Activity {
  posts: number
  visitors: number
  joined: number
}

const DAY_MS = 86_400_000

/** Looks only at people who were here lately, each a range of the index of their posts. */
export async function countActivity(db: Kysely<Tables>, since: number): Promise<Activity> {
  const count = sql<number>`count(*)`.as('n')
  const posts = await db
    .selectFrom('users')
    .innerJoin('posts', 'posts.account_id', 'users.account_id')
    .select(count)
    // A token's use is noted once a day.
    .where('users.last_active_at', '>=', since - DAY_MS)
    .where('posts.id', '>=', idFloor(since))
    .executeTakeFirstOrThrow()
  const visitors = await db
    .selectFrom('users')
    .select(count)
    .where('last_active_at', '>=', since)
    .executeTakeFirstOrThrow()
  const joined = await db
    .selectFrom('users')
    .select(count)
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  return { posts: posts.n, visitors: visitors.n, joined: joined.n }
}
