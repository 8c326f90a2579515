// Promises to whoever backs a server up: nothing is missing, nothing half-done is restored, either engine will do.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { createGunzip, createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { extract as createExtract, pack as createPack } from 'tar-stream'
import { createBlobs } from '../../src/platform/blobs.ts'
import { openStore } from '../../src/store/open.ts'
import type { DatabaseSettings } from '../../src/store/open.ts'
import { listTables } from '../../src/store/whole-tables.ts'
import { createTestDatabase, engines, forEachEngine } from '../database.ts'
import type { Engine } from '../database.ts'
import { environmentOf, operate } from '../unit/cli/operator.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Place {
  database: DatabaseSettings
  dataDirectory: string
  env: Record<string, string>
}

/** Every row of every table, as text, so that two databases can be compared whatever their engine. */
async function contentOf(database: DatabaseSettings): Promise<Record<string, string[]>> {
  const store = await openStore(database)
  try {
    const content: Record<string, string[]> = {}
    for (const { name, columns } of await listTables(store.read)) {
      const rows = await store.read
        .selectFrom(name as 'posts')
        .selectAll()
        .execute()
      content[name] = rows
        .map((row) =>
          JSON.stringify(columns.toSorted().map((column) => (row as Record<string, unknown>)[column])),
        )
        .sort()
    }
    return content
  } finally {
    await store.close()
  }
}

/** What the janitor, the clock and the server's own work change between two looks is left out. */
function lasting(content: Record<string, string[]>): Record<string, string[]> {
  const { jobs: _jobs, settings: _settings, tokens: _tokens, sessions: _sessions, ...rest } = content
  return rest
}

/** Rewrites an archive entry by entry; `change` gives the new name and bytes, or nothing to leave it out. */
async function rewrite(
  from: string,
  to: string,
  change: (name: string, bytes: Buffer) => { name: string; bytes: Buffer; type?: 'symlink' } | undefined,
): Promise<void> {
  const extract = createExtract()
  const pack = createPack()
  const written = pipeline(pack, createGzip(), createWriteStream(to))
  const fed = pipeline(createReadStream(from), createGunzip(), extract)
  for await (const entry of extract) {
    const changed = change(entry.header.name, await buffer(entry))
    if (!changed) continue
    const { name, bytes, type } = changed
    if (type) pack.entry({ name, type, linkname: '/etc/passwd' })
    else pack.entry({ name }, bytes)
  }
  pack.finalize()
  await Promise.all([fed, written])
}

forEachEngine((engine) => {
  let world: World
  let scratch: string
  let backup: string
  let env: Record<string, string>
  const drops: (() => Promise<void>)[] = []

  const freshPlace = async (target: Engine): Promise<Place> => {
    const { database, drop } = await createTestDatabase(target, { empty: true })
    drops.push(drop)
    const dataDirectory = await mkdtemp(join(scratch, 'data-'))
    return { database, dataDirectory, env: environmentOf({ database, dataDirectory, origin: world.origin }) }
  }
  const blobsOf = (place: Pick<Place, 'dataDirectory'>) => createBlobs({ dataDirectory: place.dataDirectory })
  const keysIn = async (place: Pick<Place, 'dataDirectory'>): Promise<string[]> => {
    const keys: string[] = []
    for await (const { key } of blobsOf(place).list('')) keys.push(key)
    return keys.sort()
  }
  const run = (...argv: string[]) => operate(env, argv, { directory: scratch })

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'folkmoot-backup-'))
    world = await startWorld({ engine })
    const { database, dataDirectory } = world.house.config
    env = environmentOf({ database, dataDirectory, origin: world.origin })
    const alice = await world.account('alice')
    const bob = await world.account('bob')
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    for (let number = 0; number < 30; number += 1)
      await alice.api.post('/api/v1/statuses', {
        status: `Post ${number} about łódź, 日本語 and 🎈 "quotes"\n#backup`,
      })
    const blobs = blobsOf({ dataDirectory })
    await blobs.put('media/1-abc.webp', Buffer.alloc(100_000, 7), { contentType: 'image/webp' })
    await blobs.put('media/empty.txt', Buffer.alloc(0), { contentType: 'text/x-odd' })
    await blobs.put('cache/media/2-abc.webp', Buffer.from('a copy'), { contentType: 'image/webp' })
    await world.settle()
    backup = join(scratch, 'backup.tar.gz')
    const outcome = await run('backup', 'backup.tar.gz')
    assert.equal(outcome.code, 0, outcome.err)
  })
  after(async () => {
    await world.stop()
    for (const drop of drops) await drop()
    await rm(scratch, { recursive: true, force: true })
  })

  for (const target of process.env['TEST_ENGINE'] === undefined ? engines : [engine])
    test(`a backup is restored on ${target} with every row and file`, async () => {
      const place = await freshPlace(target)
      const restored = await operate(place.env, ['restore', backup])
      assert.equal(restored.code, 0, restored.err)
      assert.deepEqual(
        lasting(await contentOf(place.database)),
        lasting(await contentOf(world.house.config.database)),
      )
      assert.deepEqual(await keysIn(place), ['media/1-abc.webp', 'media/empty.txt'])
      const odd = await blobsOf(place).read('media/empty.txt')
      assert.equal(odd?.contentType, 'text/x-odd')
      const picture = await blobsOf(place).read('media/1-abc.webp')
      assert.ok(picture)
      assert.deepEqual(await buffer(picture.stream), Buffer.alloc(100_000, 7))
      const found = await operate(place.env, ['account', 'list'])
      assert.match(found.out, /^alice /m)
    })

  test('search finds old posts after a restore', async () => {
    const place = await freshPlace(engine)
    await operate(place.env, ['restore', backup])
    const store = await openStore(place.database)
    try {
      const page = { query: 'łódź', limit: 50 }
      assert.equal((await store.dialect.searchIds(store.read, 'post_search', page)).length, 30)
      const people = { query: 'alice', limit: 5 }
      assert.equal((await store.dialect.searchIds(store.read, 'account_search', people)).length, 1)
    } finally {
      await store.close()
    }
  })

  test('a backup made while people write holds one moment of the database', async () => {
    const alice = await world.account('alice')
    const backingUp = new AbortController()
    const writing = (async () => {
      for (let number = 0; !backingUp.signal.aborted; number += 1)
        await alice.api.post('/api/v1/statuses', { status: `While backing up ${number} #moment` })
    })()
    const outcome = await run('backup', 'moving.tar.gz')
    backingUp.abort()
    await writing
    assert.equal(outcome.code, 0, outcome.err)
    const place = await freshPlace(engine)
    const restored = await operate(place.env, ['restore', join(scratch, 'moving.tar.gz')])
    assert.equal(restored.code, 0, restored.err)
    const store = await openStore(place.database)
    try {
      const db = store.read
      const posts = await db.selectFrom('posts').select(['id', 'account_id']).execute()
      const counted = await db
        .selectFrom('accounts')
        .select(['id', 'posts_count'])
        .where('domain', '=', '')
        .execute()
      for (const { id, posts_count: count } of counted)
        assert.equal(
          count,
          posts.filter((post) => post.account_id === id).length,
          'rows of two moments were mixed',
        )
      const tagged = await db.selectFrom('post_tags').select('post_id').execute()
      const known = new Set(posts.map((post) => post.id))
      assert.ok(tagged.every((row) => known.has(row.post_id)))
    } finally {
      await store.close()
    }
  })

  test('copies of other servers’ media are left out unless asked for', async () => {
    const outcome = await run('backup', 'with-cache.tar.gz', '--with-cache')
    assert.equal(outcome.code, 0, outcome.err)
    const place = await freshPlace(engine)
    await operate(place.env, ['restore', join(scratch, 'with-cache.tar.gz')])
    assert.ok((await keysIn(place)).includes('cache/media/2-abc.webp'))
  })

  test('a place that holds anything is left alone unless --force says otherwise', async () => {
    const place = await freshPlace(engine)
    await operate(place.env, ['account', 'create', 'zoe', '--email', 'zoe@people.test'])
    const refused = await operate(place.env, ['restore', backup])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /database is not empty.*--force/)
    assert.match((await operate(place.env, ['account', 'list'])).out, /^zoe /m)
    await blobsOf(place).put('media/other.txt', Buffer.from('x'), { contentType: 'text/plain' })
    const forced = await operate(place.env, ['restore', backup, '--force'])
    assert.equal(forced.code, 0, forced.err)
    const { out } = await operate(place.env, ['account', 'list'])
    assert.doesNotMatch(out, /^zoe /m)
    assert.match(out, /^alice /m)
    assert.deepEqual(await keysIn(place), ['media/1-abc.webp', 'media/empty.txt'])
  })

  test('files that are in the way are left alone as well', async () => {
    const place = await freshPlace(engine)
    await blobsOf(place).put('media/other.txt', Buffer.from('x'), { contentType: 'text/plain' })
    const refused = await operate(place.env, ['restore', backup])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /files already.*--force/)
  })

  test('the backup of another address is not restored by mistake', async () => {
    const place = await freshPlace(engine)
    const refused = await operate({ ...place.env, FOLKMOOT_URL: 'https://other.example' }, [
      'restore',
      backup,
    ])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /FOLKMOOT_URL/)
  })

  const spoiled: Record<string, (from: string, to: string) => Promise<void>> = {
    'cut off in the middle': async (from, to) => {
      const bytes = await readFile(from)
      await writeFile(to, bytes.subarray(0, bytes.length / 2))
    },
    'cut off at the very end': async (from, to) => {
      const bytes = await readFile(from)
      await writeFile(to, bytes.subarray(0, bytes.length - 1))
    },
    'cut off inside, in a whole compressed file': async (from, to) => {
      const bytes = gunzipSync(await readFile(from))
      await writeFile(to, gzipSync(bytes.subarray(0, Math.floor(bytes.length / 1024) * 512)))
    },
    'changed in a table': (from, to) =>
      rewrite(from, to, (name, bytes) => ({
        name,
        bytes: name.startsWith('tables/users/')
          ? Buffer.from(bytes.toString().replace('"user"', '"owner"'))
          : bytes,
      })),
    'without one of its files': (from, to) =>
      rewrite(from, to, (name, bytes) => (name.startsWith('files/media/1-') ? undefined : { name, bytes })),
    'with a changed manifest': (from, to) =>
      rewrite(from, to, (name, bytes) => ({
        name,
        bytes:
          name === 'manifest.json'
            ? Buffer.from(bytes.toString().replace(/"entries": \d+/, '"entries": 1'))
            : bytes,
      })),
    'with a name that leads out of the place': (from, to) =>
      rewrite(from, to, (name, bytes) => ({
        name: name.replace('files/media/1-abc.webp', 'files/../../evil.webp'),
        bytes,
      })),
    'with an absolute name': (from, to) =>
      rewrite(from, to, (name, bytes) => ({
        name: name.replace('files/media/1-abc.webp', '/tmp/evil.webp'),
        bytes,
      })),
    'with a link in place of a file': (from, to) =>
      rewrite(from, to, (name, bytes) => ({
        name,
        bytes,
        ...(name.startsWith('files/media/1-') ? { type: 'symlink' as const } : {}),
      })),
    'that is no archive at all': (_, to) => writeFile(to, 'hello'),
  }
  for (const [how, spoil] of Object.entries(spoiled))
    test(`a backup ${how} is refused before anything is touched, even with --force`, async () => {
      const place = await freshPlace(engine)
      await operate(place.env, ['account', 'create', 'zoe', '--email', 'zoe@people.test'])
      await blobsOf(place).put('media/other.txt', Buffer.from('x'), { contentType: 'text/plain' })
      const before = await contentOf(place.database)
      const bad = join(scratch, `bad-${createHash('sha256').update(how).digest('hex').slice(0, 8)}.tar.gz`)
      await spoil(backup, bad)
      const refused = await operate(place.env, ['restore', bad, '--force'])
      assert.equal(refused.code, 1, refused.out)
      assert.match(refused.err, /backup/)
      if (/name|absolute/.test(how)) assert.match(refused.err, /holds an entry/)
      assert.deepEqual(await contentOf(place.database), before)
      assert.deepEqual(await keysIn(place), ['media/other.txt'])
    })

  test('a restore that was interrupted leaves a database on which the server does not start', async () => {
    const place = await freshPlace(engine)
    const store = await openStore(place.database)
    const { migrate } = await import('../../src/store/migrate.ts')
    const { migrations } = await import('../../src/store/migrations/index.ts')
    const { markUnfinished } = await import('../../src/store/whole-tables.ts')
    await migrate(store, migrations)
    await markUnfinished(store)
    await assert.rejects(migrate(store, migrations), /unfinished-restore/)
    await store.close()
  })

  test('a backup that cannot be finished leaves no file that looks like one', async () => {
    const outcome = await run('backup', 'no/such/folder/backup.tar.gz')
    assert.equal(outcome.code, 1)
    await assert.rejects(stat(join(scratch, 'no/such/folder/backup.tar.gz')))
  })
})
