// Migrations: forward, one at a time, all or nothing, and never on a database newer than the code.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sql } from 'kysely'
import { migrate, pendingMigrations } from '../../../src/store/migrate.ts'
import type { Migration } from '../../../src/store/migrate.ts'
import { migrations } from '../../../src/store/migrations/index.ts'
import { openStore } from '../../../src/store/open.ts'
import { createTestDatabase, forEachEngine } from '../../database.ts'

const creating = (name: string, table: string): Migration => ({
  name,
  async up(db) {
    await db.schema.createTable(table).addColumn('id', 'bigint').execute()
  },
})

const first = creating('0001-first', 'one')
const second = creating('0002-second', 'two')
const broken: Migration = {
  name: '0003-broken',
  async up(db) {
    await db.schema.createTable('three').addColumn('id', 'bigint').execute()
    throw new Error('the disk is full of doubts')
  },
}

forEachEngine((engine) => {
  const withEmpty = (task: (open: () => ReturnType<typeof openStore>) => Promise<void>) => async () => {
    const { database, drop } = await createTestDatabase(engine, { empty: true })
    const opened: Awaited<ReturnType<typeof openStore>>[] = []
    try {
      await task(async () => {
        const store = await openStore(database)
        opened.push(store)
        return store
      })
    } finally {
      for (const store of opened) await store.close()
      await drop()
    }
  }

  it(
    'a new database gets every table, and a second start changes nothing',
    withEmpty(async (open) => {
      const store = await open()
      const names = migrations.map((migration) => migration.name)
      assert.deepEqual(await pendingMigrations(store, migrations), names)
      assert.deepEqual(await migrate(store, migrations), names)
      assert.deepEqual(await migrate(store, migrations), [])
      assert.deepEqual(await pendingMigrations(store, migrations), [])
    }),
  )

  it(
    'an update applies only what is new',
    withEmpty(async (open) => {
      const store = await open()
      assert.deepEqual(await migrate(store, [first]), ['0001-first'])
      assert.deepEqual(await migrate(store, [first, second]), ['0002-second'])
    }),
  )

  it(
    'a step that fails leaves nothing of itself, keeps those before it, and can be repeated',
    withEmpty(async (open) => {
      const store = await open()
      await assert.rejects(migrate(store, [first, second, broken]), /doubts/)
      assert.deepEqual(await pendingMigrations(store, [first, second, broken]), ['0003-broken'])
      const repaired = creating('0003-broken', 'three')
      assert.deepEqual(await migrate(store, [first, second, repaired]), ['0003-broken'])
    }),
  )

  it(
    'an older version refuses a database that a newer one has changed, and leaves it alone',
    withEmpty(async (open) => {
      const store = await open()
      await migrate(store, [first, second])
      await assert.rejects(migrate(store, [first, broken]), /newer version of Folkmoot.*0002-second/)
      await assert.rejects(sql`select * from three`.execute(store.read))
    }),
  )

  it(
    'processes that start together each find the tables made, once',
    withEmpty(async (open) => {
      const stores = await Promise.all([open(), open(), open()])
      const applied = await Promise.all(stores.map((store) => migrate(store, [first, second])))
      assert.deepEqual(applied.flat().sort(), ['0001-first', '0002-second'])
    }),
  )
})
