// The users of this server: who may sign in, how, and in what role.
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { User } from '../model/user.ts'
import type { Tables, UsersTable } from './schema.ts'

type Db = Kysely<Tables>

/** The form in which e-mail addresses are compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

export async function insertUser(db: Db, user: Insertable<UsersTable>): Promise<void> {
  await db.insertInto('users').values(user).execute()
}

export async function findUser(db: Db, accountId: number): Promise<User | undefined> {
  return db.selectFrom('users').selectAll().where('account_id', '=', accountId).executeTakeFirst()
}

export async function findUsers(db: Db, accountIds: readonly number[]): Promise<User[]> {
  if (accountIds.length === 0) return []
  return db.selectFrom('users').selectAll().where('account_id', 'in', accountIds).execute()
}

export async function findUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return db.selectFrom('users').selectAll().where('email_key', '=', emailKey(email)).executeTakeFirst()
}

export async function updateUser(db: Db, accountId: number, change: Updateable<UsersTable>): Promise<void> {
  await db.updateTable('users').set(change).where('account_id', '=', accountId).execute()
}

/** Whether anybody has this role or more (used to greet the first administrator). */
export async function someoneHasRole(db: Db, roles: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('account_id')
    .where('role', 'in', roles)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
