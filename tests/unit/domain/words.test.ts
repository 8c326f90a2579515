// What is found by its words and hashtags, who is found by a handle, and what is left of a post once it is gone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { editPost } from '../../../src/domain/posts/edit-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { recordFact } from '../../../src/domain/record-fact.ts'
import { findPost } from '../../../src/store/posts.ts'
import { castTest, draft, incoming, openCast, START } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

async function search(cast: Cast, query: string, table = 'post_search'): Promise<number[]> {
  const { store } = cast.ctx
  return store.dialect.searchIds(store.read, table, { query, limit: 10 })
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('posts written here are found by all their words, until they change or go', async (cast) => {
    const at = cast.ctx.clock.now()
    const media = cast.ctx.ids.next()
    const row = { id: media, account_id: cast.alice, kind: 'image', created_at: at, description: 'A zebra' }
    await cast.ctx.store.write((tx) => tx.insertInto('media').values(row).execute())
    const { postId } = await publishPost(
      cast.ctx,
      cast.alice,
      draft('Walking in the forest', { spoilerText: 'nature', mediaIds: [media], audience: 'followers' }),
    )
    await cast.settle()
    for (const word of ['forest', 'nature', 'zebra'])
      assert.deepEqual(await search(cast, word), [postId], word)
    await editPost(cast.ctx, cast.alice, postId, {
      text: 'Swimming',
      sourceType: 'text/plain',
      language: 'en',
    })
    await cast.settle()
    assert.deepEqual(await search(cast, 'forest'), [])
    assert.deepEqual(await search(cast, 'swimming'), [postId])
    await deletePost(cast.ctx, cast.alice, postId)
    await cast.settle()
    assert.deepEqual(await search(cast, 'swimming'), [])
  })

  promise('open posts from elsewhere are found where their author agreed, also old ones', async (cast) => {
    await cast.addRemote('open', 'far.test', { indexable: 1 })
    const authorUri = 'https://far.test/users/open'
    const old = await receivePost(cast.ctx, incoming('lighthouse', { authorUri, publishedAt: START - 9e9 }), {
      fetched: true,
    })
    await receivePost(cast.ctx, incoming('lighthouse', { authorUri, audience: 'followers' }))
    await receivePost(cast.ctx, incoming('lighthouse'))
    await cast.settle()
    assert.deepEqual(await search(cast, 'lighthouse'), [old.postId])
  })

  promise('accounts are found by name', async (cast) => {
    await cast.ctx.store.write((tx) =>
      recordFact(cast.ctx, tx, { type: 'account-created', accountId: cast.carol }),
    )
    await cast.settle()
    assert.deepEqual(await search(cast, 'carol', 'account_search'), [cast.carol])
  })

  promise('a hashtag counts each public use and each author once a day', async (cast) => {
    for (const author of [cast.alice, cast.alice, cast.bob]) {
      await publishPost(cast.ctx, author, draft('#Cats #cats'))
      await cast.settle()
    }
    await publishPost(cast.ctx, cast.carol, draft('#cats', { audience: 'unlisted' }))
    await cast.settle()
    const days = await cast.ctx.store.read
      .selectFrom('tag_days')
      .select(['day', 'uses', 'accounts'])
      .execute()
    assert.deepEqual(days, [{ day: Math.floor(START / 86_400_000), uses: 3, accounts: 2 }])
    const [tag] = await cast.ctx.store.read.selectFrom('tags').selectAll().execute()
    assert.deepEqual([tag?.name, tag?.display_name, tag?.last_used_at], ['cats', 'Cats', START])
  })

  test('people nobody here knew are found while posting; who cannot be found stays text', async () => {
    const asked: string[] = []
    const cast: Cast = await openCast(engine, {
      async accountByHandle(handle) {
        asked.push(handle)
        if (handle !== 'zoe@new.test') throw new Error('unreachable')
        return cast.addRemote('zoe', 'new.test')
      },
    })
    try {
      const { postId } = await publishPost(
        cast.ctx,
        cast.alice,
        draft('@zoe@new.test @gone@dead.test @nobody @dave@far.test'),
      )
      const content = (await findPost(cast.ctx.store.read, postId))?.content ?? ''
      assert.match(content, /href="https:\/\/new.test\/users\/zoe"/)
      assert.match(content, / @gone@dead\.test @nobody /)
      assert.deepEqual(asked, ['zoe@new.test', 'gone@dead.test'])
    } finally {
      await cast.close()
    }
  })

  promise('of a famous post nothing stays either', async (cast) => {
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('famous'))
    await cast.settle()
    const count = 1300
    const numbers = Array.from({ length: count }, (_, index) => index + 1)
    await cast.ctx.store.write(async (tx) => {
      for (let start = 0; start < count; start += 100) {
        const some = numbers.slice(start, start + 100)
        await tx
          .insertInto('feed_entries')
          .values(some.map((feed_id) => ({ feed_id, post_id: postId, author_id: 1 })))
          .execute()
        await tx
          .insertInto('bookmarks')
          .values(some.map((account_id) => ({ account_id, post_id: postId, id: account_id })))
          .execute()
        await tx
          .insertInto('posts')
          .values(
            some.map((id) => ({
              id,
              uri: `b${id}`,
              account_id: id,
              local: 0,
              audience: 'public',
              thread_id: id,
              boost_of_id: postId,
              published_at: 0,
              created_at: 0,
            })),
          )
          .execute()
      }
    })
    await deletePost(cast.ctx, cast.alice, postId)
    await cast.settle()
    const db = cast.ctx.store.read
    for (const table of ['feed_entries', 'bookmarks', 'posts'] as const) {
      assert.deepEqual(await db.selectFrom(table).selectAll().execute(), [], table)
    }
  })
})
