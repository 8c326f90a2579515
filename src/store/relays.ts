// Servers that pass public posts on between many others.
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { RelaysTable, Tables } from './schema.ts'

export type RelayRow = Selectable<RelaysTable>
type Tx = Transaction<Tables>

export async function listRelayRows(db: Kysely<Tables>): Promise<RelayRow[]> {
  return db.selectFrom('relays').selectAll().orderBy('id').execute()
}

export async function findRelayByFollow(
  db: Kysely<Tables>,
  followUri: string,
): Promise<RelayRow | undefined> {
  return db.selectFrom('relays').selectAll().where('follow_uri', '=', followUri).executeTakeFirst()
}

export async function findRelayByActor(db: Kysely<Tables>, actorUri: string): Promise<RelayRow | undefined> {
  return db.selectFrom('relays').selectAll().where('actor_uri', '=', actorUri).executeTakeFirst()
}

/** False when this relay is there already. */
export async function insertRelay(tx: Tx, relay: Insertable<RelaysTable>): Promise<boolean> {
  const row = await tx
    .insertInto('relays')
    .values(relay)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateRelay(
  tx: Tx,
  id: number,
  change: { state?: string; actor_uri?: string; inbox?: string },
): Promise<void> {
  await tx.updateTable('relays').set(change).where('id', '=', id).execute()
}

export async function removeRelayRow(tx: Tx, id: number): Promise<RelayRow | undefined> {
  return tx.deleteFrom('relays').where('id', '=', id).returningAll().executeTakeFirst()
}
