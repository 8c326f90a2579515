// Browser sessions of people who are signed in to this server's own pages.
import type { Insertable, Kysely } from 'kysely'
import type { Session } from '../model/session.ts'
import type { SessionsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function insertSession(db: Db, session: Insertable<SessionsTable>): Promise<void> {
  await db.insertInto('sessions').values(session).execute()
}

/** The session, if it has not expired. */
export async function findSession(db: Db, tokenHash: string, now: number): Promise<Session | undefined> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function listSessions(db: Db, accountId: number, now: number): Promise<Session[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

export async function deleteSession(db: Db, accountId: number, id: number): Promise<boolean> {
  const result = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Ends all sessions of an account, or all but one. */
export async function deleteSessions(db: Db, accountId: number, exceptId = 0): Promise<void> {
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '!=', exceptId).execute()
}

export async function touchSession(db: Db, id: number, now: number): Promise<void> {
  await db.updateTable('sessions').set({ last_used_at: now }).where('id', '=', id).execute()
}
