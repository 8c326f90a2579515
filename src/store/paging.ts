// Windows over ids: the one way in which lists are cut into pages, always by an index and never by counting.
import { sql } from 'kysely'
import type { SelectQueryBuilder } from 'kysely'
import type { IdWindow } from '../model/page.ts'

/** Runs the query over one window of `column`; rows come newest first, whichever way the window was asked for. */
export async function pageOver<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  column: string,
  window: IdWindow,
): Promise<O[]> {
  const ref = sql.ref(column)
  let bounded = query
  if (window.maxId !== undefined) bounded = bounded.where(sql<boolean>`${ref} < ${window.maxId}`)
  const above = window.minId ?? window.sinceId
  if (above !== undefined) bounded = bounded.where(sql<boolean>`${ref} > ${above}`)
  const ascending = window.minId !== undefined
  const rows = await bounded
    .orderBy(ref, ascending ? 'asc' : 'desc')
    .limit(window.limit)
    .execute()
  return ascending ? rows.toReversed() : rows
}
