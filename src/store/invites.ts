// Invitations to this server: who gave them, how often they work and until when.
import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { InvitesTable, Tables } from './schema.ts'

export type Invite = Selectable<InvitesTable>
type Db = Kysely<Tables>

export async function insertInvite(db: Db, invite: Insertable<InvitesTable>): Promise<void> {
  await db.insertInto('invites').values(invite).execute()
}

export async function findInviteByCode(db: Db, code: string): Promise<Invite | undefined> {
  return db.selectFrom('invites').selectAll().where('code', '=', code).executeTakeFirst()
}

export async function findInvite(db: Db, id: number): Promise<Invite | undefined> {
  return db.selectFrom('invites').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The invitations that an account gave, newest first. */
export async function listInvites(db: Db, accountId: number, limit: number): Promise<Invite[]> {
  return db
    .selectFrom('invites')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Counts one use; false when the invitation is used up or over. */
export async function useInvite(db: Db, id: number, now: number): Promise<boolean> {
  const result = await db
    .updateTable('invites')
    .set({ uses: sql<number>`uses + 1` })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Ends an invitation of the account; false when there is no such. */
export async function expireInvite(db: Db, accountId: number, id: number, now: number): Promise<boolean> {
  const result = await db
    .updateTable('invites')
    .set({ expires_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Who gave which invitation, by the invitation's id. */
export async function findInviters(
  db: Kysely<Tables>,
  inviteIds: readonly number[],
): Promise<Map<number, number>> {
  if (inviteIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('invites')
    .select(['id', 'account_id'])
    .where('id', 'in', [...inviteIds])
    .execute()
  return new Map(rows.map((row) => [row.id, row.account_id]))
}
