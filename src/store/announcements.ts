// Announcements with who read them and who reacted.
import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Announcement, AnnouncementReaction } from '../model/announcement.ts'
import type { AnnouncementsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>
export type AnnouncementRow = Selectable<AnnouncementsTable>

const MOST_SHOWN = 50

export async function insertAnnouncement(db: Db, row: Insertable<AnnouncementsTable>): Promise<void> {
  await db.insertInto('announcements').values(row).execute()
}

/** Newest first, at most 200. */
export async function listAllAnnouncements(db: Db): Promise<AnnouncementRow[]> {
  return db.selectFrom('announcements').selectAll().orderBy('id', 'desc').limit(200).execute()
}

export async function findAnnouncement(db: Db, id: number): Promise<AnnouncementRow | undefined> {
  return db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function updateAnnouncement(db: Db, row: AnnouncementRow): Promise<void> {
  await db.updateTable('announcements').set(row).where('id', '=', row.id).execute()
}

export async function deleteAnnouncement(db: Db, id: number): Promise<boolean> {
  await db.deleteFrom('announcement_reactions').where('announcement_id', '=', id).execute()
  await db.deleteFrom('announcement_reads').where('announcement_id', '=', id).execute()
  const result = await db.deleteFrom('announcements').where('id', '=', id).executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Those that count at `now`, the earliest first, as the reader sees them. */
export async function listAnnouncements(db: Db, readerId: number, now: number): Promise<Announcement[]> {
  const rows = await db
    .selectFrom('announcements as a')
    .selectAll('a')
    .select(
      sql<number>`case when exists (select 1 from announcement_reads r
        where r.account_id = ${readerId} and r.announcement_id = a.id) then 1 else 0 end`.as('is_read'),
    )
    .where('a.published_at', '<=', now)
    .where((eb) => eb.or([eb('a.ends_at', 'is', null), eb('a.ends_at', '>', now)]))
    .orderBy('a.published_at', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  const reactions = await loadReactions(
    db,
    readerId,
    rows.map((row) => row.id),
  )
  return rows.toReversed().map((row) => ({
    id: row.id,
    content: row.content,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    allDay: row.all_day === 1,
    publishedAt: row.published_at ?? row.created_at,
    updatedAt: row.updated_at,
    isRead: row.is_read === 1,
    reactions: reactions.get(row.id) ?? [],
  }))
}

async function loadReactions(
  db: Db,
  readerId: number,
  ids: readonly number[],
): Promise<Map<number, AnnouncementReaction[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('announcement_reactions')
    .select(['announcement_id as id', 'emoji', sql<number>`count(*)`.as('count')])
    .select(sql<number>`max(case when account_id = ${readerId} then 1 else 0 end)`.as('mine'))
    .where('announcement_id', 'in', ids)
    .groupBy(['announcement_id', 'emoji'])
    .orderBy(sql`min(created_at)`)
    .execute()
  const found = new Map<number, AnnouncementReaction[]>()
  for (const { id, emoji, count, mine } of rows)
    found.set(id, [...(found.get(id) ?? []), { emoji, count, mine: mine === 1 }])
  return found
}

export async function markRead(db: Db, accountId: number, id: number): Promise<void> {
  await db
    .insertInto('announcement_reads')
    .values({ account_id: accountId, announcement_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function insertReaction(
  db: Db,
  reaction: { id: number; accountId: number; emoji: string; now: number },
): Promise<void> {
  const { id, accountId, emoji, now } = reaction
  await db
    .insertInto('announcement_reactions')
    .values({ announcement_id: id, account_id: accountId, emoji, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteReaction(
  db: Db,
  reaction: { id: number; accountId: number; emoji: string },
): Promise<void> {
  await db
    .deleteFrom('announcement_reactions')
    .where('announcement_id', '=', reaction.id)
    .where('account_id', '=', reaction.accountId)
    .where('emoji', '=', reaction.emoji)
    .execute()
}
