// Reads a PostgreSQL database as it was at one moment, over a connection of its own.
import { connectClient } from './postgres-client.ts'
import { selectAllOf } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = connectClient(url)
  // A broken connection fails the statement under way; without a listener it would end the process as well.
  client.on('error', () => {})
  await client.connect()
  await client.query('begin transaction isolation level repeatable read read only')
  await client.query('set local idle_in_transaction_session_timeout = 0')
  await client.query('set local statement_timeout = 0')
  // The first query fixes the moment.
  await client.query('select count(*) from pg_class')
  return {
    async *rows(table, size) {
      await client.query(`declare reading no scroll cursor for ${selectAllOf(table)}`)
      for (;;) {
        const group = await client.query<unknown[]>({ text: `fetch ${size} from reading`, rowMode: 'array' })
        if (group.rows.length === 0) break
        yield group.rows
      }
      await client.query('close reading')
    },
    close: () => client.end(),
  }
}
