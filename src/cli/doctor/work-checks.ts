// Checks of the database, of the work that waits in it, and of the services that the server uses.
import { connect } from 'node:net'
import { countChores } from '../../domain/chores.ts'
import { engineOf, soundness } from '../../domain/examine-server.ts'
import { migrations } from '../../store/migrations/index.ts'
import { pendingMigrations } from '../../store/migrate.ts'
import { ok, problem, reasonOf, warning } from './check.ts'
import type { Check } from './check.ts'

const LONGEST_CHECK_MS = 60_000
const TEN_MINUTES = 600_000

const integrity: Check = {
  name: 'database file',
  longestMs: LONGEST_CHECK_MS + 10_000,
  async run({ config }) {
    if (config.database.engine !== 'sqlite') return undefined
    const found = await soundness(config.database, LONGEST_CHECK_MS)
    if (found === 'ok') return ok('The database file is sound.')
    if (found === undefined)
      return warning(
        'The database file is too large to be checked in a minute: run "pragma quick_check" with sqlite3.',
      )
    return problem(`The database file is damaged (${found}): stop the server and restore a backup.`)
  },
}

const tables: Check = {
  name: 'database',
  async run({ ctx }) {
    if (!ctx) return undefined
    const pending = await pendingMigrations(ctx.store, migrations)
    const version = await engineOf(ctx.store)
    return pending.length === 0
      ? ok(`${version} answers and is up to date.`)
      : problem(`${version} answers, but is of an older version: run "folkmoot migrate".`)
  },
}

const jobs: Check = {
  name: 'jobs',
  async run({ ctx }) {
    if (!ctx) return undefined
    const { queues, dead } = await countChores(ctx)
    const late = queues.filter((queue) => queue.oldest < ctx.clock.now() - TEN_MINUTES)
    if (late.length > 0)
      return warning(
        `Work waits for more than ten minutes in ${late.map((queue) => queue.queue).join(', ')}: is the server running?`,
      )
    if (dead > 0)
      return warning(
        `${dead} jobs were given up: see "folkmoot jobs dead", then "folkmoot jobs retry --all".`,
      )
    return ok('No job is late, none was given up.')
  },
}

const deliveries: Check = {
  name: 'deliveries',
  async run({ ctx }) {
    if (!ctx) return undefined
    const { deliveries: count } = await countChores(ctx)
    return count.overdue > 0
      ? warning(
          `${count.overdue} deliveries wait for more than ten minutes without a try: is the server running?`,
        )
      : ok(`${count.waiting} deliveries to other servers wait for their next try.`)
  },
}

const mail: Check = {
  name: 'mail',
  longestMs: 30_000,
  async run({ config }) {
    if (config.smtpUrl === undefined)
      return warning('Mails are only written to the log: set FOLKMOOT_SMTP_URL so that people get them.')
    const { checkMail } = await import('../../platform/check-mail.ts')
    try {
      await checkMail(config.smtpUrl)
      return ok(`The mail server answers; mails come from ${config.mailFrom}.`)
    } catch (error) {
      return problem(`The mail server does not take our login (${reasonOf(error)}): check FOLKMOOT_SMTP_URL.`)
    }
  },
}

const valkey: Check = {
  name: 'Valkey',
  async run({ config }) {
    if (config.valkeyUrl === undefined) return undefined
    const { hostname, port } = new URL(config.valkeyUrl)
    const host = hostname.replace(/^\[|\]$/g, '')
    const { promise, resolve } = Promise.withResolvers<Error | undefined>()
    const socket = connect({ host, port: Number(port || 6379), timeout: 5000 })
    socket.on('connect', () => resolve(undefined))
    socket.on('timeout', () => resolve(new Error('no answer in 5 s')))
    socket.on('error', resolve)
    const error = await promise
    socket.destroy()
    return error
      ? problem(`Valkey cannot be reached (${reasonOf(error)}): start it, or correct FOLKMOOT_VALKEY_URL.`)
      : ok('Valkey answers.')
  },
}

export const workChecks: readonly Check[] = [tables, integrity, jobs, deliveries, mail, valkey]
