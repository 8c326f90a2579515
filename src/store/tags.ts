// Hashtags: their rows, which posts carry them, and how much each is used per day.
import type { Kysely } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { NOTHING, idsIn, joined, rowsOf, runOn, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface TagName {
  /** The spelling under which it is stored. */
  name: string
  displayName: string
}

/** The ids of these tags in order of name; tags never seen before are made. */
export async function ensureTags(
  db: Db,
  tags: readonly TagName[],
  at: { now: number; nextId: () => number },
): Promise<{ id: number; name: string }[]> {
  if (tags.length === 0) return []
  const known = await findTags(db, tags)
  if (known.length === tags.length) return known
  const names = new Set(known.map((tag) => tag.name))
  const missing = tags.filter((tag) => !names.has(tag.name))
  await db
    .insertInto('tags')
    .values(
      missing.toSorted(byName).map(({ name, displayName }) => ({
        id: at.nextId(),
        name,
        display_name: displayName,
        created_at: at.now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return findTags(db, tags)
}

function byName(a: TagName, b: TagName): number {
  return a.name < b.name ? -1 : 1
}

async function findTags(db: Db, tags: readonly TagName[]): Promise<{ id: number; name: string }[]> {
  const names = joined(
    tags.map((tag) => statement`${tag.name}`),
    ', ',
  )
  return rowsOf(db, statement`select id, name from tags where name in (${names}) order by name`)
}

export async function insertPostTags(db: Db, postId: number, tagIds: readonly number[]): Promise<void> {
  if (tagIds.length === 0) return
  const rows = joined(
    tagIds.map((tagId) => statement`(${tagId}, ${postId})`),
    ', ',
  )
  await runOn(db, statement`insert into post_tags (tag_id, post_id) values ${rows} on conflict do nothing`)
}

export interface PostTag {
  id: number
  name: string
  displayName: string
  usable: boolean
}

const tagsOfPost = prepared('tags of a post', (db, parameter: Parameter<{ id: number }>) =>
  db
    .selectFrom('post_tags as pt')
    .innerJoin('tags as t', 't.id', 'pt.tag_id')
    .select(['t.id', 't.name', 't.display_name', 't.usable'])
    .where('pt.post_id', '=', parameter('id')),
)

export async function listPostTags(db: Db, postId: number): Promise<PostTag[]> {
  const rows = await tagsOfPost.all(db, { id: postId })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    usable: row.usable === 1,
  }))
}

export async function removePostTags(db: Db, postId: number, tagIds: readonly number[]): Promise<void> {
  if (tagIds.length === 0) return
  await db.deleteFrom('post_tags').where('post_id', '=', postId).where('tag_id', 'in', tagIds).execute()
}

/** Notes that the account used these tags on `day`; gives those it had not used on that day before. */
export async function noteTagUser(
  db: Db,
  tagIds: readonly number[],
  use: { accountId: number; day: number },
): Promise<number[]> {
  const values = joined(
    tagIds.map((tagId) => statement`(${use.day}, ${tagId}, ${use.accountId})`),
    ', ',
  )
  const rows = await rowsOf<{ tag_id: number }>(
    db,
    statement`insert into tag_day_accounts (day, tag_id, account_id) values ${values}
      on conflict do nothing returning tag_id`,
  )
  return rows.map((row) => row.tag_id)
}

/** Forgets who used tags before `day`; how often they were used stays. At most `limit` rows; gives their number. */
export async function forgetTagUsers(db: Db, day: number, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('tag_day_accounts')
    .selectAll()
    .where('day', '<', day)
    .limit(limit)
    .execute()
  for (const row of rows)
    await db
      .deleteFrom('tag_day_accounts')
      .where('day', '=', row.day)
      .where('tag_id', '=', row.tag_id)
      .where('account_id', '=', row.account_id)
      .execute()
  return rows.length
}

/** Counts one use of each tag on `day` (days since 1970), and one more account for those in `newFor`. */
export async function countTagUse(
  db: Db,
  use: { tagIds: readonly number[]; newFor: ReadonlySet<number>; day: number; now: number },
): Promise<void> {
  if (use.tagIds.length === 0) return
  const sorted = use.tagIds.toSorted((a, b) => a - b)
  const values = joined(
    sorted.map((tagId) => statement`(${tagId}, ${use.day}, 1, ${use.newFor.has(tagId) ? 1 : 0})`),
    ', ',
  )
  await runOn(
    db,
    statement`insert into tag_days (tag_id, day, uses, accounts) values ${values}
      on conflict (tag_id, day) do update set uses = tag_days.uses + excluded.uses,
        accounts = tag_days.accounts + excluded.accounts`,
  )
  await runOn(db, statement`update tags set last_used_at = ${use.now} where ${idsIn(db, 'id', sorted)}`)
}

/** Counts one post more (or less) for tags which the account shows on its profile. */
export async function countFeaturedTags(
  db: Db,
  accountId: number,
  tagIds: readonly number[],
  change: { by: 1 | -1; lastPostAt?: number },
): Promise<void> {
  if (tagIds.length === 0) return
  const count = statement`posts_count + cast(${change.by} as bigint)`
  const last = change.lastPostAt === undefined ? NOTHING : statement`, last_post_at = ${change.lastPostAt}`
  await runOn(
    db,
    statement`update featured_tags set posts_count = case when ${count} < 0 then 0 else ${count} end ${last}
      where account_id = ${accountId} and ${idsIn(db, 'tag_id', tagIds)}`,
  )
}
