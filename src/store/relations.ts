// How accounts stand to each other, loaded for many accounts at once; blocks, mutes and private notes.
import type { Insertable, Kysely } from 'kysely'
import type { FollowEdge, Relation } from '../model/relation.ts'
import { idsIn, rowsOf, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
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

interface RelationRow {
  kind: 'out' | 'back' | 'blocking' | 'blocked' | 'domain' | 'muting' | 'note' | 'endorsed'
  id: number
  /** Accepted, or notifications hidden. */
  first: number | null
  boosts: number | null
  notify: number | null
  /** When a mute ends. */
  until: number | null
  words: string | null
}

/** One statement, written by hand: eight that Kysely builds anew cost more than running them. */
function relationRows(db: Db, viewerId: number, ids: readonly number[]): Promise<RelationRow[]> {
  const among = (column: string): Statement => idsIn(db, column, ids)
  return rowsOf<RelationRow>(
    db,
    statement`
    select 'out' as kind, target_id as id, accepted as first, show_boosts as boosts, notify, cast(null as bigint) as until,
        languages as words from follows where account_id = ${viewerId} and ${among('target_id')}
    union all select 'back', account_id, accepted, null, null, null, null
      from follows where target_id = ${viewerId} and ${among('account_id')}
    union all select 'blocking', target_id, null, null, null, null, null
      from blocks where account_id = ${viewerId} and ${among('target_id')}
    union all select 'blocked', account_id, null, null, null, null, null
      from blocks where target_id = ${viewerId} and ${among('account_id')}
    union all select 'domain', a.id, null, null, null, null, null
      from accounts a where ${among('a.id')} and exists
        (select 1 from account_domain_blocks b where b.account_id = ${viewerId} and b.domain = a.domain)
    union all select 'muting', target_id, hide_notifications, null, null, expires_at, null
      from mutes where account_id = ${viewerId} and ${among('target_id')}
    union all select 'note', target_id, null, null, null, null, comment
      from account_notes where account_id = ${viewerId} and ${among('target_id')}
    union all select 'endorsed', target_id, null, null, null, null, null
      from endorsements where account_id = ${viewerId} and ${among('target_id')}`,
  )
}

function putIn(relation: Relation, row: RelationRow, now: number): void {
  switch (row.kind) {
    case 'out':
      relation.following = {
        accepted: row.first === 1,
        showBoosts: row.boosts === 1,
        notify: row.notify === 1,
        languages: row.words === null ? null : (JSON.parse(row.words) as string[]),
      }
      return
    case 'back':
      relation.followedBy = { accepted: row.first === 1 }
      return
    case 'blocking':
      relation.blocking = true
      return
    case 'blocked':
      relation.blockedBy = true
      return
    case 'domain':
      relation.domainBlocking = true
      return
    case 'muting':
      if (row.until === null || row.until > now)
        relation.muting = { hideNotifications: row.first === 1, expiresAt: row.until }
      return
    case 'note':
      relation.note = row.words ?? ''
      return
    case 'endorsed':
      relation.endorsed = true
  }
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
  for (const row of await relationRows(db, viewerId, ids)) {
    const relation = found.get(row.id)
    if (relation) putIn(relation, row, now)
  }
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
