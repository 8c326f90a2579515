// What moderators decided about things that become popular: links, posts and the sites behind links.
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { IdWindow } from '../../model/page.ts'
import { pageOver } from '../paging.ts'
import type { CardProvidersTable, Tables } from '../schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>
export type TrendKind = 'link' | 'post'
export type ProviderRow = Selectable<CardProvidersTable>

/** By id; what nobody decided about is absent. */
export async function listDecisions(
  db: Db,
  kind: TrendKind,
  ids: readonly number[],
): Promise<Map<number, boolean>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('trend_decisions')
    .select(['target_id', 'allowed'])
    .where('kind', '=', kind)
    .where('target_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.target_id, row.allowed === 1]))
}

export async function putDecision(
  tx: Tx,
  decision: { kind: TrendKind; id: number; allowed: boolean; now: number },
): Promise<void> {
  const change = { allowed: decision.allowed ? 1 : 0, decided_at: decision.now }
  await tx
    .insertInto('trend_decisions')
    .values({ kind: decision.kind, target_id: decision.id, ...change })
    .onConflict((conflict) => conflict.columns(['kind', 'target_id']).doUpdateSet(change))
    .execute()
}

export async function listProviders(db: Db, domains: readonly string[]): Promise<ProviderRow[]> {
  if (domains.length === 0) return []
  return db
    .selectFrom('card_providers')
    .selectAll()
    .where('domain', 'in', [...domains])
    .execute()
}

/** Those that are known already stay as they are. */
export async function addProviders(
  tx: Tx,
  domains: readonly string[],
  at: { now: number; nextId: () => number },
): Promise<void> {
  if (domains.length === 0) return
  await tx
    .insertInto('card_providers')
    .values(domains.map((domain) => ({ id: at.nextId(), domain, requested_at: at.now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function pageProviders(db: Db, window: IdWindow): Promise<ProviderRow[]> {
  return pageOver(db.selectFrom('card_providers').selectAll(), 'id', window)
}

export async function decideProvider(
  tx: Tx,
  id: number,
  decision: { allowed: boolean; now: number },
): Promise<ProviderRow | undefined> {
  return tx
    .updateTable('card_providers')
    .set({ trendable: decision.allowed ? 1 : 0, reviewed_at: decision.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}
