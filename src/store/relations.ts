// How accounts stand to each other, loaded for many accounts at once; blocks, mutes and private notes.
import type { Insertable, Kysely } from 'kysely'
import type { FollowEdge, Relation } from '../model/relation.ts'
import type { BlocksTable, MutesTable, Tables } from './schema.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'

type Db = Kysely<Tables>

function empty(accountId: number): Relation {
  return {
    accountId,
    following: undefined,
    followedBy: undefined,
    blocking: false,
    blockedBy: false,
    muting: undefined,
    domainBlocking: false,
    endorsed: false,
    note: '',
  }
}

async function loadFollows(
  db: Db,
  viewerId: number,
  ids: readonly number[],
  found: Map<number, Relation>,
): Promise<void> {
  const out = await db
    .selectFrom('follows')
    .selectAll()
    .where('account_id', '=', viewerId)
    .where('target_id', 'in', ids)
    .execute()
  for (const row of out) {
    const relation = found.get(row.target_id)
    if (relation)
      relation.following = {
        accepted: row.accepted === 1,
        showBoosts: row.show_boosts === 1,
        notify: row.notify === 1,
        languages: row.languages === null ? null : (JSON.parse(row.languages) as string[]),
      }
  }
  const back = await db
    .selectFrom('follows')
    .select(['account_id', 'accepted'])
    .where('target_id', '=', viewerId)
    .where('account_id', 'in', ids)
    .execute()
  for (const row of back) {
    const relation = found.get(row.account_id)
    if (relation) relation.followedBy = { accepted: row.accepted === 1 }
  }
}

async function loadBlocks(
  db: Db,
  viewerId: number,
  ids: readonly number[],
  found: Map<number, Relation>,
): Promise<void> {
  const out = await db
    .selectFrom('blocks')
    .select('target_id')
    .where('account_id', '=', viewerId)
    .where('target_id', 'in', ids)
    .execute()
  for (const row of out) (found.get(row.target_id) as Relation).blocking = true
  const back = await db
    .selectFrom('blocks')
    .select('account_id')
    .where('target_id', '=', viewerId)
    .where('account_id', 'in', ids)
    .execute()
  for (const row of back) (found.get(row.account_id) as Relation).blockedBy = true
  const domains = await db
    .selectFrom('account_domain_blocks as b')
    .innerJoin('accounts as a', 'a.domain', 'b.domain')
    .select('a.id as id')
    .where('b.account_id', '=', viewerId)
    .where('a.id', 'in', ids)
    .execute()
  for (const row of domains) (found.get(row.id) as Relation).domainBlocking = true
}

/** The relations of `viewerId` with each of `ids` (all present in the result). `now` decides which mutes have expired. */
export async function loadRelations(
  db: Db,
  viewerId: number,
  ids: readonly number[],
  now: number,
): Promise<Map<number, Relation>> {
  const found = new Map(ids.map((id) => [id, empty(id)]))
  if (ids.length === 0) return found
  await loadFollows(db, viewerId, ids, found)
  await loadBlocks(db, viewerId, ids, found)
  const mutes = await db
    .selectFrom('mutes')
    .selectAll()
    .where('account_id', '=', viewerId)
    .where('target_id', 'in', ids)
    .execute()
  for (const row of mutes)
    if (row.expires_at === null || row.expires_at > now)
      (found.get(row.target_id) as Relation).muting = {
        hideNotifications: row.hide_notifications === 1,
        expiresAt: row.expires_at,
      }
  const notes = await db
    .selectFrom('account_notes')
    .selectAll()
    .where('account_id', '=', viewerId)
    .where('target_id', 'in', ids)
    .execute()
  for (const row of notes) (found.get(row.target_id) as Relation).note = row.comment
  const endorsed = await db
    .selectFrom('endorsements')
    .select('target_id')
    .where('account_id', '=', viewerId)
    .where('target_id', 'in', ids)
    .execute()
  for (const row of endorsed) (found.get(row.target_id) as Relation).endorsed = true
  return found
}

/** Whether either of the two blocks the other. */
export async function blockExists(db: Db, one: number, other: number): Promise<boolean> {
  const row = await db
    .selectFrom('blocks')
    .select('id')
    .where((eb) =>
      eb.or([
        eb.and([eb('account_id', '=', one), eb('target_id', '=', other)]),
        eb.and([eb('account_id', '=', other), eb('target_id', '=', one)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** True when the block is new. */
export async function insertBlock(db: Db, block: Insertable<BlocksTable>): Promise<boolean> {
  const result = await db
    .insertInto('blocks')
    .values(block)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Returns the block's URI when there was a block. */
export async function deleteBlock(
  db: Db,
  accountId: number,
  targetId: number,
): Promise<{ uri: string | null } | undefined> {
  return db
    .deleteFrom('blocks')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .returning('uri')
    .executeTakeFirst()
}

export async function pageBlocks(db: Db, accountId: number, window: IdWindow): Promise<FollowEdge[]> {
  return pageOver(
    db.selectFrom('blocks').select(['id', 'target_id as accountId']).where('account_id', '=', accountId),
    'id',
    window,
  )
}

export async function upsertMute(db: Db, mute: Insertable<MutesTable>): Promise<void> {
  await db
    .insertInto('mutes')
    .values(mute)
    .onConflict((oc) =>
      oc.columns(['account_id', 'target_id']).doUpdateSet({
        hide_notifications: mute.hide_notifications ?? 1,
        expires_at: mute.expires_at ?? null,
      }),
    )
    .execute()
}

export async function deleteMute(db: Db, accountId: number, targetId: number): Promise<boolean> {
  const result = await db
    .deleteFrom('mutes')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Accounts that are muted now, newest first, with when each mute ends. */
export async function pageMutes(
  db: Db,
  accountId: number,
  window: IdWindow,
  now: number,
): Promise<(FollowEdge & { expiresAt: number | null })[]> {
  const query = db
    .selectFrom('mutes')
    .select(['id', 'target_id as accountId', 'expires_at as expiresAt'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
  return pageOver(query, 'id', window)
}

export async function setNote(db: Db, accountId: number, targetId: number, comment: string): Promise<void> {
  if (comment === '') {
    await db
      .deleteFrom('account_notes')
      .where('account_id', '=', accountId)
      .where('target_id', '=', targetId)
      .execute()
    return
  }
  await db
    .insertInto('account_notes')
    .values({ account_id: accountId, target_id: targetId, comment })
    .onConflict((oc) => oc.columns(['account_id', 'target_id']).doUpdateSet({ comment }))
    .execute()
}
