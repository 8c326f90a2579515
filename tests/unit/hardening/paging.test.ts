// The promise that a reader who pages through a timeline, in any steps, sees each post once and in order.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import type { IdWindow } from '../../../src/model/page.ts'
import { pageAccountPosts, pageFeed, pagePublic } from '../../../src/store/timelines.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { draft, openCast } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

const COUNT = 60

forEachEngine((engine) => {
  let cast: Cast
  /** Newest first. */
  let all: number[]
  before(async () => {
    cast = await openCast(engine)
    for (let index = 0; index < COUNT; index += 1) {
      await publishPost(cast.ctx, cast.alice, draft(`Post ${index}`))
      cast.pass(index % 3 === 0 ? 1000 : 1)
    }
    await cast.settle()
    const rows = await cast.ctx.store.read.selectFrom('posts').select('id').orderBy('id', 'desc').execute()
    all = rows.map((row) => row.id)
    assert.equal(all.length, COUNT)
  })
  after(() => cast.close())

  const feeds: [string, (window: IdWindow) => Promise<number[]>][] = [
    ['home', (window) => pageFeed(cast.ctx.store.read, cast.alice, window)],
    ['public', (window) => pagePublic(cast.ctx.store.read, { reach: 'all', onlyMedia: false }, window)],
    [
      'profile',
      (window) =>
        pageAccountPosts(
          cast.ctx.store.read,
          { accountId: cast.alice, onlyMedia: false, withoutReplies: false, withoutBoosts: false },
          window,
        ),
    ],
  ]

  /** What the window should hold: all ids walked through, one by one. */
  function oracle({ limit, maxId, sinceId, minId }: IdWindow): number[] {
    const above = minId ?? sinceId
    const within = all.filter(
      (id) => (maxId === undefined || id < maxId) && (above === undefined || id > above),
    )
    return minId === undefined ? within.slice(0, limit) : within.slice(-limit)
  }

  /** An id that exists, one next to it, or one far off. */
  const cursors = fc.option(
    fc.oneof(
      fc.tuple(fc.nat(COUNT - 1), fc.integer({ min: -1, max: 1 })).map(([at, off]) => ({ at, off })),
      fc.constantFrom({ at: 0, off: 1e12 }, { at: COUNT - 1, off: -1e12 }),
    ),
    { nil: undefined },
  )
  const resolve = (cursor: { at: number; off: number } | undefined): number | undefined =>
    cursor && (all[cursor.at] ?? 0) + cursor.off

  for (const [name, page] of feeds) {
    test(`any cursors cut the right page out of ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          cursors,
          cursors,
          cursors,
          fc.integer({ min: 1, max: 25 }),
          async (max, since, min, limit) => {
            const window: IdWindow = { limit }
            const [maxId, sinceId, minId] = [resolve(max), resolve(since), resolve(min)]
            if (maxId !== undefined) window.maxId = maxId
            if (sinceId !== undefined) window.sinceId = sinceId
            if (minId !== undefined) window.minId = minId
            assert.deepEqual(await page(window), oracle(window), JSON.stringify(window))
          },
        ),
        { numRuns: 60 },
      )
    })

    test(`steps of any size lead down and up through all of ${name}, each post once`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 }),
          async (sizes) => {
            const size = (step: number): number => sizes[step % sizes.length] ?? 1
            const down: number[] = []
            for (let step = 0; step <= COUNT; step += 1) {
              const last = down.at(-1)
              const found = await page({ limit: size(step), ...(last === undefined ? {} : { maxId: last }) })
              if (found.length === 0) break
              down.push(...found)
            }
            assert.deepEqual(down, all)
            let up: number[] = []
            for (let step = 0; step <= COUNT; step += 1) {
              const found = await page({ limit: size(step), minId: up[0] ?? 0 })
              if (found.length === 0) break
              up = [...found, ...up]
            }
            assert.deepEqual(up, all)
          },
        ),
        { numRuns: 8 },
      )
    })
  }
})
