// Promises about a server whose process is killed in the middle of its work: what it acknowledged is kept, and done once.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createAccount } from '../../src/domain/accounts/create-account.ts'
import { FACTS_QUEUE } from '../../src/domain/record-fact.ts'
import { issueToken } from '../../src/domain/sign-in/tokens.ts'
import { buildHouse } from '../../src/house.ts'
import { readConfig } from '../../src/platform/config.ts'
import { silentLog } from '../../src/platform/log.ts'
import { INBOX_QUEUE } from '../../src/protocols/activitypub/inbox/receive.ts'
import { insertAccount } from '../../src/store/accounts.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/open.ts'
import { createApi } from '../api-client.ts'
import { createTestDatabase, forEachEngine } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { freePort, until } from '../two-worlds.ts'
import { ALL_SCOPES } from '../world.ts'
import { openPeer } from './plain-peer.ts'
import type { Peer } from './plain-peer.ts'

/** How much is under way when the server dies; SUDDEN_DEATH=1000 kills it among a thousand of each. */
const NOTES = Number(process.env['SUDDEN_DEATH'] ?? 300)
const FOLLOWERS = 30
const POSTS = Math.ceil(NOTES / FOLLOWERS)

forEachEngine((engine) => {
  let place: TestDatabase
  let store: Store
  let directory: string
  let port: number
  let token: string
  let aliceId: number
  let peer: Peer
  let child: ChildProcess | undefined
  before(async () => {
    place = await createTestDatabase(engine)
    directory = mkdtempSync(join(tmpdir(), 'folkmoot-killed-'))
    port = await freePort()
    peer = await openPeer()
    const config = { ...readConfig(environment()), database: place.database }
    const house = await buildHouse(config, { log: silentLog() })
    const { accountId } = await createAccount(house.ctx, { username: 'alice', confirmed: true })
    aliceId = accountId
    token = (await issueToken(house.ctx, { appId: null, accountId, scopes: ALL_SCOPES })).secret
    await house.stop()
    store = await openStore(place.database)
    await addFollowers()
  })
  after(async () => {
    child?.kill('SIGKILL')
    await store.close()
    await peer.close()
    await place.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  const environment = () => ({
    PORT: String(port),
    FOLKMOOT_BIND: '127.0.0.1',
    FOLKMOOT_URL: `http://localhost:${port}`,
    FOLKMOOT_DATA: directory,
    FOLKMOOT_DATABASE:
      place.database.engine === 'sqlite' ? `sqlite:${place.database.file}` : place.database.url,
    FOLKMOOT_ALLOW_PRIVATE: '127.0.0.0/8',
    FOLKMOOT_RATE_LIMITS: 'off',
    FOLKMOOT_LOG_LEVEL: 'silent',
  })

  async function addFollowers(): Promise<void> {
    const now = Date.now()
    await store.write(async (tx) => {
      for (let number = 1; number <= FOLLOWERS; number += 1) {
        const uri = `${peer.origin}/users/f${number}`
        const name = { username: `f${number}`, username_key: `f${number}`, domain: new URL(uri).host }
        const times = { created_at: now, updated_at: now }
        await insertAccount(tx, {
          id: number,
          uri,
          inbox: `${uri}/inbox`,
          protocol: 'activitypub',
          ...name,
          ...times,
        })
        await tx
          .insertInto('follows')
          .values({ id: number, account_id: number, target_id: aliceId, accepted: 1, created_at: now })
          .execute()
      }
    })
  }

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), 'serve'], {
      env: { PATH: process.env['PATH'], ...environment() },
      cwd: directory,
      stdio: 'ignore',
    })
    child = started
    await until(
      'the server answers',
      async () => {
        assert.equal(started.exitCode, null, 'the server started')
        const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
        return answer?.ok === true
      },
      60,
    )
  }

  async function kill(): Promise<void> {
    const killed = child as ChildProcess
    child = undefined
    const ended = once(killed, 'exit')
    killed.kill('SIGKILL')
    await ended
    await until('the database has noticed its death', async () => (await othersBusy(store)) === 0)
    // Whatever the dead process held is free again when its leases run out; nobody waits minutes here.
    await store.write(async (tx) => {
      await tx.updateTable('deliveries').set({ lease_until: 0 }).execute()
      await tx.updateTable('jobs').set({ lease_until: 0 }).where('lease_until', '>', 0).execute()
    })
  }

  test('every delivery of a post that was acknowledged arrives, although the server is killed among hundreds', async () => {
    await start()
    const api = createApi(`http://127.0.0.1:${port}`, token)
    for (let number = 0; number < POSTS; number += 1)
      await api.post('/api/v1/statuses', { status: `word ${number}` })
    await until('a third of the deliveries', () => peer.received.length >= NOTES / 3)
    await kill()
    const beforeRestart = peer.received.length
    assert.ok(beforeRestart < POSTS * FOLLOWERS, 'it was killed in the middle')
    await start()
    const distinct = (): number => new Set(peer.received).size
    await until('all deliveries', () => distinct() === POSTS * FOLLOWERS)
    await until('an empty queue', async () => {
      const rows = await store.read.selectFrom('deliveries').select('id').execute()
      return rows.length === 0
    })
    // What was under way when it died may arrive again, under the same id: at most 64 are under way at a time.
    assert.ok(peer.received.length - distinct() <= 64, `${peer.received.length - distinct()} arrived twice`)
    await kill()
  })

  test('every activity that was accepted is worked on, once, although the server is killed among hundreds', async () => {
    await start()
    const accepted = new Set<number>()
    const send = async (number: number): Promise<void> => {
      const status = await peer.mention(port, number).catch(() => 0)
      if (status === 202) accepted.add(number)
    }
    const numbers = Array.from({ length: NOTES }, (_, number) => number)
    const sending = inParallel(8, numbers, send)
    await until('a third is accepted', () => accepted.size >= NOTES / 3)
    await kill()
    await sending
    assert.ok(accepted.size < NOTES, 'it was killed in the middle')
    await start()
    const stored = async (): Promise<number[]> => {
      const rows = await store.read
        .selectFrom('posts')
        .select('uri')
        .where('uri', 'like', `${peer.origin}/notes/%`)
        .execute()
      return rows.map(({ uri }) => Number(uri.split('/').at(-1)))
    }
    await until('what was accepted is there', async () => {
      const there = new Set(await stored())
      return [...accepted].every((number) => there.has(number))
    })
    // The other server sends everything again, as those do who are not sure.
    await inParallel(8, numbers, send)
    await until('all are accepted', async () => {
      const missing = numbers.filter((number) => !accepted.has(number))
      await inParallel(8, missing, send)
      return missing.length === 0
    })
    await until('everything is there', async () => (await stored()).length === NOTES)
    await until('an empty queue', async () => {
      const rows = await store.read
        .selectFrom('jobs')
        .select('id')
        .where('queue', 'in', [INBOX_QUEUE, FACTS_QUEUE])
        .execute()
      return rows.length === 0
    })
    const mentions = await store.read
      .selectFrom('notifications')
      .select('post_id')
      .where('account_id', '=', aliceId)
      .where('kind', '=', 'mention')
      .execute()
    assert.equal(mentions.length, NOTES)
    assert.equal(new Set(mentions.map((one) => one.post_id)).size, NOTES)
    await kill()
  })
})

/** Connections of a killed server that PostgreSQL still works for: they could write after us. SQLite leaves none. */
async function othersBusy(store: Store): Promise<number> {
  if (store.dialect.name === 'sqlite') return 0
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`.execute(store.read)
  return rows[0]?.n ?? 0
}

async function inParallel<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  const lane = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
