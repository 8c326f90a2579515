// The rules of this server.
import type { Insertable, Kysely, Selectable, Transaction, Updateable } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { RulesTable, Tables } from './schema.ts'

export type RuleRow = Selectable<RulesTable>

const allRules = prepared('all rules', (db) =>
  db.selectFrom('rules').selectAll().orderBy('position').orderBy('id').limit(1000),
)

/** Every rule there ever was, in order; at most 1,000. */
export async function listRules(db: Kysely<Tables>): Promise<RuleRow[]> {
  return allRules.all(db, {})
}

export async function insertRule(tx: Transaction<Tables>, row: Insertable<RulesTable>): Promise<void> {
  await tx.insertInto('rules').values(row).execute()
}

/** Undefined for rules that were taken back, or never were. */
export async function updateRule(
  tx: Transaction<Tables>,
  id: number,
  change: Updateable<RulesTable>,
): Promise<RuleRow | undefined> {
  return tx
    .updateTable('rules')
    .set({ id, ...change })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}
