// Carries signals between processes over LISTEN and NOTIFY of PostgreSQL.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { connectClient } from './postgres-client.ts'
import type { Lender } from './postgres-lender.ts'
import { createLocalSignals } from './signals.ts'
import type { Signals, StoreLog } from './store.ts'

/** Signals with a connection of their own, opened when someone first listens. */
export interface PostgresSignals extends Signals {
  close(): Promise<void>
}

const CHANNEL = /^[a-z_]{1,50}$/
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 30_000

export function createPostgresSignals(url: string, lender: Lender, log: StoreLog): PostgresSignals {
  const local = createLocalSignals(log)
  const line = createLine(url, local, log)
  return {
    send(channel, text) {
      const sent = lender.lend((client) =>
        client.query('select pg_notify($1, $2)', [`folkmoot_${channel}`, text]),
      )
      sent.catch((error: unknown) => {
        log.warn('a signal to other processes was lost', { error, channel })
      })
    },
    listen(channel, hear) {
      if (!CHANNEL.test(channel)) throw new Error(`"${channel}" cannot name a channel`)
      const stop = local.listen(channel, hear)
      line.listen(channel)
      return stop
    },
    close: () => line.close(),
  }
}

type Local = ReturnType<typeof createLocalSignals>

/** Keeps one connection listening for as long as it is not closed; opens it anew when it breaks. */
function createLine(url: string, local: Local, log: StoreLog) {
  const stopped = new AbortController()
  let client: Client | undefined
  let running: Promise<void> | undefined
  const listenOn = (on: Client, channel: string) => on.query(`listen "folkmoot_${channel}"`)

  const connect = async (): Promise<Client> => {
    const made = connectClient(url)
    // An error without a listener would end the process; the line notices it by the end of the connection.
    made.on('error', () => {})
    made.on('notification', (message) => {
      local.deliver(message.channel.replace(/^folkmoot_/, ''), message.payload ?? '')
    })
    try {
      await made.connect()
      for (const channel of local.channels()) await listenOn(made, channel)
      return made
    } catch (error) {
      await made.end().catch(() => {})
      throw error
    }
  }
  const run = async (): Promise<void> => {
    let wait = FIRST_RETRY_MS
    while (!stopped.signal.aborted) {
      try {
        client = await connect()
        wait = FIRST_RETRY_MS
        await lost(client, stopped.signal)
      } catch (error) {
        log.warn('cannot listen for signals from other processes; trying again', { error })
      }
      const old = client
      client = undefined
      await old?.end().catch(() => {})
      if (!stopped.signal.aborted) await sleep(wait, undefined, { signal: stopped.signal }).catch(() => {})
      wait = Math.min(wait * 2, LONGEST_RETRY_MS)
    }
  }
  return {
    listen(channel: string) {
      running ??= run()
      if (client) listenOn(client, channel).catch(() => {})
    },
    async close() {
      stopped.abort()
      await running
    },
  }
}

/** Resolves when the connection has ended or is no longer wanted. */
function lost(client: Client, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stopped.removeEventListener('abort', done)
      resolve()
    }
    stopped.addEventListener('abort', done)
    client.once('error', done)
    client.once('end', done)
    if (stopped.aborted) done()
  })
}
