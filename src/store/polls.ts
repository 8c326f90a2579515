// Polls and the votes cast in them.
import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Poll, PollOption } from '../model/poll.ts'
import type { PollsTable, PollVotesTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Reads a row. */
export function toPoll(row: {
  post_id: number
  options: string
  multiple: number
  hide_totals: number
  expires_at: number | null
  ended_at: number | null
  voters_count: number | null
}): Poll {
  return {
    postId: row.post_id,
    options: JSON.parse(row.options) as PollOption[],
    multiple: row.multiple === 1,
    hideTotals: row.hide_totals === 1,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    votersCount: row.voters_count,
  }
}

export async function findPoll(db: Db, postId: number): Promise<Poll | undefined> {
  const row = await db.selectFrom('polls').selectAll().where('post_id', '=', postId).executeTakeFirst()
  return row && toPoll(row)
}

/** The poll, which nobody else may change until the transaction ends. */
export async function lockPoll(db: Db, postId: number): Promise<Poll | undefined> {
  const row = await db
    .updateTable('polls')
    .set({ post_id: sql`post_id` })
    .where('post_id', '=', postId)
    .returningAll()
    .executeTakeFirst()
  return row && toPoll(row)
}

export async function insertPoll(db: Db, poll: Insertable<PollsTable>): Promise<void> {
  await db.insertInto('polls').values(poll).execute()
}

export interface PollChange {
  options?: PollOption[]
  multiple?: boolean
  hideTotals?: boolean
  expiresAt?: number | null
  endedAt?: number | null
  votersCount?: number | null
  fetchedAt?: number
}

export async function updatePoll(db: Db, postId: number, change: PollChange): Promise<void> {
  const set: Record<string, unknown> = {}
  if (change.options) set['options'] = JSON.stringify(change.options)
  if (change.multiple !== undefined) set['multiple'] = change.multiple ? 1 : 0
  if (change.hideTotals !== undefined) set['hide_totals'] = change.hideTotals ? 1 : 0
  if (change.expiresAt !== undefined) set['expires_at'] = change.expiresAt
  if (change.endedAt !== undefined) set['ended_at'] = change.endedAt
  if (change.votersCount !== undefined) set['voters_count'] = change.votersCount
  if (change.fetchedAt !== undefined) set['fetched_at'] = change.fetchedAt
  await db.updateTable('polls').set(set).where('post_id', '=', postId).execute()
}

export async function removePoll(db: Db, postId: number): Promise<void> {
  await db.deleteFrom('polls').where('post_id', '=', postId).execute()
}

/** Forgets votes, at most `limit` of them; says how many. */
export async function removeVotes(db: Db, postId: number, limit: number): Promise<number> {
  const rows = await db
    .deleteFrom('poll_votes')
    .where('id', 'in', (eb) =>
      eb.selectFrom('poll_votes').select('id').where('post_id', '=', postId).limit(limit),
    )
    .returning('id')
    .execute()
  return rows.length
}

/** The options this account chose, by their positions. */
export async function listChoices(db: Db, postId: number, accountId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('poll_votes')
    .select('choice')
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .execute()
  return rows.map((row) => row.choice)
}

/** Adds votes, passing over those cast already; gives the positions that were added. */
export async function insertVotes(db: Db, votes: readonly Insertable<PollVotesTable>[]): Promise<number[]> {
  if (votes.length === 0) return []
  const rows = await db
    .insertInto('poll_votes')
    .values(votes)
    .onConflict((conflict) => conflict.doNothing())
    .returning('choice')
    .execute()
  return rows.map((row) => row.choice)
}

/** People of this server who voted, by account id after `afterId`. */
export async function listLocalVoters(
  db: Db,
  postId: number,
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('poll_votes as v')
    .innerJoin('users as u', 'u.account_id', 'v.account_id')
    .select('v.account_id')
    .distinct()
    .where('v.post_id', '=', postId)
    .where('v.account_id', '>', afterId)
    .orderBy('v.account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}
