// Who a post names: mentions, silent addressees, circle members at the time of posting.
import type { Kysely } from 'kysely'
import type { RecipientKind } from '../model/post.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { joined, runOn, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface Recipient {
  accountId: number
  kind: RecipientKind
}

/** A recipient with what consequences need to know. */
export interface KnownRecipient extends Recipient {
  isLocal: boolean
}

/** Adds recipients; those named already keep their kind. */
export async function insertRecipients(
  db: Db,
  postId: number,
  recipients: readonly Recipient[],
): Promise<void> {
  for (let start = 0; start < recipients.length; start += 500) {
    const some = recipients.slice(start, start + 500)
    const rows = joined(
      some.map(({ accountId, kind }) => statement`(${postId}, ${accountId}, ${kind})`),
      ', ',
    )
    await runOn(
      db,
      statement`insert into post_recipients (post_id, account_id, kind) values ${rows} on conflict do nothing`,
    )
  }
}

const recipientsOfPost = prepared('recipients of a post', (db, parameter: Parameter<{ id: number }>) =>
  db
    .selectFrom('post_recipients as r')
    .innerJoin('accounts as a', 'a.id', 'r.account_id')
    .select(['r.account_id', 'r.kind', 'a.domain'])
    .where('r.post_id', '=', parameter('id')),
)

export async function listRecipients(db: Db, postId: number): Promise<KnownRecipient[]> {
  const rows = await recipientsOfPost.all(db, { id: postId })
  return rows.map((row) => ({
    accountId: row.account_id,
    kind: row.kind as RecipientKind,
    isLocal: row.domain === '',
  }))
}

/** Changes how the post names accounts that it names already. */
export async function changeRecipients(
  db: Db,
  postId: number,
  accountIds: readonly number[],
  kind: RecipientKind,
): Promise<void> {
  if (accountIds.length === 0) return
  await db
    .updateTable('post_recipients')
    .set({ kind })
    .where('post_id', '=', postId)
    .where('account_id', 'in', accountIds)
    .execute()
}

/** The author's circles among `circleIds`. */
export async function listOwnCircles(
  db: Db,
  accountId: number,
  circleIds: readonly number[],
): Promise<number[]> {
  if (circleIds.length === 0) return []
  const rows = await db
    .selectFrom('circles')
    .select('id')
    .where('id', 'in', circleIds)
    .where('account_id', '=', accountId)
    .execute()
  return rows.map((row) => row.id)
}

export async function listCircleMembers(
  db: Db,
  circleIds: readonly number[],
  limit: number,
): Promise<number[]> {
  if (circleIds.length === 0) return []
  const rows = await db
    .selectFrom('circle_members')
    .select('account_id')
    .distinct()
    .where('circle_id', 'in', circleIds)
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

export async function insertPostCircles(db: Db, postId: number, circleIds: readonly number[]): Promise<void> {
  if (circleIds.length === 0) return
  await db
    .insertInto('post_circles')
    .values(circleIds.map((circleId) => ({ post_id: postId, circle_id: circleId })))
    .execute()
}

/** Whether the account is an accepted member of the group. */
export async function isMember(db: Db, groupId: number, accountId: number): Promise<boolean> {
  const row = await db
    .selectFrom('memberships')
    .select('id')
    .where('group_id', '=', groupId)
    .where('account_id', '=', accountId)
    .where('accepted', '=', 1)
    .executeTakeFirst()
  return row !== undefined
}

/** The first `limit` accounts that a post names, in the order of their ids. */
export async function pageRecipients(db: Db, postId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('post_recipients')
    .select('account_id')
    .where('post_id', '=', postId)
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}
