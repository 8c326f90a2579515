// Operators are promised that old posts of other servers go, and people that nothing they touched goes with them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { boostPost, receiveBoost } from '../../../src/domain/posts/boost-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { addReaction } from '../../../src/domain/reactions/add-reaction.ts'
import { oldPosts } from '../../../src/domain/janitor/post-task.ts'
import { insertBookmark } from '../../../src/store/bookmarks.ts'
import { castTest, draft, incoming, openCast } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import { DAY, filesOf, keepHouse, RETENTION } from './house.ts'

async function receive(cast: Cast, text: string, change = {}): Promise<number> {
  return (await receivePost(cast.ctx, incoming(text, change))).postId
}

async function idsOf(cast: Cast): Promise<number[]> {
  const rows = await cast.ctx.store.read.selectFrom('posts').select('id').orderBy('id').execute()
  return rows.map((row) => row.id)
}

const uriOf = async (cast: Cast, id: number): Promise<string> =>
  (await cast.ctx.store.read.selectFrom('posts').select('uri').where('id', '=', id).executeTakeFirstOrThrow())
    .uri

const like = (cast: Cast, accountId: number, postId: number) =>
  addReaction(cast.ctx, { accountId, postId, kind: 'like' })

/** Ways in which people of this server touch a post of another one; each must keep it. */
const TOUCHES: Record<string, (cast: Cast, postId: number) => Promise<unknown>> = {
  like: (cast, postId) => like(cast, cast.alice, postId),
  bookmark: (cast, postId) =>
    cast.ctx.store.write((tx) =>
      insertBookmark(tx, { id: cast.ctx.ids.next(), accountId: cast.bob, postId }),
    ),
  reply: (cast, postId) => publishPost(cast.ctx, cast.alice, draft('Well said', { inReplyToId: postId })),
  quote: (cast, postId) => publishPost(cast.ctx, cast.alice, draft('Look', { quoteOfId: postId })),
  'being named': (cast, postId) =>
    cast.ctx.store.write((tx) =>
      tx
        .insertInto('post_recipients')
        .values({ post_id: postId, account_id: cast.bob, kind: 'mention' })
        .execute(),
    ),
  report: (cast, postId) =>
    cast.ctx.store.write((tx) =>
      tx
        .insertInto('reports')
        .values({
          id: cast.ctx.ids.next(),
          account_id: cast.alice,
          target_id: cast.dave,
          post_ids: JSON.stringify([postId]),
          created_at: 1,
          updated_at: 1,
        })
        .execute(),
    ),
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('old posts that nobody here touched go without a trace, and can come again', async (cast) => {
    const files = filesOf(cast)
    await cast.follow(cast.alice, cast.dave)
    const old = await receive(cast, 'Old words #tag', {
      tags: [{ name: 'tag', displayName: 'tag' }],
      attachments: [{ kind: 'image', url: 'https://far.test/a.png', contentType: 'image/png' }],
    })
    const uri = await uriOf(cast, old)
    await like(cast, cast.erin, old)
    await cast.settle()
    const key = 'cache/media/1-abc.webp'
    files.put(key)
    await cast.ctx.store.write((tx) => tx.updateTable('media').set({ file_key: key }).execute())
    cast.pass(91 * DAY)
    const fresh = await receive(cast, 'Fresh words')
    await cast.settle()
    const counts = await keepHouse(cast, files, RETENTION, [oldPosts])
    assert.deepEqual(counts, { 'old posts of other servers': 1 })
    assert.deepEqual(await idsOf(cast), [fresh])
    for (const table of ['post_raw', 'post_tags', 'reactions', 'media'] as const) {
      const rows = await cast.ctx.store.read.selectFrom(table).selectAll().execute()
      const left = rows.filter((row) => 'post_id' in row && row.post_id === old)
      assert.deepEqual(left, [], `${table} still speaks of it`)
    }
    assert.equal(files.kept.has(key), false)
    const again = await receivePost(cast.ctx, incoming('Old words', { uri }))
    assert.equal(again.isNew, true)
  })

  for (const [touch, apply] of Object.entries(TOUCHES))
    promise(`a ${touch} keeps an old post of another server, and what it answers`, async (cast) => {
      const root = await receive(cast, 'Root')
      const answer = await receive(cast, 'Answer', { inReplyToUri: await uriOf(cast, root) })
      const other = await receive(cast, 'Other')
      await apply(cast, answer)
      await cast.settle()
      cast.pass(400 * DAY)
      await keepHouse(cast, filesOf(cast), RETENTION, [oldPosts])
      const left = await idsOf(cast)
      assert.ok(left.includes(answer) && left.includes(root), 'the touched post went')
      assert.equal(left.includes(other), false, 'the untouched post stayed')
    })

  promise('a local boost keeps an old post; a boost by another server does not', async (cast) => {
    const kept = await receive(cast, 'Boosted here')
    const gone = await receive(cast, 'Boosted elsewhere')
    await boostPost(cast.ctx, cast.alice, kept)
    await receiveBoost(cast.ctx, {
      uri: 'https://other.test/boosts/1',
      accountId: cast.erin,
      postId: gone,
      audience: 'public',
      publishedAt: cast.ctx.clock.now(),
    })
    await cast.settle()
    cast.pass(91 * DAY)
    await keepHouse(cast, filesOf(cast), RETENTION, [oldPosts])
    const left = await idsOf(cast)
    assert.ok(left.includes(kept))
    assert.equal(left.includes(gone), false)
  })

  promise('with 0 days, posts of other servers stay for ever', async (cast) => {
    const old = await receive(cast, 'Old')
    cast.pass(4000 * DAY)
    assert.deepEqual(
      await keepHouse(cast, filesOf(cast), { ...RETENTION, remotePostDays: 0 }, [oldPosts]),
      {},
    )
    assert.deepEqual(await idsOf(cast), [old])
  })

  test('whatever the threads and touches are, exactly the old posts that nothing kept leads to go', async () => {
    const post = fc.record({
      answers: fc.option(fc.nat(5), { nil: undefined }),
      isOld: fc.boolean(),
      liked: fc.oneof(
        { weight: 4, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(post, { minLength: 1, maxLength: 12 }), async (posts) => {
        const cast = await openCast(engine)
        try {
          const made: { id: number; parent: number | undefined; kept: boolean }[] = []
          const ordered = [...posts.filter((one) => one.isOld), ...posts.filter((one) => !one.isOld)]
          let isYoung = false
          for (const [index, one] of ordered.entries()) {
            if (!one.isOld && !isYoung) {
              cast.pass(100 * DAY)
              isYoung = true
            }
            const parent = one.answers === undefined || index === 0 ? undefined : one.answers % index
            const inReplyToUri = parent === undefined ? undefined : await uriOf(cast, made[parent]?.id ?? 0)
            const id = await receive(cast, 'Words', inReplyToUri === undefined ? {} : { inReplyToUri })
            if (one.liked) await like(cast, cast.alice, id)
            made.push({ id, parent, kept: one.liked || !one.isOld })
            cast.pass(1)
          }
          if (!isYoung) cast.pass(100 * DAY)
          for (const one of made.toReversed())
            if (one.kept && one.parent !== undefined) (made[one.parent] ?? one).kept = true
          await cast.settle()
          const notified = new Set(
            (await cast.ctx.store.read.selectFrom('notifications').select('post_id').execute()).map(
              (row) => row.post_id,
            ),
          )
          assert.equal(notified.size, 0)
          await keepHouse(cast, filesOf(cast), RETENTION, [oldPosts])
          const expected = made.filter((one) => one.kept).map((one) => one.id)
          assert.deepEqual(
            await idsOf(cast),
            expected.sort((a, b) => a - b),
          )
          assert.deepEqual(await keepHouse(cast, filesOf(cast), RETENTION, [oldPosts]), {})
        } finally {
          await cast.close()
        }
      }),
      { numRuns: 12 },
    )
  })
})
