// Reports that other servers file about our accounts.
import type { Insertable, Kysely, Transaction } from 'kysely'
import type { ReportsTable, Tables } from './schema.ts'

type Tx = Transaction<Tables>

/** Whether a report with this address is here, or an open one by the same reporter about the same account. */
export async function isReported(
  db: Kysely<Tables>,
  report: { uri: string | null; accountId: number; targetId: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('reports')
    .select('id')
    .where('target_id', '=', report.targetId)
    .where('account_id', '=', report.accountId)
    .where((eb) =>
      report.uri === null
        ? eb('resolved_at', 'is', null)
        : eb.or([eb('uri', '=', report.uri), eb('resolved_at', 'is', null)]),
    )
    .executeTakeFirst()
  return row !== undefined
}

export async function insertReceivedReport(tx: Tx, report: Insertable<ReportsTable>): Promise<void> {
  await tx.insertInto('reports').values(report).execute()
}
