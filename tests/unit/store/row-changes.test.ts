// Promises of the store to memories: every row that is shown tells of its change, and nothing tells of what was undone.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { changesOf, openStore } from '../../../src/store/open.ts'
import type { RowChanges, Store } from '../../../src/store/open.ts'
import { insertAccount } from '../../../src/store/accounts.ts'
import { openTestStore } from '../../database.ts'
import type { TestStore } from '../../database.ts'

let place: TestStore
let store: Store
let changes: RowChanges
let heard: string[] = []

before(async () => {
  place = await openTestStore('sqlite')
  store = place.store
  store.watchRows()
  changes = changesOf(store.read) as RowChanges
  changes.hear((touched, id) => heard.push(`${touched} ${id}`))
  await store.write(async (tx) => {
    for (const id of [1, 2])
      await insertAccount(tx, {
        id,
        username: `person${id}`,
        username_key: `person${id}`,
        domain: '',
        protocol: 'local',
        uri: `https://here.test/users/${id}`,
        created_at: 1,
        updated_at: 1,
      })
    await run(
      tx,
      `insert into posts (id, uri, account_id, local, audience, thread_id, published_at, created_at)
      values (10, 'https://here.test/10', 1, 1, 'public', 10, 1, 1)`,
    )
  })
})
beforeEach(() => {
  heard = []
})
after(() => place.close())

const run = (db: Parameters<Parameters<Store['write']>[0]>[0], text: string): Promise<unknown> =>
  sql.raw(text).execute(db)

async function write(...texts: string[]): Promise<string[]> {
  heard = []
  await store.write(async (tx) => {
    for (const text of texts) await run(tx, text)
  })
  return heard
}

test('posts, accounts and what hangs on them', async () => {
  assert.deepEqual(await write('update posts set likes_count = 1 where id = 10'), ['post 10'])
  assert.deepEqual(await write('update accounts set posts_count = 2 where id = 1'), ['account 1'])
  assert.ok((await write(`update accounts set suspended_at = 5 where id = 2`)).includes('everything 0'))
  assert.ok((await write('update posts set thread_id = 11 where id = 10')).includes('readers 0'))
  const media = `insert into media (id, account_id, post_id, kind, state, created_at) values (20, 1, 10, 'image', 'ready', 1)`
  assert.ok((await write(media)).includes('post 10'))
  assert.ok((await write("update media set description = 'a heron' where id = 20")).includes('post 10'))
  assert.ok((await write('delete from media where id = 20')).includes('post 10'))
})

test('how readers stand to others and to posts', async () => {
  const follow =
    'insert into follows (id, account_id, target_id, accepted, created_at) values (30, 2, 1, 1, 1)'
  assert.deepEqual((await write(follow)).toSorted(), ['reader 1', 'reader 2'])
  assert.deepEqual((await write('delete from follows where id = 30')).toSorted(), ['reader 1', 'reader 2'])
  const block = 'insert into blocks (id, account_id, target_id, created_at) values (31, 1, 2, 1)'
  assert.deepEqual((await write(block)).toSorted(), ['reader 1', 'reader 2'])
  const bookmark = 'insert into bookmarks (id, account_id, post_id) values (32, 2, 10)'
  assert.deepEqual(await write(bookmark), ['reader 2'])
  const mute = 'insert into thread_mutes (account_id, thread_id) values (2, 10)'
  assert.deepEqual(await write(mute), ['reader 2'])
})

test('nothing is told before the commit, and what nobody shows is not told at all', async () => {
  heard = []
  await store.write(async (tx) => {
    await run(tx, 'update posts set likes_count = 3 where id = 10')
    assert.deepEqual(heard, [])
  })
  assert.deepEqual(heard, ['post 10'])
  assert.deepEqual(await write(`insert into settings (key, value) values ('one', '1')`), [])
})

test('what another connection wrote puts everything in doubt, once', async () => {
  changes.look()
  const generation = changes.look()
  heard = []
  const other = await openStore(place.database)
  await other.write(async (tx) => {
    await run(tx, 'update posts set likes_count = 7 where id = 10')
  })
  await other.close()
  assert.ok(changes.look() > generation)
  assert.deepEqual(heard, ['everything 0'])
  changes.look()
  assert.deepEqual(heard, ['everything 0'])
})
