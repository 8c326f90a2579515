// Numbers and rules that the server tells about itself; counted seldom, since counting walks tables.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export interface ServerFacts {
  users: number
  posts: number
  domains: number
  activeMonth: number
  activeHalfYear: number
  rules: { id: number; text: string; hint: string }[]
  /** The first administrator. */
  contactId: number | undefined
}

const known = new WeakMap<object, { at: number; facts: Promise<ServerFacts> }>()
/** Counts may be this old. */
const KEEP_MS = 10 * 60_000
const DAY_MS = 86_400_000

/** Facts that are at most ten minutes old. `db` must be a handle that lives long (not a transaction). */
export function loadServerFacts(db: Kysely<Tables>, now: number): Promise<ServerFacts> {
  const kept = known.get(db)
  if (kept && now - kept.at < KEEP_MS && now >= kept.at) return kept.facts
  const facts = countFacts(db, now)
  known.set(db, { at: now, facts })
  facts.catch(() => known.delete(db))
  return facts
}

/** Makes the next call count anew: after rules or people changed. */
export function forgetServerFacts(db: Kysely<Tables>): void {
  known.delete(db)
}

async function countFacts(db: Kysely<Tables>, now: number): Promise<ServerFacts> {
  const activeSince = async (since: number): Promise<number> => {
    const row = await db
      .selectFrom('users')
      .select(sql<number>`count(*)`.as('n'))
      .where('last_active_at', '>', since)
      .executeTakeFirstOrThrow()
    return row.n
  }
  const users = await db
    .selectFrom('users')
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  const posts = await db
    .selectFrom('accounts')
    .select(sql<number>`coalesce(sum(posts_count), 0)`.as('n'))
    .where('domain', '=', '')
    .executeTakeFirstOrThrow()
  const domains = await db
    .selectFrom('hosts')
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  const rules = await db
    .selectFrom('rules')
    .select(['id', 'text', 'hint'])
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .limit(100)
    .execute()
  const contact = await db
    .selectFrom('users')
    .select('account_id')
    .where('role', 'in', ['owner', 'admin'])
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst()
  return {
    users: users.n,
    posts: posts.n,
    domains: domains.n,
    activeMonth: await activeSince(now - 30 * DAY_MS),
    activeHalfYear: await activeSince(now - 180 * DAY_MS),
    rules,
    contactId: contact?.account_id,
  }
}
