// Promises about a server of several processes: people notice nothing of them, not even when one dies.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createAccount } from '../../src/domain/accounts/create-account.ts'
import { issueToken } from '../../src/domain/sign-in/tokens.ts'
import { buildHouse } from '../../src/house.ts'
import { readConfig } from '../../src/platform/config.ts'
import { silentLog } from '../../src/platform/log.ts'
import { createApi } from '../api-client.ts'
import type { ApiClient } from '../api-client.ts'
import { createTestDatabase, forEachEngine } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { openEvents } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { freePort, until } from '../two-worlds.ts'
import { ALL_SCOPES } from '../world.ts'

/** The kernel deals them out by chance: all with one process once in 30,000 runs. */
const STREAMS = 16
const POSTS = 40

forEachEngine((engine) => {
  let place: TestDatabase
  let directory: string
  let origin: string
  let token: string
  let api: ApiClient
  let server: ChildProcess
  let streams: StreamReader[]

  before(async () => {
    place = await createTestDatabase(engine)
    directory = mkdtempSync(join(tmpdir(), 'folkmoot-processes-'))
    const port = await freePort()
    origin = `http://localhost:${port}`
    const { database } = place
    const environment = {
      PORT: String(port),
      FOLKMOOT_BIND: '127.0.0.1',
      FOLKMOOT_URL: origin,
      FOLKMOOT_DATA: directory,
      FOLKMOOT_DATABASE: database.engine === 'sqlite' ? `sqlite:${database.file}` : database.url,
      FOLKMOOT_RATE_LIMITS: 'off',
      FOLKMOOT_LOG_LEVEL: 'silent',
      FOLKMOOT_WORKERS: '2',
    }
    const house = await buildHouse({ ...readConfig(environment), database }, { log: silentLog() })
    const { accountId } = await createAccount(house.ctx, { username: 'alice', confirmed: true })
    token = (await issueToken(house.ctx, { appId: null, accountId, scopes: ALL_SCOPES })).secret
    await house.stop()
    server = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), 'serve'], {
      env: { PATH: process.env['PATH'], ...environment },
      cwd: directory,
      stdio: 'ignore',
    })
    api = createApi(origin, token)
    await until('two processes answer', async () => (await counted())?.includes('folkmoot_processes 2'))
    streams = await Promise.all(Array.from({ length: STREAMS }, openStream))
  })
  after(async () => {
    server.kill('SIGKILL')
    await place.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  async function counted(): Promise<string | undefined> {
    return (await fetch(`${origin}/metrics`).catch(() => undefined))?.text()
  }

  async function openStream(): Promise<StreamReader> {
    const opened = await openEvents(origin, '/user', token)
    assert.ok('reader' in opened)
    return opened.reader
  }

  const holds = (reader: StreamReader, id: string): boolean =>
    reader.messages.some((one) => one.event === 'update' && JSON.parse(one.payload).id === id)

  test('a post reaches every stream, whichever process it was made in and whichever holds the stream', async () => {
    const posts = await Promise.all(
      Array.from({ length: 4 }, (_, number) => api.post('/api/v1/statuses', { status: `word ${number}` })),
    )
    for (const { id } of posts)
      await until('each stream holds it', () => streams.every((reader) => holds(reader, id)))
    for (const reader of streams)
      assert.equal(reader.messages.filter((one) => one.event === 'update').length, posts.length)
  })

  test('when a process is killed, what was acknowledged is kept, the other goes on, and another takes its place', async () => {
    const before = workersOf(server)
    const acknowledged: string[] = []
    const write = async (number: number): Promise<void> => {
      const answer = await fetch(`${origin}/api/v1/statuses`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          connection: 'close',
        },
        body: JSON.stringify({ status: `last words ${number}` }),
      }).catch(() => undefined)
      if (answer?.ok === true) acknowledged.push(((await answer.json()) as { id: string }).id)
    }
    const writing = Array.from({ length: POSTS }, (_, number) => write(number))
    await until('some are acknowledged', () => acknowledged.length > 4)
    process.kill(before[1] as number, 'SIGKILL')
    await Promise.all(writing)
    const left = streams.filter((reader) => !reader.isClosed())
    await until('its place is taken', () => {
      const now = workersOf(server)
      return now.length === 2 && now.every((pid) => pid !== before[1])
    })
    await until('the streams of the dead have ended', () => streams.some((reader) => reader.isClosed()))
    assert.ok(left.length > 0, 'the streams of the other process go on')
    const shown = new Set<string>()
    await until('every acknowledged post is in the home of its author', async () => {
      for (const { id } of await api.get('/api/v1/timelines/home?limit=40')) shown.add(id)
      return acknowledged.every((id) => shown.has(id))
    })
    const again = await api.post('/api/v1/statuses', { status: 'still here' })
    await until('the streams left hold what comes after', () =>
      streams.filter((reader) => !reader.isClosed()).every((reader) => holds(reader, again.id)),
    )
  })

  test('told to end, all processes finish and the server ends well', async () => {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    assert.deepEqual(workersOf(server), [])
  })
})

/** The processes under the one that watches over them, oldest first. */
function workersOf({ pid }: ChildProcess): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .flatMap(([worker]) => worker ?? [])
    .toSorted((a, b) => a - b)
}
