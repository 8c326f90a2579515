// Opens the database of the settings for one command, and closes it again whatever happens.
import { join } from 'node:path'
import type { Context } from '../domain/context.ts'
import type { Log, Mail } from '../domain/ports.ts'
import { Refusal } from '../model/refusal.ts'
import type { Config } from '../platform/config.ts'
import type { Store, StoreLog } from '../store/open.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** Keeps the ids that commands give apart from those of running servers. */
const PROCESS_NUMBER = 15

/** The settings, as the server would read them. Throws ConfigError. */
export async function readSettings(terminal: Terminal): Promise<Config> {
  const { readConfig, readEnvironment } = await import('../platform/config.ts')
  return readConfig(readEnvironment(join(terminal.directory, '.env'), terminal.env))
}

/** Runs `work` on the open database, which may lack tables. */
export async function withStore<T>(
  terminal: Terminal,
  work: (store: Store, config: Config) => Promise<T>,
): Promise<T> {
  const config = await readSettings(terminal)
  const { openStore } = await import('../store/open.ts')
  const store = await openStore(config.database, { log: storeLog(terminal) }).catch(
    async (error: unknown) => {
      const { databaseTrouble } = await import('../platform/database-trouble.ts')
      throw databaseTrouble(config.database, error)
    },
  )
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/**
 * Runs `work` with what verbs of the domain need. Jobs are only added: a running server does them. An empty database gets
 * its tables; one of an older version is refused.
 */
export async function withContext<T>(
  terminal: Terminal,
  work: (ctx: Context, config: Config) => Promise<T>,
): Promise<T> {
  return withStore(terminal, async (store, config) => {
    await prepareTables(store)
    const parts = await Promise.all([
      import('../domain/create-context.ts'),
      import('../platform/jobs.ts'),
      import('../lib/id.ts'),
      import('../platform/clock.ts'),
    ])
    const [{ createContext }, { createJobs }, { createIdSource }, { systemClock: clock }] = parts
    const ids = createIdSource(() => clock.now(), PROCESS_NUMBER)
    const log = commandLog(terminal)
    const jobs = createJobs({ store, clock, ids, log: storeLog(terminal) })
    const live = await openLive(config, terminal)
    const nobody = (): Promise<undefined> => Promise.resolve(undefined)
    const remote = { accountByUri: nobody, accountByHandle: nobody, postByUri: nobody }
    const mail = laterMail(config, terminal)
    const ctx = createContext({ config, clock, ids, log, store, jobs, live, mail, remote })
    try {
      return await work(ctx, config)
    } finally {
      await jobs.stop(0)
      await live.close()
      await mail.close()
    }
  })
}

async function prepareTables(store: Store): Promise<void> {
  const { migrate, pendingMigrations } = await import('../store/migrate.ts')
  const { migrations } = await import('../store/migrations/index.ts')
  const pending = await pendingMigrations(store, migrations)
  if (pending.length === 0) return
  if (pending.length < migrations.length)
    throw new Refusal(
      'conflict',
      'The database is of an older version: stop the server, make a backup, then run "folkmoot migrate".',
    )
  await migrate(store, migrations)
}

/** Messages reach other processes only over Valkey; nobody listens in this one. */
async function openLive(config: Config, terminal: Terminal) {
  if (config.valkeyUrl === undefined) return { publish() {}, close: () => Promise.resolve() }
  const { createLive } = await import('../platform/live.ts')
  return createLive({ log: await fullLog(terminal), valkeyUrl: config.valkeyUrl })
}

/** The mail library is large and rarely needed by a command. */
function laterMail(config: Config, terminal: Terminal): Mail & { close: () => Promise<void> } {
  let opened: Promise<{ send: Mail['send']; close: () => void }> | undefined
  const open = async () => {
    const { createMail } = await import('../platform/mail.ts')
    return createMail(config, await fullLog(terminal))
  }
  return {
    async send(message) {
      opened ??= open()
      await (await opened).send(message)
    },
    async close() {
      if (opened) (await opened).close()
    },
  }
}

async function fullLog(terminal: Terminal) {
  const { createLog } = await import('../platform/log.ts')
  return createLog({ level: 'info', format: 'pretty', write: terminal.err })
}

/** Only trouble is worth a line beside the result of a command. */
function commandLog(terminal: Terminal): Log {
  const warn = (details: object, message = ''): void => trouble(terminal, message, details)
  return { debug() {}, info() {}, warn, error: warn }
}

function storeLog(terminal: Terminal): StoreLog & { debug: () => void } {
  const warn = (message: string, details: object = {}): void => trouble(terminal, message, details)
  return { debug() {}, warn, error: warn }
}

function trouble(terminal: Terminal, message: string, details: object): void {
  const cause = 'error' in details && details.error instanceof Error ? ` (${details.error.message})` : ''
  say(terminal.err, `${message}${cause}`)
}
