// Both engines remember, order, find and refuse the same things.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { afterPrefix } from '../../../src/store/dialects/prefix-range.ts'
import { searchParts, searchWords } from '../../../src/store/dialects/search-words.ts'
import { prepared } from '../../../src/store/open.ts'
import type { Parameter, Store } from '../../../src/store/open.ts'
import { forEachEngine, openTestStore } from '../../database.ts'

/** A table of its own, since these tests are not about posts. */
interface Scratch {
  things: { id: number; name: string; count: number | null }
}

const scratch = (db: object): Kysely<Scratch> => db as Kysely<Scratch>

async function createThings(store: Store): Promise<void> {
  await store.write(async (tx) => {
    const table = scratch(tx)
      .schema.createTable('things')
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('name', store.dialect.exactText as 'text', (column) => column.notNull())
      .addColumn('count', 'bigint')
      .addPrimaryKeyConstraint('things_key', ['id', 'name'])
    await store.dialect.clusteredTable(table).execute()
  })
}

forEachEngine((engine) => {
  const withThings = (task: (store: Store) => Promise<void>) => async () => {
    const { store, close } = await openTestStore(engine)
    try {
      await createThings(store)
      await task(store)
    } finally {
      await close()
    }
  }
  const put = (store: Store, rows: Scratch['things'][]) =>
    store.write((tx) => scratch(tx).insertInto('things').values(rows).execute())

  it(
    'any text and any whole number below 2^53 reads back as it was written',
    withThings(async (store) => {
      const number = fc.oneof(fc.maxSafeInteger(), fc.constant(null))
      // NUL cannot be kept by PostgreSQL: it becomes U+FFFD on both.
      const row = fc.record({ id: fc.maxSafeInteger(), name: fc.string({ unit: 'binary' }), count: number })
      await fc.assert(
        fc.asyncProperty(row, async (thing) => {
          await store.write(async (tx) => {
            await scratch(tx).deleteFrom('things').execute()
            await scratch(tx).insertInto('things').values(thing).execute()
          })
          const [read] = await scratch(store.read).selectFrom('things').selectAll().execute()
          assert.deepEqual(read, { ...thing, name: thing.name.replaceAll('\0', '\uFFFD') })
        }),
        { numRuns: 60 },
      )
    }),
  )

  it(
    'true and false are 1 and 0, counts and sums are numbers, rows are plain objects',
    withThings(async (store) => {
      await put(store, [{ id: 1, name: 'a', count: true as unknown as number }])
      await put(store, [{ id: 2, name: 'a', count: 41 }])
      const row = await scratch(store.read)
        .selectFrom('things')
        .select((eb) => [
          eb.fn.countAll<number>().as('n'),
          eb.fn.sum<number>('count').as('sum'),
          eb.exists(eb.selectFrom('things as other').select('other.id')).as('any'),
          sql<string>`cast(${7} as text)`.as('seven'),
        ])
        .executeTakeFirst()
      assert.deepEqual(row, { n: 2, sum: 42, any: 1, seven: '7' })
    }),
  )

  it(
    'what cannot be read back as written is refused before it reaches the database',
    withThings(async (store) => {
      for (const wrong of [new Date(), { a: 1 }, Number.NaN, 2 ** 53, Symbol('x')]) {
        await assert.rejects(put(store, [{ id: 1, name: 'a', count: wrong as number }]), TypeError)
      }
    }),
  )

  it(
    'keys are ordered by code point, and found by their beginning',
    withThings(async (store) => {
      const names = ['Ärger', 'B', 'a', 'a!', 'aa', 'ab%', 'ab_', 'abc', 'b', 'ä', '\u{1F600}', '\uFFFD']
      await put(
        store,
        names.map((name, index) => ({ id: index, name, count: null })),
      )
      const all = await scratch(store.read).selectFrom('things').select('name').orderBy('name').execute()
      const byCodePoint = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      assert.deepEqual(
        all.map((row) => row.name),
        byCodePoint,
      )
      for (const prefix of ['a', 'ab', 'ab%', 'ab_', 'B', 'ä', '\uFFFD', '\u{1F600}', 'zz', '']) {
        const found = await scratch(store.read)
          .selectFrom('things')
          .select('name')
          .where(store.dialect.startsWith('name', prefix))
          .execute()
        assert.deepEqual(
          found.map((row) => row.name).sort(),
          names.filter((name) => name.startsWith(prefix)).sort(),
          prefix,
        )
      }
    }),
  )

  const byIds = prepared('things by ids', (db, parameter: Parameter<{ ids: string }>, dialect) =>
    scratch(db)
      .selectFrom('things')
      .select('id')
      .where(dialect.idIn('things.id', parameter('ids')))
      .orderBy('id'),
  )

  it(
    'a list of ids of any length is one parameter',
    withThings(async (store) => {
      await put(
        store,
        Array.from({ length: 50 }, (_, id) => ({ id, name: 'x', count: null })),
      )
      const ids = async (list: number[]) => {
        const rows = await byIds.all(store.read, { ids: store.dialect.idList(list) })
        return rows.map((row) => row.id)
      }
      assert.deepEqual(await ids([]), [])
      assert.deepEqual(await ids([7, 3, 7, 999]), [3, 7])
      assert.equal((await ids(Array.from({ length: 40_000 }, (_, id) => id))).length, 50)
    }),
  )

  it(
    'a row locked by one worker is passed over by the next, or waits for its turn',
    withThings(async (store) => {
      await put(store, [
        { id: 1, name: 'a', count: 0 },
        { id: 2, name: 'b', count: 0 },
      ])
      const take = () =>
        store.write(async (tx) => {
          const free = scratch(tx)
            .selectFrom('things')
            .selectAll()
            .where('count', '=', 0)
            .orderBy('id')
            .limit(1)
          const row = await store.dialect.forUpdateSkipLocked(free).executeTakeFirst()
          if (row)
            await scratch(tx).updateTable('things').set({ count: 1 }).where('id', '=', row.id).execute()
          return row?.id
        })
      assert.deepEqual(new Set(await Promise.all([take(), take()])), new Set([1, 2]))
    }),
  )

  it(
    'search finds words whatever their case and accents, phrases, beginnings and exclusions, newest first',
    withThings(async (store) => {
      const { dialect, read } = store
      const texts: Record<number, string> = {
        1: 'The quick brown fox',
        2: 'A brown, quick FOX! Crème brûlée, foo_bar and example.com/path',
        3: 'Quicksand is brown',
        4: '東京都で会いましょう',
        5: '京都 is not 東京',
        6: "it's 12e5 'quoted' \\ & | ! <-> :* \" text",
      }
      await store.write(async (tx) => {
        for (const [id, text] of Object.entries(texts))
          await dialect.indexText(tx, 'post_search', Number(id), text)
      })
      const find = (query: string, before?: number) =>
        dialect.searchIds(read, 'post_search', { query, before, limit: 10 })
      assert.deepEqual(await find('brown'), [3, 2, 1])
      assert.deepEqual(await find('brown', 3), [2, 1])
      assert.deepEqual(await find('QUICK brown'), [2, 1])
      assert.deepEqual(await find('"quick brown"'), [1])
      assert.deepEqual(await find('quick*'), [3, 2, 1])
      assert.deepEqual(await find('brown -fox'), [3])
      assert.deepEqual(await find('-fox'), [])
      assert.deepEqual(await find('creme BRULEE'), [2])
      assert.deepEqual(await find('bar'), [2])
      assert.deepEqual(await find('example.com'), [2])
      assert.deepEqual(await find('東京'), [5, 4])
      assert.deepEqual(await find('東京都'), [4])
      assert.deepEqual(await find('12e5 quoted'), [6])
      assert.deepEqual(await find('nothing'), [])
      const matching = await read
        .selectFrom('jobs')
        .select('id')
        .where(dialect.matchText('post_search', 'jobs.id', 'brown -"quick brown"'))
        .execute()
      assert.deepEqual(matching, [])
      await store.write(async (tx) => {
        await dialect.indexText(tx, 'post_search', 1, 'something else')
        await dialect.removeText(tx, 'post_search', 2)
        await dialect.removeText(tx, 'post_search', 999)
      })
      assert.deepEqual(await find('brown'), [3])
      assert.deepEqual(await find('else'), [1])
    }),
  )

  it(
    'nothing that a person can type is an error, and every text is found by each of its own words',
    withThings(async (store) => {
      const { dialect } = store
      const nasty = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.string({
          unit: fc.constantFrom('"', "'", '*', '-', ':', '(', ')', ' ', 'a', '&', '|', '!', '\\', 'NOT', '^'),
        }),
      )
      await fc.assert(
        fc.asyncProperty(nasty, nasty, async (text, query) => {
          await store.write((tx) => dialect.indexText(tx, 'post_search', 1, text))
          await dialect.searchIds(store.read, 'post_search', { query, limit: 5 })
          const [word] = searchWords(text)
          if (word === undefined) return
          assert.deepEqual(await dialect.searchIds(store.read, 'post_search', { query: word, limit: 5 }), [1])
        }),
        { numRuns: 80 },
      )
    }),
  )
})

it('a prefix and its end enclose exactly the texts that begin with it', () => {
  const bytes = (text: string) => Buffer.from(text)
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', '\uD7FF', '\uE000', '\u{10FFFF}', '\u{1F600}'),
    maxLength: 4,
  })
  fc.assert(
    fc.property(text, text, (prefix, candidate) => {
      const end = afterPrefix(prefix)
      const inside =
        Buffer.compare(bytes(candidate), bytes(prefix)) >= 0 &&
        (end === undefined || Buffer.compare(bytes(candidate), bytes(end)) < 0)
      assert.equal(inside, candidate.startsWith(prefix))
    }),
    { numRuns: 2000 },
  )
})

it('words are folded, cut and bounded', () => {
  assert.deepEqual(searchWords("Don't STOP, Þór's naïve ﬁancée"), [
    'don',
    't',
    'stop',
    'þor',
    's',
    'naive',
    'fiancee',
  ])
  assert.deepEqual(searchWords('x'.repeat(100)), ['x'.repeat(64)])
  assert.equal(searchWords('a '.repeat(100_000)).length, 15_000)
  assert.equal(searchParts('a '.repeat(1000)).length, 16)
  assert.deepEqual(searchParts('-"a b" c* "d'), [
    { words: ['a', 'b'], prefix: false, without: true },
    { words: ['c'], prefix: true, without: false },
    { words: ['d'], prefix: false, without: false },
  ])
})
