// The circles of people that somebody shares with, and the posts that went to them.
import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Circle, SizedCircle } from '../model/circle.ts'
import type { IdWindow } from '../model/page.ts'
import type { FollowEdge } from '../model/relation.ts'
import { pageOver } from './paging.ts'
import type { CirclesTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Circles are few and small (see CIRCLE_LIMITS), so their members are counted where they are shown. */
function sized(db: Db) {
  return db
    .selectFrom('circles')
    .selectAll('circles')
    .select(sql<number>`(select count(*) from circle_members m where m.circle_id = circles.id)`.as('members'))
}

export async function findCircle(db: Db, id: number): Promise<SizedCircle | undefined> {
  return sized(db).where('circles.id', '=', id).executeTakeFirst()
}

/** All circles of an account, by name. */
export async function listCircles(db: Db, accountId: number): Promise<SizedCircle[]> {
  const query = sized(db).where('circles.account_id', '=', accountId)
  return query.orderBy('name').orderBy('circles.id').limit(100).execute()
}

/** The account's circles that have this member. */
export async function listCirclesWith(db: Db, accountId: number, memberId: number): Promise<SizedCircle[]> {
  const query = sized(db)
    .innerJoin('circle_members as c', 'c.circle_id', 'circles.id')
    .where('circles.account_id', '=', accountId)
    .where('c.account_id', '=', memberId)
  return query.orderBy('name').orderBy('circles.id').limit(100).execute()
}

/** The circles that a post went to, as far as they still exist. */
export async function listCirclesOfPost(db: Db, postId: number): Promise<SizedCircle[]> {
  const query = sized(db)
    .innerJoin('post_circles as p', 'p.circle_id', 'circles.id')
    .where('p.post_id', '=', postId)
  return query.orderBy('name').limit(100).execute()
}

export async function insertCircle(db: Db, circle: Insertable<CirclesTable>): Promise<void> {
  await db.insertInto('circles').values(circle).execute()
}

export async function renameCircle(db: Db, id: number, name: string): Promise<void> {
  await db.updateTable('circles').set({ name }).where('id', '=', id).execute()
}

/** Deletes the circle with its members; posts that went to it keep their readers. */
export async function deleteCircle(db: Db, id: number): Promise<void> {
  await db.deleteFrom('circle_members').where('circle_id', '=', id).execute()
  await db.deleteFrom('post_circles').where('circle_id', '=', id).execute()
  await db.deleteFrom('circles').where('id', '=', id).execute()
}

export async function pageCircleMembers(db: Db, circleId: number, window: IdWindow): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('circle_members')
    .select(['account_id as id', 'account_id as accountId'])
    .where('circle_id', '=', circleId)
  return pageOver(query, 'account_id', window)
}

/** Those who are in it already stay in it. */
export async function insertCircleMembers(
  db: Db,
  circleId: number,
  accountIds: readonly number[],
  createdAt: number,
): Promise<void> {
  if (accountIds.length === 0) return
  await db
    .insertInto('circle_members')
    .values(accountIds.map((id) => ({ circle_id: circleId, account_id: id, created_at: createdAt })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function deleteCircleMembers(
  db: Db,
  circleId: number,
  accountIds: readonly number[],
): Promise<void> {
  if (accountIds.length === 0) return
  await db
    .deleteFrom('circle_members')
    .where('circle_id', '=', circleId)
    .where('account_id', 'in', accountIds)
    .execute()
}

/** Takes one person out of all circles of another. */
export async function leaveCirclesOf(db: Db, ownerId: number, memberId: number): Promise<void> {
  await db
    .deleteFrom('circle_members')
    .where('account_id', '=', memberId)
    .where('circle_id', 'in', (eb) =>
      eb.selectFrom('circles').select('circles.id').where('circles.account_id', '=', ownerId),
    )
    .execute()
}

/** What the owner posted to the circle. */
export async function pageCirclePosts(db: Db, circleId: number, window: IdWindow): Promise<number[]> {
  const query = db.selectFrom('post_circles').select('post_id as id').where('circle_id', '=', circleId)
  return (await pageOver(query, 'post_id', window)).map((row) => row.id)
}

/** What the members posted, out of their reader's home: that is bounded, whoever is in the circle. */
export async function pageCircleHome(
  db: Db,
  circle: Pick<Circle, 'id' | 'account_id'>,
  window: IdWindow,
): Promise<number[]> {
  const query = db
    .selectFrom('feed_entries')
    .select('post_id as id')
    .where('feed_id', '=', circle.account_id)
    .where(
      sql<boolean>`exists (select 1 from circle_members m where m.circle_id = ${circle.id} and m.account_id = feed_entries.author_id)`,
    )
  return (await pageOver(query, 'post_id', window)).map((row) => row.id)
}
