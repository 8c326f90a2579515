// The filters of readers with their words and posts.
import type { Kysely } from 'kysely'
import type { Filter, FilterAction, FilterContext, FilteredPost, FilterKeyword } from '../model/filter.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** A filter without what hangs on it. */
export type BareFilter = Omit<Filter, 'keywords' | 'posts'>

/** All filters of an account with their words and posts, in the order in which they were made. */
export async function listFilters(db: Db, accountId: number): Promise<Filter[]> {
  const rows = await db
    .selectFrom('filters')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [keywords, posts] = [await listKeywords(db, ids), await listPosts(db, ids)]
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    title: row.title,
    contexts: JSON.parse(row.contexts) as FilterContext[],
    action: row.action as FilterAction,
    expiresAt: row.expires_at,
    keywords: keywords.filter((keyword) => keyword.filterId === row.id),
    posts: posts.filter((post) => post.filterId === row.id),
  }))
}

async function listKeywords(db: Db, filterIds: readonly number[]): Promise<FilterKeyword[]> {
  const rows = await db
    .selectFrom('filter_keywords')
    .selectAll()
    .where('filter_id', 'in', filterIds)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    filterId: row.filter_id,
    keyword: row.keyword,
    wholeWord: row.whole_word === 1,
  }))
}

async function listPosts(db: Db, filterIds: readonly number[]): Promise<FilteredPost[]> {
  const rows = await db
    .selectFrom('filter_posts')
    .selectAll()
    .where('filter_id', 'in', filterIds)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, filterId: row.filter_id, postId: row.post_id }))
}

export async function insertFilter(db: Db, filter: BareFilter, createdAt: number): Promise<void> {
  await db
    .insertInto('filters')
    .values({ ...columnsOf(filter), id: filter.id, account_id: filter.accountId, created_at: createdAt })
    .execute()
}

export async function updateFilter(db: Db, filter: BareFilter): Promise<void> {
  await db.updateTable('filters').set(columnsOf(filter)).where('id', '=', filter.id).execute()
}

function columnsOf(filter: BareFilter) {
  return {
    title: filter.title,
    contexts: JSON.stringify(filter.contexts),
    action: filter.action,
    expires_at: filter.expiresAt,
  }
}

/** Deletes the filter with everything that hangs on it. */
export async function deleteFilter(db: Db, id: number): Promise<void> {
  await db.deleteFrom('filter_keywords').where('filter_id', '=', id).execute()
  await db.deleteFrom('filter_posts').where('filter_id', '=', id).execute()
  await db.deleteFrom('filters').where('id', '=', id).execute()
}

/** Adds the word, or changes the one that has its id. */
export async function putKeyword(db: Db, keyword: FilterKeyword): Promise<void> {
  const row = { keyword: keyword.keyword, whole_word: keyword.wholeWord ? 1 : 0 }
  await db
    .insertInto('filter_keywords')
    .values({ ...row, id: keyword.id, filter_id: keyword.filterId })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

export async function deleteKeyword(db: Db, id: number): Promise<void> {
  await db.deleteFrom('filter_keywords').where('id', '=', id).execute()
}

export async function insertFilteredPost(db: Db, post: FilteredPost): Promise<void> {
  await db
    .insertInto('filter_posts')
    .values({ id: post.id, filter_id: post.filterId, post_id: post.postId })
    .execute()
}

export async function deleteFilteredPost(db: Db, id: number): Promise<void> {
  await db.deleteFrom('filter_posts').where('id', '=', id).execute()
}
