// Who did what to whom, and when: written with what was done, never changed.
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { IdWindow } from '../../model/page.ts'
import { pageOver } from '../paging.ts'
import type { ModerationLogTable, Tables } from '../schema.ts'

export type LogRow = Selectable<ModerationLogTable>

export async function insertLogRows(
  tx: Transaction<Tables>,
  rows: readonly Insertable<ModerationLogTable>[],
): Promise<void> {
  if (rows.length > 0) await tx.insertInto('moderation_log').values(rows).execute()
}

export interface LogChoice {
  accountId?: number
  targetKind?: string
  targetId?: number
}

/** Newest first. */
export async function pageLog(db: Kysely<Tables>, choice: LogChoice, window: IdWindow): Promise<LogRow[]> {
  let query = db.selectFrom('moderation_log').selectAll()
  if (choice.accountId !== undefined) query = query.where('account_id', '=', choice.accountId)
  if (choice.targetKind !== undefined) query = query.where('target_kind', '=', choice.targetKind)
  if (choice.targetId !== undefined) query = query.where('target_id', '=', choice.targetId)
  return pageOver(query, 'id', window)
}
