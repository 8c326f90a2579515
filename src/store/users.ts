// The users of this server: who may sign in, how, and in what role.
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { User } from '../model/user.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { Tables, UsersTable } from './schema.ts'

type Db = Kysely<Tables>

/** The form in which e-mail addresses are compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

export async function insertUser(db: Db, user: Insertable<UsersTable>): Promise<void> {
  await db.insertInto('users').values(user).execute()
}

const userById = prepared('user by account', (db, parameter: Parameter<{ accountId: number }>) =>
  db.selectFrom('users').selectAll().where('account_id', '=', parameter('accountId')),
)

const usersByIds = prepared('users by accounts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('users')
    .selectAll()
    .where(dialect.idIn('account_id', parameter('ids'))),
)

export async function findUser(db: Db, accountId: number): Promise<User | undefined> {
  return userById.first(db, { accountId })
}

export async function findUsers(db: Db, accountIds: readonly number[]): Promise<User[]> {
  if (accountIds.length === 0) return []
  return usersByIds.all(db, { ids: dialectOf(db).idList(accountIds) })
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
