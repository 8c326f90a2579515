// Runs the server, in one process or several, until it is told to stop.
import cluster from 'node:cluster'
import { join } from 'node:path'
import type { House } from './house.ts'
import { ConfigError, readConfig, readEnvFile } from './platform/config.ts'
import type { Config } from './platform/config.ts'
import { createLog } from './platform/log.ts'
import { watchStarter } from './platform/orphan.ts'
import { thisWorker } from './platform/processes.ts'
import type { Worker } from './platform/processes.ts'
import { superviseWorkers } from './platform/processes/supervise.ts'

/** A second signal, or this long after the first, ends the process at once. */
const PATIENCE_MS = 25_000

function configure(): Config | string {
  try {
    return readConfig({ ...readEnvFile(join(process.cwd(), '.env')), ...process.env })
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

/** Resolves with the exit code once the server has stopped: 0 after a signal, 1 when it could not start. */
export async function serve(): Promise<number> {
  const config = configure()
  if (typeof config === 'string') {
    process.stderr.write(`${config}\n`)
    return 1
  }
  if (config.workers > 1 && cluster.isPrimary) {
    const log = createLog({ level: config.logLevel, format: config.logFormat })
    return superviseWorkers(config.workers, log)
  }
  return serveAlone(config, thisWorker())
}

/** One process of the server, or the only one. */
async function serveAlone(config: Config, worker: Worker | undefined): Promise<number> {
  let house: House
  try {
    house = await open(config, worker)
  } catch (error) {
    process.stderr.write(`Folkmoot cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  if (!worker || worker.number === 0) await greet(house)
  worker?.ready()
  await (worker?.stopped ?? signalled())
  if (!worker || worker.number === 0)
    process.stdout.write('Stopping: running requests and jobs are finished first.\n')
  const timer = setTimeout(() => process.exit(1), PATIENCE_MS)
  timer.unref()
  await house.stop()
  clearTimeout(timer)
  // The wire to the watching process would keep this one alive.
  if (worker) process.disconnect?.()
  return 0
}

/** The process that only watches over others needs none of the house. */
async function open(config: Config, worker: Worker | undefined): Promise<House> {
  const { buildHouse } = await import('./house.ts')
  const house = await buildHouse(config, worker ? { worker } : {})
  await house.start()
  return house
}

async function greet({ config, ctx }: House): Promise<void> {
  const { welcomeLink } = await import('./domain/accounts/first-admin.ts')
  const lines = ['', `  ${config.title} is open at ${config.origin}/`]
  const link = await welcomeLink(ctx)
  if (link !== undefined)
    lines.push(
      '',
      '  Nobody runs this server yet. Open this link, once, to create the first administrator:',
      `  ${link}`,
      '  or, on this machine:',
      '  npx folkmoot account create NAME --email YOU@EXAMPLE.ORG --password SECRET --confirmed --role owner',
    )
  process.stdout.write(`${lines.join('\n')}\n\n`)
}

function signalled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let count = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      count += 1
      if (count > 1) process.exit(1)
      resolve()
    })
  watchStarter(resolve)
  return promise
}
