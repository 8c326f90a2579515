// Strikes: what moderators did to people, with the words they got, and how those appealed.
import type { Insertable, Kysely, Transaction } from 'kysely'
import type { AppealRow, StrikeRow } from '../../model/moderation.ts'
import type { IdWindow } from '../../model/page.ts'
import { pageOver } from '../paging.ts'
import type { AppealsTable, StrikesTable, Tables } from '../schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

export async function insertStrike(tx: Tx, row: Insertable<StrikesTable>): Promise<void> {
  await tx.insertInto('strikes').values(row).execute()
}

export async function findStrikes(db: Db, ids: readonly number[]): Promise<StrikeRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('strikes').selectAll().where('id', 'in', ids).execute()
}

export async function pageStrikes(db: Db, targetId: number, window: IdWindow): Promise<StrikeRow[]> {
  return pageOver(db.selectFrom('strikes').selectAll().where('target_id', '=', targetId), 'id', window)
}

export async function overruleStrike(tx: Tx, id: number, now: number): Promise<void> {
  await tx.updateTable('strikes').set({ overruled_at: now }).where('id', '=', id).execute()
}

export async function findAppeals(db: Db, strikeIds: readonly number[]): Promise<AppealRow[]> {
  if (strikeIds.length === 0) return []
  return db.selectFrom('appeals').selectAll().where('strike_id', 'in', strikeIds).execute()
}

/** False when there was one already: nobody appeals twice. */
export async function insertAppeal(tx: Tx, row: Insertable<AppealsTable>): Promise<boolean> {
  const rows = await tx
    .insertInto('appeals')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('strike_id')
    .execute()
  return rows.length > 0
}

/** Undefined when it was decided already, or there is none. */
export async function decideAppealRow(
  tx: Tx,
  decision: { strikeId: number; state: string; byId: number; now: number },
): Promise<AppealRow | undefined> {
  return tx
    .updateTable('appeals')
    .set({ state: decision.state, decided_by_id: decision.byId, decided_at: decision.now })
    .where('strike_id', '=', decision.strikeId)
    .where('state', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
}

export async function pageAppeals(db: Db, state: string, window: IdWindow): Promise<AppealRow[]> {
  return pageOver(db.selectFrom('appeals').selectAll().where('state', '=', state), 'strike_id', window)
}
