// Lends the connections of one pool, gets them back clean, and closes only when all work on them is done.
import type { PoolClient } from 'pg'
import { connectPool } from './postgres-client.ts'
import type { ConnectionLimits } from './postgres-client.ts'
import type { StoreLog } from './store.ts'
import { refuseCrowd } from './transaction.ts'

export interface Lender {
  /** Runs `task` with a connection of its own; waits for one when all are taken. */
  lend: <T>(task: (client: PoolClient) => Promise<T>) => Promise<T>
  /** Refuses new tasks, waits for those begun, closes all connections. */
  close: () => Promise<void>
}

export function createLender(url: string, limits: ConnectionLimits, log: StoreLog): Lender {
  const pool = connectPool(url, limits)
  pool.on('error', (error) => log.warn('an idle connection to PostgreSQL broke', { error }))
  // A connection that breaks while lent tells its statement; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  let underWay = 0
  let allDone: (() => void) | undefined
  let closed = false
  return {
    async lend(task) {
      if (closed) throw new Error('the store is closed')
      refuseCrowd(underWay)
      underWay += 1
      try {
        return await lendOne(await pool.connect(), task)
      } finally {
        underWay -= 1
        if (underWay === 0) allDone?.()
      }
    },
    async close() {
      if (closed) return
      closed = true
      if (underWay > 0) await new Promise<void>((resolve) => (allDone = resolve))
      await pool.end()
    },
  }
}

/** A connection on which something failed is rolled back or thrown away. */
async function lendOne<T>(client: PoolClient, task: (client: PoolClient) => Promise<T>): Promise<T> {
  try {
    const value = await task(client)
    client.release()
    return value
  } catch (error) {
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    throw error
  }
}
