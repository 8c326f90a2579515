// What authors of this server are promised when they post.
import assert from 'node:assert/strict'
import { IDEMPOTENCY_MS } from '../../../src/domain/posts/limits.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { findPost } from '../../../src/store/posts.ts'
import type { Post } from '../../../src/model/post.ts'
import { castTest, draft, homeOf, noticesOf, refusal } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

async function found(cast: Cast, id: number): Promise<Post> {
  const post = await findPost(cast.ctx.store.read, id)
  assert.ok(post)
  return post
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('a post reaches the author and the followers, and nobody else', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    const { postId, isNew } = await publishPost(cast.ctx, cast.alice, draft('Hello #World'))
    await cast.settle()
    assert.equal(isNew, true)
    assert.deepEqual(await homeOf(cast, cast.bob), [postId])
    assert.deepEqual(await homeOf(cast, cast.alice), [postId])
    assert.deepEqual(await homeOf(cast, cast.carol), [])
    const post = await found(cast, postId)
    assert.equal(post.uri, `https://here.test/users/alice/posts/${postId}`)
    assert.equal(post.in_public, 1)
    assert.equal(post.thread_id, postId)
    assert.match(post.content, /<p>Hello <a href="https:\/\/here.test\/tags\/world"/)
  })

  promise('someone mentioned is told, and found by handle in any case', async (cast) => {
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('Hi @BOB and @dave@FAR.test'))
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.bob), ['mention alice'])
    const rows = await cast.ctx.store.read
      .selectFrom('post_recipients')
      .selectAll()
      .where('post_id', '=', postId)
      .orderBy('account_id')
      .execute()
    assert.deepEqual(
      rows.map((row) => [row.account_id, row.kind]),
      [
        [cast.bob, 'mention'],
        [cast.dave, 'mention'],
      ],
    )
  })

  promise('the same idempotency key makes one post, even at the same moment', async (cast) => {
    const both = await Promise.all([
      publishPost(cast.ctx, cast.alice, draft('Once', { idempotencyKey: 'k' })),
      publishPost(cast.ctx, cast.alice, draft('Once', { idempotencyKey: 'k' })),
    ])
    assert.equal(both[0].postId, both[1].postId)
    assert.equal(both.filter((one) => one.isNew).length, 1)
    const other = await publishPost(cast.ctx, cast.bob, draft('Mine', { idempotencyKey: 'k' }))
    assert.notEqual(other.postId, both[0].postId)
    cast.pass(IDEMPOTENCY_MS + 1)
    const later = await publishPost(cast.ctx, cast.alice, draft('Again', { idempotencyKey: 'k' }))
    assert.equal(later.isNew, true)
  })

  promise('a reply joins the thread and is counted; only an open one in public timelines', async (cast) => {
    const root = await publishPost(cast.ctx, cast.alice, draft('Root'))
    const reply = await publishPost(cast.ctx, cast.bob, draft('Reply', { inReplyToId: root.postId }))
    await publishPost(cast.ctx, cast.bob, draft('Psst', { inReplyToId: root.postId, audience: 'direct' }))
    const own = await publishPost(cast.ctx, cast.alice, draft('More', { inReplyToId: root.postId }))
    const post = await found(cast, reply.postId)
    assert.equal(post.thread_id, root.postId)
    assert.equal(post.in_reply_to_account_id, cast.alice)
    assert.equal(post.in_public, 0)
    assert.equal((await found(cast, own.postId)).in_public, 1)
    assert.equal((await found(cast, root.postId)).replies_count, 2)
  })

  promise('what one may not see can neither be answered nor quoted, as if it did not exist', async (cast) => {
    const secret = await publishPost(cast.ctx, cast.alice, draft('For followers', { audience: 'followers' }))
    for (const change of [{ inReplyToId: secret.postId }, { quoteOfId: secret.postId }]) {
      await assert.rejects(
        publishPost(cast.ctx, cast.carol, draft('?', change)),
        refusal('not-found', /not found/),
      )
      await assert.rejects(
        publishPost(cast.ctx, cast.carol, draft('?', { inReplyToId: 12 })),
        refusal('not-found', /not found/),
      )
    }
    await cast.follow(cast.bob, cast.alice)
    const reply = await publishPost(cast.ctx, cast.bob, draft('!', { inReplyToId: secret.postId }))
    assert.ok(reply.isNew)
    await assert.rejects(
      publishPost(cast.ctx, cast.bob, draft('Look', { quoteOfId: secret.postId })),
      refusal('forbidden', /cannot be quoted/),
    )
  })

  promise('a post for circles is for the members at that time, and answers stay among them', async (cast) => {
    const circle = cast.ctx.ids.next()
    const at = cast.ctx.clock.now()
    await cast.ctx.store.write(async (tx) => {
      await tx
        .insertInto('circles')
        .values({ id: circle, account_id: cast.alice, name: 'Family', created_at: at })
        .execute()
      await tx
        .insertInto('circle_members')
        .values({ circle_id: circle, account_id: cast.bob, created_at: at })
        .execute()
    })
    const post = await publishPost(
      cast.ctx,
      cast.alice,
      draft('Tea?', { audience: 'circles', circleIds: [circle] }),
    )
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [post.postId])
    assert.deepEqual(await homeOf(cast, cast.carol), [])
    const reply = await publishPost(cast.ctx, cast.bob, draft('Yes', { inReplyToId: post.postId }))
    assert.equal((await found(cast, reply.postId)).audience, 'people')
    await assert.rejects(
      publishPost(cast.ctx, cast.bob, draft('x', { audience: 'circles', circleIds: [circle] })),
      refusal('not-found', /not found/),
    )
  })

  promise('each wrong draft is refused with a sentence', async (cast) => {
    const poll = { options: ['a', 'b'], expiresInSeconds: 600, multiple: false, hideTotals: false }
    const cases: [Parameters<typeof draft>, RegExp][] = [
      [['  '], /cannot be empty/],
      [['x'.repeat(5001)], /longer than 5000 characters/],
      [['', { poll: { ...poll, options: ['a'] } }], /two options/],
      [['', { poll: { ...poll, options: ['a', ' a '] } }], /the same/],
      [['', { poll: { ...poll, options: ['a', 'b', 'c', 'd', 'e'] } }], /at most 4/],
      [['', { poll: { ...poll, options: ['a', 'b'.repeat(51)] } }], /50 characters/],
      [['', { poll: { ...poll, expiresInSeconds: 5 } }], /too soon/],
      [['', { poll: { ...poll, expiresInSeconds: Number.NaN } }], /too soon/],
      [['', { mediaIds: [1, 2, 3, 4, 5] }], /at most 4/],
      [['', { mediaIds: [77] }], /not found/],
      [['x', { audience: 'circles' }], /circle/],
      [['x', { recipientIds: [99] }], /not found/],
    ]
    for (const [args, text] of cases) {
      await assert.rejects(publishPost(cast.ctx, cast.alice, draft(...args)), refusal('invalid', text))
    }
  })

  promise('media of others, attached media and media in work are refused', async (cast) => {
    const at = cast.ctx.clock.now()
    const add = async (change: object): Promise<number> => {
      const id = cast.ctx.ids.next()
      await cast.ctx.store.write((tx) =>
        tx
          .insertInto('media')
          .values({ id, account_id: cast.alice, kind: 'image', created_at: at, ...change })
          .execute(),
      )
      return id
    }
    const mine = await add({})
    const second = await add({})
    const working = await add({ state: 'processing' })
    const bobs = await add({ account_id: cast.bob })
    const post = await publishPost(
      cast.ctx,
      cast.alice,
      draft('', {
        mediaIds: [second, mine],
        mediaAttributes: [{ id: mine, description: 'A cat', focus: { x: 0.5, y: -1 } }],
      }),
    )
    const rows = await cast.ctx.store.read
      .selectFrom('media')
      .selectAll()
      .where('post_id', '=', post.postId)
      .orderBy('position')
      .execute()
    assert.deepEqual(
      rows.map((row) => row.id),
      [second, mine],
    )
    assert.equal(rows[1]?.description, 'A cat')
    assert.deepEqual(JSON.parse(rows[1]?.meta ?? ''), { focus: { x: 0.5, y: -1 } })
    for (const [id, text] of [
      [mine, /another post/],
      [working, /being processed/],
      [bobs, /not found/],
    ] as const) {
      await assert.rejects(
        publishPost(cast.ctx, cast.alice, draft('x', { mediaIds: [id] })),
        refusal('invalid', text),
      )
    }
  })

  promise('a suspended account cannot post', async (cast) => {
    const id = await cast.addLocal('mallory', { suspended_at: 1 })
    await assert.rejects(publishPost(cast.ctx, id, draft('x')), refusal('forbidden', /suspended/))
    await assert.rejects(publishPost(cast.ctx, cast.dave, draft('x')), refusal('not-found', /not found/))
  })

  promise('counters of the author count posts but not direct ones', async (cast) => {
    await publishPost(cast.ctx, cast.alice, draft('one'))
    await publishPost(cast.ctx, cast.alice, draft('two', { audience: 'direct' }))
    const row = await cast.ctx.store.read
      .selectFrom('accounts')
      .select(['posts_count', 'last_post_at'])
      .where('id', '=', cast.alice)
      .executeTakeFirstOrThrow()
    assert.equal(row.posts_count, 1)
    assert.equal(row.last_post_at, cast.ctx.clock.now())
  })
})
