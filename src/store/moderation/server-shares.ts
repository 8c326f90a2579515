// What the server is made of: languages, apps, other servers, one hashtag, one server, and the space that all takes.
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { idFloor } from '../../lib/id.ts'
import type { Tables } from '../schema.ts'
import type { DayRange } from './day-series.ts'
import { DAY_MS } from './day-series.ts'

type Db = Kysely<Tables>

export interface Share {
  name: string
  value: number
}

/** At most so many of the latest posts are looked at. */
const MOST_POSTS = 50_000

async function shares(db: Db, query: RawBuilder<unknown>): Promise<Share[]> {
  const { rows } = await sql<{ name: string; value: number | string }>`${query}`.execute(db)
  return rows.map((row) => ({ name: row.name, value: Number(row.value) }))
}

function postsOf({ from, to }: DayRange): RawBuilder<unknown> {
  return sql`id >= ${idFloor(from * DAY_MS)} and id < ${idFloor((to + 1) * DAY_MS)}`
}

export async function shareLanguages(db: Db, { from, to }: DayRange, limit: number): Promise<Share[]> {
  return shares(
    db,
    sql`select u.locale as name, count(distinct u.account_id) as value from users u
      join active_days a on a.account_id = u.account_id where a.day >= ${from} and a.day <= ${to}
      group by u.locale order by value desc limit ${limit}`,
  )
}

/** With which app people signed up; 'website' for those who needed none. */
export async function shareSources(db: Db, { from, to }: DayRange, limit: number): Promise<Share[]> {
  return shares(
    db,
    sql`select coalesce(p.name, 'website') as name, count(*) as value from users u
      left join apps p on p.id = u.app_id
      where u.created_at >= ${from * DAY_MS} and u.created_at < ${(to + 1) * DAY_MS}
      group by 1 order by value desc limit ${limit}`,
  )
}

/** Whose posts arrived; '' is this server. */
export async function shareServers(db: Db, range: DayRange, limit: number): Promise<Share[]> {
  return shares(
    db,
    sql`select a.domain as name, count(*) as value from (
        select account_id from posts where ${postsOf(range)} order by id desc limit ${MOST_POSTS}) p
      join accounts a on a.id = p.account_id group by a.domain order by value desc limit ${limit}`,
  )
}

export async function shareTag(
  db: Db,
  by: 'servers' | 'languages',
  tag: { id: number; range: DayRange },
  limit: number,
): Promise<Share[]> {
  const { from, to } = tag.range
  const name = by === 'servers' ? sql`a.domain` : sql`coalesce(p.language, 'und')`
  return shares(
    db,
    sql`select ${name} as name, count(*) as value from (
        select post_id from post_tags where tag_id = ${tag.id} and post_id >= ${idFloor(from * DAY_MS)}
          and post_id < ${idFloor((to + 1) * DAY_MS)} order by post_id desc limit ${MOST_POSTS}) t
      join posts p on p.id = t.post_id join accounts a on a.id = p.account_id
      group by 1 order by value desc limit ${limit}`,
  )
}

export async function shareInstance(
  db: Db,
  by: 'accounts' | 'languages',
  domain: string,
  limit: number,
): Promise<Share[]> {
  if (by === 'accounts')
    return shares(
      db,
      sql`select username as name, followers_count as value from accounts where domain = ${domain}
        order by followers_count desc limit ${limit}`,
    )
  return shares(
    db,
    sql`select coalesce(language, 'und') as name, count(*) as value from (
        select p.language from posts p join accounts a on a.id = p.account_id where a.domain = ${domain}
        order by p.id desc limit ${MOST_POSTS}) l group by 1 order by value desc limit ${limit}`,
  )
}

export type InstanceMeasure =
  | 'accounts'
  | 'media_attachments'
  | 'reports'
  | 'statuses'
  | 'follows'
  | 'followers'

/** How much there is of a server altogether. */
export async function countInstance(db: Db, measure: InstanceMeasure, domain: string): Promise<number> {
  const of = {
    accounts: sql`select count(*) as value from accounts where domain = ${domain}`,
    media_attachments: sql`select coalesce(sum(m.bytes), 0) as value from media m
      join accounts a on a.id = m.account_id where a.domain = ${domain} and m.file_key is not null`,
    reports: sql`select count(*) as value from reports r join accounts a on a.id = r.target_id
      where a.domain = ${domain}`,
    statuses: sql`select count(*) as value from posts p join accounts a on a.id = p.account_id
      where a.domain = ${domain}`,
    follows: sql`select count(*) as value from follows f join accounts a on a.id = f.target_id
      where a.domain = ${domain} and f.accepted = 1`,
    followers: sql`select count(*) as value from follows f join accounts a on a.id = f.account_id
      where a.domain = ${domain} and f.accepted = 1`,
  }
  const { rows } = await sql<{ value: number | string }>`${of[measure]}`.execute(db)
  return Number(rows[0]?.value ?? 0)
}

export interface TagDay {
  day: number
  uses: number
  accounts: number
}

export async function readTagDays(db: Db, tagId: number, { from, to }: DayRange): Promise<TagDay[]> {
  return db
    .selectFrom('tag_days')
    .select(['day', 'uses', 'accounts'])
    .where('tag_id', '=', tagId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
}
