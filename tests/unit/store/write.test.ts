// Writing: all or nothing, one after the other, and nobody waits for ever.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { Refusal } from '../../../src/model/refusal.ts'
import { afterCommit, dialectOf, openStore, prepared } from '../../../src/store/open.ts'
import type { Parameter, Store } from '../../../src/store/open.ts'
import type { Tables } from '../../../src/store/schema.ts'
import { forEachEngine, openTestStore } from '../../database.ts'
import type { TestStore } from '../../database.ts'

const put = (store: Store, key: string, value = 'x') =>
  store.write((tx) => tx.insertInto('settings').values({ key, value }).execute())

const keys = async (store: Store): Promise<string[]> => {
  const rows = await store.read.selectFrom('settings').select('key').orderBy('key').execute()
  return rows.map((row) => row.key)
}

forEachEngine((engine) => {
  const withStore = (task: (opened: TestStore) => Promise<void>) => async () => {
    const opened = await openTestStore(engine)
    try {
      await task(opened)
    } finally {
      await opened.close()
    }
  }

  it(
    'what was written is read at once after the write resolves',
    withStore(async ({ store }) => {
      await put(store, 'a')
      assert.deepEqual(await keys(store), ['a'])
      assert.equal(dialectOf(store.read).name, engine)
    }),
  )

  it(
    'an error inside a transaction undoes it and reaches the caller',
    withStore(async ({ store }) => {
      const failed = store.write(async (tx) => {
        await tx.insertInto('settings').values({ key: 'a', value: 'x' }).execute()
        throw new Error('changed my mind')
      })
      await assert.rejects(failed, /changed my mind/)
      assert.deepEqual(await keys(store), [])
    }),
  )

  it(
    'of many transactions at once, those that fail are undone and all others are kept',
    withStore(async ({ store }) => {
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, (_, n) =>
          store.write(async (tx) => {
            await tx
              .insertInto('settings')
              .values({ key: `k${n}`, value: 'x' })
              .execute()
            if (n % 3 === 0) throw new Error(`no ${n}`)
            // One in three breaks a constraint instead of throwing by itself.
            if (n % 3 === 1)
              await tx
                .insertInto('settings')
                .values({ key: `k${n}`, value: 'y' })
                .execute()
            return n
          }),
        ),
      )
      const kept = results.flatMap((result) => (result.status === 'fulfilled' ? [`k${result.value}`] : []))
      assert.equal(kept.length, 20)
      assert.deepEqual(await keys(store), kept.sort())
    }),
  )

  it(
    'an error that was caught inside leaves no half of a transaction behind',
    withStore(async ({ store }) => {
      await put(store, 'taken')
      const outcome = await store
        .write(async (tx) => {
          await tx.insertInto('settings').values({ key: 'before', value: 'x' }).execute()
          await tx
            .insertInto('settings')
            .values({ key: 'taken', value: 'x' })
            .execute()
            .catch(() => {})
          return 'kept'
        })
        .catch(() => 'undone')
      assert.deepEqual(await keys(store), outcome === 'kept' ? ['before', 'taken'] : ['taken'])
    }),
  )

  it(
    'writing inside a write is an error that says what to do, not a standstill',
    withStore(async ({ store }) => {
      await assert.rejects(
        store.write(async () => put(store, 'inner')),
        /pass its tx on instead/,
      )
      await put(store, 'after')
      assert.deepEqual(await keys(store), ['after'])
    }),
  )

  it(
    'a write begun from an event after the transaction is no nesting',
    withStore(async ({ store }) => {
      const later = Promise.withResolvers<void>()
      await store.write(async (tx) => {
        afterCommit(tx, () => void put(store, 'hook').then(() => later.resolve(), later.reject))
        await tx.insertInto('settings').values({ key: 'first', value: 'x' }).execute()
      })
      await later.promise
      assert.deepEqual(await keys(store), ['first', 'hook'])
    }),
  )

  it(
    'hooks run after the commit in order, see its rows, and are dropped when it is undone',
    withStore(async ({ store }) => {
      const heard: unknown[] = []
      await store.write(async (tx) => {
        afterCommit(tx, () => heard.push(1))
        afterCommit(tx, () => {
          throw new Error('a hook that fails stops nobody')
        })
        afterCommit(tx, () => heard.push(2))
        await tx.insertInto('settings').values({ key: 'a', value: 'x' }).execute()
        assert.deepEqual(heard, [])
      })
      assert.deepEqual(heard, [1, 2])
      await assert.rejects(
        store.write(async (tx) => {
          afterCommit(tx, () => heard.push(3))
          throw new Error('no')
        }),
      )
      assert.deepEqual(heard, [1, 2])
      assert.throws(() => afterCommit(store.read, () => {}), /needs a transaction/)
    }),
  )

  it(
    'a statement that comes after its transaction is refused instead of joining another one',
    withStore(async ({ store }) => {
      const leaked = await store.write(async (tx) => ({ tx }))
      const late = leaked.tx.insertInto('settings').values({ key: 'late', value: 'x' }).execute()
      await assert.rejects(late, /await is missing/)
      assert.deepEqual(await keys(store), [])
    }),
  )

  it(
    'reads go on while a write is open, and see none of it',
    withStore(async ({ store }) => {
      const gate = Promise.withResolvers<void>()
      const writing = store.write(async (tx) => {
        await tx.insertInto('settings').values({ key: 'a', value: 'x' }).execute()
        await gate.promise
      })
      await sleep(5)
      assert.deepEqual(await keys(store), [])
      gate.resolve()
      await writing
      assert.deepEqual(await keys(store), ['a'])
    }),
  )

  it(
    'the reading handle cannot write',
    withStore(async ({ store }) => {
      await assert.rejects(
        store.read.insertInto('settings').values({ key: 'a', value: 'x' }).execute(),
        /read-?\s?only/,
      )
      await assert.rejects(
        store.read.transaction().execute(async () => {}),
        /use store.write/,
      )
    }),
  )

  it(
    'a transaction that hangs is undone after its time and the next ones go on',
    withStore(async ({ store }) => {
      const hanging = store.write(
        async (tx) => {
          await tx.insertInto('settings').values({ key: 'a', value: 'x' }).execute()
          await new Promise(() => {})
        },
        { longestMs: 30 },
      )
      const next = put(store, 'b')
      await assert.rejects(hanging, /took longer/)
      await next
      assert.deepEqual(await keys(store), ['b'])
    }),
  )

  it(
    'two open stores of one database both write without losing anything',
    withStore(async ({ store, database }) => {
      const other = await openStore(database)
      const writes = Array.from({ length: 40 }, (_, n) => put(n % 2 ? store : other, `k${n}`))
      await Promise.all(writes)
      assert.equal((await keys(other)).length, 40)
      await other.close()
    }),
  )

  it(
    'what closes while writes wait finishes them first, and refuses later ones',
    withStore(async ({ store, database }) => {
      const other = await openStore(database)
      const writes = [put(other, 'a'), put(other, 'b')]
      await other.close()
      await Promise.all(writes)
      assert.deepEqual(await keys(store), ['a', 'b'])
      await assert.rejects(put(other, 'c'))
    }),
  )

  it(
    'a duplicate key is told apart from other errors',
    withStore(async ({ store }) => {
      await put(store, 'a')
      const duplicate = await put(store, 'a').catch((error: unknown) => error)
      assert.equal(store.dialect.isUniqueViolation(duplicate), true)
      assert.equal(store.dialect.isBusy(duplicate), false)
      const wrong = await sql`select nothing_like_this`.execute(store.read).catch((error: unknown) => error)
      assert.equal(store.dialect.isUniqueViolation(wrong), false)
    }),
  )

  it(
    'when ten thousand writes wait, the next one hears that the server is busy, and the others are done',
    withStore(async ({ store }) => {
      const gate = Promise.withResolvers<void>()
      const waiting = Array.from({ length: 10_000 }, () => store.write(() => gate.promise))
      await assert.rejects(put(store, 'late'), Refusal)
      gate.resolve()
      await Promise.all(waiting)
      await put(store, 'after')
      assert.deepEqual(await keys(store), ['after'])
    }),
  )

  const byKey = prepared('setting by key', (db, parameter: Parameter<{ key: string }>) =>
    db.selectFrom('settings').select(['key', 'value']).where('key', '=', parameter('key')),
  )
  const setValue = prepared('set a setting', (db, parameter: Parameter<{ key: string; value: string }>) =>
    db
      .updateTable('settings')
      .set({ value: parameter('value') })
      .where('key', '=', parameter('key')),
  )

  it(
    'a prepared query gives the same rows again and again, inside a transaction and outside',
    withStore(async ({ store }) => {
      await put(store, 'a', '1')
      assert.deepEqual(await byKey.all(store.read, { key: 'a' }), [{ key: 'a', value: '1' }])
      assert.equal(await byKey.first(store.read, { key: 'b' }), undefined)
      await store.write(async (tx) => {
        assert.equal(await setValue.run(tx, { key: 'a', value: '2' }), 1)
        assert.equal(await setValue.run(tx, { key: 'b', value: '2' }), 0)
        assert.deepEqual(await byKey.first(tx, { key: 'a' }), { key: 'a', value: '2' })
        assert.deepEqual(await byKey.first(store.read, { key: 'a' }), { key: 'a', value: '1' })
      })
      assert.deepEqual(await byKey.first(store.read, { key: 'a' }), { key: 'a', value: '2' })
      await assert.rejects(byKey.all(store.read, {} as { key: string }), /misses its parameter "key"/)
    }),
  )

  it(
    'statements sent together inside one transaction all arrive',
    withStore(async ({ store }) => {
      await store.write(async (tx) => {
        await Promise.all(
          ['a', 'b', 'c'].map((key) => tx.insertInto('settings').values({ key, value: 'x' }).execute()),
        )
      })
      assert.deepEqual(await keys(store), ['a', 'b', 'c'])
    }),
  )

  it(
    'a signal reaches every listener until it stops listening',
    withStore(async ({ store }) => {
      const heard: string[] = []
      const first = Promise.withResolvers<void>()
      const stop = store.signals.listen('news', (text) => {
        heard.push(text)
        first.resolve()
      })
      store.signals.listen('news', () => {
        throw new Error('a listener that fails stops nobody')
      })
      const repeat = setInterval(() => store.signals.send('news', 'hello ü'), 20)
      await first.promise
      clearInterval(repeat)
      stop()
      assert.equal(heard[0], 'hello ü')
      const count = heard.length
      const other = Promise.withResolvers<void>()
      store.signals.listen('news', () => other.resolve())
      store.signals.send('news', 'again')
      await other.promise
      assert.equal(heard.length, count)
    }),
  )
})

it('on postgres, a lost connection fails only what ran on it; the next reads and writes succeed', async () => {
  const { store, close } = await openTestStore('postgres')
  try {
    const lost = store.write(async (tx) => {
      await tx.insertInto('settings').values({ key: 'lost', value: 'x' }).execute()
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await assert.rejects(lost)
    await put(store, 'after')
    assert.deepEqual(await keys(store), ['after'])
  } finally {
    await close()
  }
})

it('on postgres, transactions that lock each other out are tried again until both are done', async () => {
  const { store, close } = await openTestStore('postgres')
  try {
    await put(store, 'a', '0')
    await put(store, 'b', '0')
    const both = new Set<string>()
    const gate = Promise.withResolvers<void>()
    const touch = (first: string, second: string) =>
      store.write(async (tx) => {
        await raise(tx, first)
        both.add(first)
        if (both.size === 2) gate.resolve()
        await gate.promise
        await raise(tx, second)
      })
    await Promise.all([touch('a', 'b'), touch('b', 'a')])
    const rows = await store.read.selectFrom('settings').select('value').execute()
    assert.deepEqual(rows, [{ value: '2' }, { value: '2' }])
  } finally {
    await close()
  }
})

const raise = (tx: Transaction<Tables>, key: string) =>
  sql`update settings set value = (value::int + 1)::text where key = ${key}`.execute(tx)
