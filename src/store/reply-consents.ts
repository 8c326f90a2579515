// What became of asking authors of other servers whether a post of ours may answer theirs, by our post.
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface ReplyConsent {
  postId: number
  state: string
  /** Where the consent can be looked up, once it was given. */
  uri: string | null
}

export async function putReplyConsent(db: Db, consent: ReplyConsent): Promise<void> {
  const { postId, state, uri } = consent
  await db
    .insertInto('reply_consents')
    .values({ post_id: postId, state, uri })
    .onConflict((conflict) => conflict.column('post_id').doUpdateSet({ state, uri }))
    .execute()
}

export async function loadReplyConsents(
  db: Db,
  postIds: readonly number[],
): Promise<Map<number, ReplyConsent>> {
  if (postIds.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('reply_consents')
    .selectAll()
    .where(dialect.idIn('post_id', dialect.idList(postIds)))
    .execute()
  return new Map(rows.map((row) => [row.post_id, { postId: row.post_id, state: row.state, uri: row.uri }]))
}

/** The posts that rest on the consent at `uri`: one, or none. */
export async function listConsented(db: Db, uri: string): Promise<number[]> {
  const rows = await db
    .selectFrom('reply_consents')
    .select('post_id')
    .where('uri', '=', uri)
    .limit(10)
    .execute()
  return rows.map((row) => row.post_id)
}
