// Accounts as moderators look for them: by where they are, how they stand, who they are and where they came from.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { KnownAddress } from '../../model/moderation.ts'
import type { IdWindow } from '../../model/page.ts'
import { dialectOf } from '../dialects/handles.ts'
import { pageOver } from '../paging.ts'
import type { Tables } from '../schema.ts'
import { emailKey } from '../users.ts'

type Db = Kysely<Tables>

export const ACCOUNT_STATUSES = [
  'active',
  'pending',
  'disabled',
  'silenced',
  'suspended',
  'sensitized',
] as const
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number]

export interface AccountChoice {
  origin?: 'local' | 'remote'
  status?: AccountStatus
  isStaff?: boolean
  roles?: readonly string[]
  invitedBy?: number
  username?: string
  displayName?: string
  domain?: string
  email?: string
  address?: string
}

/** Ids, newest first; accounts that are gone and the server's own are left out. */
export async function pageAccounts(db: Db, choice: AccountChoice, window: IdWindow): Promise<number[]> {
  let query = db
    .selectFrom('accounts as a')
    .leftJoin('users as u', 'u.account_id', 'a.id')
    .select('a.id')
    .where('a.deleted_at', 'is', null)
    .where('a.kind', '!=', 'application')
  for (const condition of [...placeConditions(db, choice), ...personConditions(db, choice)])
    query = query.where(condition)
  if (choice.status !== undefined) query = query.where(STATUS[choice.status])
  const { displayName } = choice
  if (displayName !== undefined && displayName !== '') {
    const ids = await namedLike(db, displayName, window)
    query = query.where(dialectOf(db).idIn('a.id', dialectOf(db).idList(ids)))
  }
  return (await pageOver(query, 'a.id', window)).map((row) => row.id)
}

/** So many of the newest accounts with a word that begins so are looked at; whoever looks further types more of the name. */
const MOST_NAMED = 2000

async function namedLike(db: Db, name: string, { maxId }: IdWindow): Promise<number[]> {
  return dialectOf(db).searchIds(db, 'account_search', {
    query: `${name.trim().slice(0, 200)}*`,
    limit: MOST_NAMED,
    before: maxId,
  })
}

const STATUS = {
  active: sql<boolean>`a.suspended_at is null and a.limited_at is null and (a.domain <> ''
    or (u.approved_at is not null and u.confirmed_at is not null and u.disabled_at is null))`,
  pending: sql<boolean>`a.domain = '' and u.account_id is not null and u.approved_at is null`,
  disabled: sql<boolean>`u.disabled_at is not null`,
  silenced: sql<boolean>`a.limited_at is not null`,
  suspended: sql<boolean>`a.suspended_at is not null`,
  sensitized: sql<boolean>`a.sensitized_at is not null`,
} satisfies Record<AccountStatus, unknown>

function placeConditions(db: Db, { origin, domain, username }: AccountChoice) {
  return [
    ...(origin === 'local' ? [sql<boolean>`a.domain = ''`] : []),
    ...(origin === 'remote' ? [sql<boolean>`a.domain <> ''`] : []),
    ...(domain === undefined || domain === '' ? [] : [sql<boolean>`a.domain = ${domain.toLowerCase()}`]),
    ...(username === undefined || username === ''
      ? []
      : [dialectOf(db).startsWith('a.username_key', username.toLowerCase())]),
  ]
}

function personConditions(db: Db, { isStaff, roles, invitedBy, email, address }: AccountChoice) {
  return [
    ...(isStaff === true ? [sql<boolean>`u.role in ('moderator', 'admin', 'owner')`] : []),
    ...(roles === undefined || roles.length === 0 ? [] : [sql<boolean>`u.role in (${sql.join([...roles])})`]),
    ...(invitedBy === undefined
      ? []
      : [sql<boolean>`u.invite_id in (select id from invites where account_id = ${invitedBy})`]),
    ...(email === undefined || email === ''
      ? []
      : [dialectOf(db).startsWith('u.email_key', emailKey(email))]),
    ...(address === undefined || address === ''
      ? []
      : [
          sql<boolean>`a.id in (select account_id from users where sign_up_address = ${address}
            union select account_id from sessions where address = ${address})`,
        ]),
  ]
}

/** Where people were signed in from. */
export async function listAddresses(db: Db, accountIds: readonly number[]): Promise<KnownAddress[]> {
  if (accountIds.length === 0) return []
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('sessions')
    .select(['account_id as accountId', 'address'])
    .select((eb) => eb.fn.max<number>('last_used_at').as('usedAt'))
    .where(dialect.idIn('account_id', dialect.idList([...accountIds])))
    .groupBy(['account_id', 'address'])
    .orderBy('usedAt', 'desc')
    .limit(2000)
    .execute()
  return rows
}

/** How many wait for approval, counted up to `most`. */
export async function countWaiting(db: Db, most: number): Promise<number> {
  const rows = await db
    .selectFrom('users')
    .select('account_id')
    .where('approved_at', 'is', null)
    .where('confirmed_at', 'is not', null)
    .limit(most)
    .execute()
  return rows.length
}

/** When the data of a suspended account goes; adding it twice keeps the first date. */
export async function planRemoval(tx: Transaction<Tables>, accountId: number, dueAt: number): Promise<void> {
  await tx
    .insertInto('pending_removals')
    .values({ account_id: accountId, due_at: dueAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** False when nothing was planned. */
export async function cancelRemoval(tx: Transaction<Tables>, accountId: number): Promise<boolean> {
  const rows = await tx
    .deleteFrom('pending_removals')
    .where('account_id', '=', accountId)
    .returning('account_id')
    .execute()
  return rows.length > 0
}

export async function listDueRemovals(db: Db, now: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('pending_removals')
    .select('account_id')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

export async function findRemoval(db: Db, accountId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('pending_removals')
    .select('due_at')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.due_at
}
