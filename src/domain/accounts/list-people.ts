// Lists the people of this server for the operator.
import type { Account, Role } from '../../model/account.ts'
import { listLocalAccounts } from '../../store/accounts.ts'
import { findUsers } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'

export interface Person {
  id: number
  username: string
  email: string | null
  role: string
  /** Milliseconds since 1970. */
  createdAt: number
  lastActiveAt: number | null
  /** What keeps the person from using the server, in words; empty when nothing does. */
  standing: string[]
}

const PAGE = 500

/** Everyone, oldest first, or those with one role. */
export async function listPeople(ctx: Context, role?: Role): Promise<Person[]> {
  const people: Person[] = []
  let page: Account[] = []
  do {
    page = await listLocalAccounts(ctx.store.read, page.at(-1)?.id ?? 0, PAGE)
    const users = await findUsers(
      ctx.store.read,
      page.map((account) => account.id),
    )
    const byId = new Map(users.map((user) => [user.account_id, user]))
    for (const account of page) {
      const user = byId.get(account.id)
      if (user && account.deleted_at === null && (role === undefined || user.role === role))
        people.push(describePerson(account, user))
    }
  } while (page.length === PAGE)
  return people
}

function describePerson(account: Account, user: User): Person {
  const standing = [
    ...(user.confirmed_at === null ? ['unconfirmed'] : []),
    ...(user.approved_at === null ? ['waiting for approval'] : []),
    ...(user.disabled_at === null ? [] : ['disabled']),
    ...(account.suspended_at === null ? [] : ['suspended']),
  ]
  return {
    id: account.id,
    username: account.username,
    email: user.email,
    role: user.role,
    createdAt: user.created_at,
    lastActiveAt: user.last_active_at,
    standing,
  }
}
