// Whose home shows what: the promises of the home feed and of lists.
import assert from 'node:assert/strict'
import { blockAccount } from '../../../src/domain/follows/block-account.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { unfollowAccount } from '../../../src/domain/follows/unfollow-account.ts'
import { boostPost } from '../../../src/domain/posts/boost-post.ts'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { undoBoost } from '../../../src/domain/posts/undo-boost.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { clearAuthor } from '../../../src/domain/timelines/clear-author.ts'
import { trimFeeds } from '../../../src/domain/timelines/trim-feeds.ts'
import type { PostDraft } from '../../../src/model/post.ts'
import { castTest, draft, homeOf, incoming } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

async function post(
  cast: Cast,
  author: number,
  text: string,
  change: Partial<PostDraft> = {},
): Promise<number> {
  const { postId } = await publishPost(cast.ctx, author, draft(text, change))
  await cast.settle()
  return postId
}

async function insert(
  cast: Cast,
  table: 'mutes' | 'blocks',
  accountId: number,
  targetId: number,
): Promise<void> {
  const row = { account_id: accountId, target_id: targetId, id: cast.ctx.ids.next(), created_at: 0 }
  await cast.ctx.store.write((tx) => tx.insertInto(table).values(row).execute())
}

async function makeList(cast: Cast, owner: number, members: number[], change = {}): Promise<number> {
  const id = cast.ctx.ids.next()
  await cast.ctx.store.write(async (tx) => {
    await tx
      .insertInto('lists')
      .values({ id, account_id: owner, title: 'l', created_at: 0, ...change })
      .execute()
    for (const member of members) {
      await tx
        .insertInto('list_members')
        .values({ list_id: id, account_id: member, id: cast.ctx.ids.next() })
        .execute()
    }
  })
  return id
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise(
    'a follower sees public, quiet and followers-only posts, and direct ones only when named',
    async (cast) => {
      await cast.follow(cast.bob, cast.alice)
      await cast.follow(cast.carol, cast.alice)
      const ids = []
      for (const audience of ['public', 'unlisted', 'followers'] as const)
        ids.unshift(await post(cast, cast.alice, 'x', { audience }))
      const direct = await post(cast, cast.alice, '@bob hi', { audience: 'direct' })
      assert.deepEqual(await homeOf(cast, cast.bob), [direct, ...ids])
      assert.deepEqual(await homeOf(cast, cast.carol), ids)
    },
  )

  promise('answers reach those who follow both sides, and the one answered', async (cast) => {
    const frank = await cast.addLocal('frank')
    await cast.follow(cast.carol, cast.alice)
    await cast.follow(frank, cast.alice)
    await cast.follow(frank, cast.bob)
    await cast.follow(cast.bob, cast.alice)
    const root = await post(cast, cast.bob, 'root')
    const reply = await post(cast, cast.alice, 'reply', { inReplyToId: root })
    assert.deepEqual(await homeOf(cast, frank), [reply, root])
    assert.deepEqual(await homeOf(cast, cast.carol), [])
    assert.deepEqual(await homeOf(cast, cast.bob), [reply, root])
    const self = await post(cast, cast.alice, 'on my own', { inReplyToId: reply })
    assert.equal((await homeOf(cast, cast.carol))[0], self)
  })

  promise(
    'blocks and mutes hide authors and those who mention them, both in homes and lists',
    async (cast) => {
      await cast.follow(cast.bob, cast.alice)
      await cast.follow(cast.carol, cast.alice)
      const list = await makeList(cast, cast.bob, [cast.alice])
      await insert(cast, 'mutes', cast.bob, cast.alice)
      await insert(cast, 'blocks', cast.carol, cast.dave)
      await post(cast, cast.alice, 'Hello @dave@far.test')
      assert.deepEqual(await homeOf(cast, cast.bob), [])
      assert.deepEqual(await homeOf(cast, list), [])
      assert.deepEqual(await homeOf(cast, cast.carol), [])
      const plain = await post(cast, cast.alice, 'Hello')
      assert.deepEqual(await homeOf(cast, cast.carol), [plain])
    },
  )

  promise('a mute that has run out hides nothing', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    await insert(cast, 'mutes', cast.bob, cast.alice)
    await cast.ctx.store.write((tx) =>
      tx.updateTable('mutes').set({ expires_at: cast.ctx.clock.now() }).execute(),
    )
    const id = await post(cast, cast.alice, 'Back')
    assert.deepEqual(await homeOf(cast, cast.bob), [id])
  })

  promise('a follow decides on boosts and languages', async (cast) => {
    await cast.follow(cast.bob, cast.alice, { show_boosts: 0 })
    await cast.follow(cast.carol, cast.alice, { languages: '["de"]' })
    const original = await post(cast, cast.bob, 'mine')
    const { boostId } = await boostPost(cast.ctx, cast.alice, original)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [original])
    assert.deepEqual(await homeOf(cast, cast.carol), [])
    assert.ok((await homeOf(cast, cast.alice)).includes(boostId))
    const german = await post(cast, cast.alice, 'Guten Tag', { language: 'de' })
    assert.deepEqual(await homeOf(cast, cast.carol), [german])
  })

  promise('a boost is not shown where the post or another boost of it was shown lately', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    await cast.follow(cast.bob, cast.carol)
    const { postId } = await receivePost(cast.ctx, incoming('news'))
    const first = await boostPost(cast.ctx, cast.alice, postId)
    await cast.settle()
    cast.pass(1000)
    await boostPost(cast.ctx, cast.carol, postId)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [first.boostId])
    await undoBoost(cast.ctx, cast.carol, postId)
    cast.pass(25 * 3_600_000)
    const later = await boostPost(cast.ctx, cast.carol, postId)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [later.boostId, first.boostId])
  })

  promise('boosting twice is boosting once, and undoing takes it out of homes', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    const { postId } = await receivePost(cast.ctx, incoming('news'))
    const both = await Promise.all([
      boostPost(cast.ctx, cast.alice, postId),
      boostPost(cast.ctx, cast.alice, postId),
    ])
    assert.equal(both[0].boostId, both[1].boostId)
    const again = await boostPost(cast.ctx, cast.alice, both[0].boostId)
    assert.equal(again.boostId, both[0].boostId)
    await cast.settle()
    const count = async () =>
      (
        await cast.ctx.store.read
          .selectFrom('posts')
          .select('boosts_count')
          .where('id', '=', postId)
          .executeTakeFirstOrThrow()
      ).boosts_count
    assert.equal(await count(), 1)
    assert.equal(await undoBoost(cast.ctx, cast.alice, postId), true)
    assert.equal(await undoBoost(cast.ctx, cast.alice, postId), false)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [])
    assert.equal(await count(), 0)
  })

  promise('posts of a limited account are boosted only to its followers', async (cast) => {
    await cast.addRemote('loud', 'far.test', { limited_at: 1 })
    const loud = 'https://far.test/users/loud'
    await cast.follow(cast.bob, cast.alice)
    await cast.follow(cast.carol, cast.alice)
    const { postId } = await receivePost(cast.ctx, incoming('LOUD', { authorUri: loud }))
    await cast.settle()
    const author = await cast.ctx.store.read
      .selectFrom('accounts')
      .select('id')
      .where('uri', '=', loud)
      .executeTakeFirstOrThrow()
    await cast.follow(cast.carol, author.id)
    const { boostId } = await boostPost(cast.ctx, cast.alice, postId)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [])
    assert.ok((await homeOf(cast, cast.carol)).includes(boostId))
  })

  promise('those who follow a hashtag see public posts with it', async (cast) => {
    const first = await post(cast, cast.alice, '#cats')
    const tag = await cast.ctx.store.read.selectFrom('tags').select('id').executeTakeFirstOrThrow()
    await cast.ctx.store.write((tx) =>
      tx.insertInto('tag_follows').values({ account_id: cast.carol, tag_id: tag.id, id: 1 }).execute(),
    )
    await post(cast, cast.alice, '#cats', { audience: 'unlisted' })
    const shown = await post(cast, cast.alice, 'More #Cats')
    assert.deepEqual(await homeOf(cast, cast.carol), [shown])
    assert.notEqual(first, shown)
  })

  promise('lists show their members as their owner wishes, exclusive ones instead of home', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    await cast.follow(cast.bob, cast.dave)
    const all = await makeList(cast, cast.bob, [cast.alice])
    const none = await makeList(cast, cast.bob, [cast.alice], { replies_policy: 'none' })
    const followed = await makeList(cast, cast.bob, [cast.alice], {
      replies_policy: 'followed',
      exclusive: 1,
    })
    await makeList(cast, cast.carol, [cast.alice])
    const { postId: root } = await receivePost(cast.ctx, incoming('root'))
    const hello = await post(cast, cast.alice, 'Hello')
    const reply = await post(cast, cast.alice, 'reply', { inReplyToId: root })
    assert.deepEqual(await homeOf(cast, all), [hello])
    assert.deepEqual(await homeOf(cast, none), [hello])
    assert.deepEqual(await homeOf(cast, followed), [reply, hello])
    assert.deepEqual(await homeOf(cast, cast.bob), [root])
  })

  promise('following brings the latest posts, unfollowing and blocking take them away', async (cast) => {
    const { ctx } = cast
    const open = []
    for (let count = 0; count < 25; count++) {
      open.unshift((await publishPost(ctx, cast.alice, draft(`post ${count}`))).postId)
      cast.pass(1)
    }
    await publishPost(ctx, cast.alice, draft('@dave@far.test hush', { audience: 'direct' }))
    await cast.settle()
    await followAccount(ctx, cast.bob, cast.alice)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), open.slice(0, 20))
    await unfollowAccount(ctx, cast.bob, cast.alice)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [])
    await followAccount(ctx, cast.bob, cast.alice)
    await cast.settle()
    await blockAccount(ctx, cast.alice, cast.bob)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [])
  })

  promise('muting clears homes of posts and boosts, also of boosts by others', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    await cast.follow(cast.bob, cast.carol)
    await post(cast, cast.alice, 'one')
    cast.pass(25 * 3_600_000)
    const { postId } = await receivePost(
      cast.ctx,
      incoming('x', { authorUri: 'https://other.test/users/erin' }),
    )
    await boostPost(cast.ctx, cast.carol, postId)
    await cast.settle()
    assert.equal((await homeOf(cast, cast.bob)).length, 2)
    await cast.ctx.store.write((tx) => clearAuthor(tx, cast.bob, cast.alice))
    assert.equal((await homeOf(cast, cast.bob)).length, 1)
    await cast.ctx.store.write((tx) => clearAuthor(tx, cast.bob, cast.erin))
    assert.deepEqual(await homeOf(cast, cast.bob), [])
  })

  promise('unfollowing leaves what others boost, blocking does not', async (cast) => {
    await cast.follow(cast.bob, cast.carol)
    const { postId } = await receivePost(
      cast.ctx,
      incoming('x', { authorUri: 'https://other.test/users/erin' }),
    )
    const { boostId } = await boostPost(cast.ctx, cast.carol, postId)
    await cast.settle()
    await cast.follow(cast.bob, cast.erin)
    await unfollowAccount(cast.ctx, cast.bob, cast.erin)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [boostId])
    await blockAccount(cast.ctx, cast.bob, cast.erin)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.bob), [])
  })

  promise('a deleted post and its boosts leave every home, and nothing of it stays', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    await cast.follow(cast.carol, cast.bob)
    const id = await post(cast, cast.alice, 'Oops @bob #oops')
    const reply = await post(cast, cast.bob, 'What?', { inReplyToId: id })
    await boostPost(cast.ctx, cast.bob, id)
    await cast.settle()
    await deletePost(cast.ctx, cast.alice, id)
    await cast.settle()
    assert.deepEqual(await homeOf(cast, cast.alice), [])
    assert.deepEqual(await homeOf(cast, cast.carol), [])
    assert.deepEqual(await homeOf(cast, cast.bob), [reply])
    const db = cast.ctx.store.read
    for (const table of ['post_recipients', 'post_tags', 'notifications'] as const) {
      assert.deepEqual(await db.selectFrom(table).selectAll().where('post_id', '=', id).execute(), [])
    }
    const posts = await db.selectFrom('posts').select(['id', 'in_reply_to_id', 'thread_id']).execute()
    assert.deepEqual(posts, [{ id: reply, in_reply_to_id: null, thread_id: id }])
    const counts = await db
      .selectFrom('accounts')
      .select(['id', 'posts_count'])
      .where('domain', '=', '')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      counts.map((row) => row.posts_count),
      [0, 1, 0],
    )
    const gone = cast.facts.findLast((fact) => fact.type === 'post-deleted')
    assert.ok(gone?.type === 'post-deleted')
    assert.deepEqual([gone.post.recipientIds, gone.post.tagNames], [[cast.bob], ['oops']])
    assert.equal((await db.selectFrom('tombstones').selectAll().execute()).length, 1)
  })

  promise('feeds keep only their newest entries', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    const ids = []
    for (let count = 0; count < 8; count++) ids.unshift(await post(cast, cast.alice, `x${count}`))
    assert.equal(await trimFeeds(cast.ctx, 5), 6)
    assert.deepEqual(await homeOf(cast, cast.bob), ids.slice(0, 5))
    assert.equal(await trimFeeds(cast.ctx, 5), 0)
  })

  promise('open streams hear of posts after they are in the feeds, and of nothing else', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    const heard: [string, unknown][] = []
    const live = cast.ctx.live as unknown as {
      subscribe(channel: string, hear: (message: unknown) => void): void
    }
    for (const channel of [
      `home:${cast.bob}`,
      `home:${cast.carol}`,
      'public',
      'public:local',
      'public:remote',
      'tag:cats',
    ]) {
      live.subscribe(channel, (message) => heard.push([channel, message]))
    }
    const id = await post(cast, cast.alice, '#cats')
    const quiet = await post(cast, cast.alice, 'quiet', { audience: 'followers' })
    await deletePost(cast.ctx, cast.alice, quiet)
    await cast.settle()
    const event = (name: string, postId: number) => ({ event: name, id: postId })
    assert.deepEqual(heard, [
      [`home:${cast.bob}`, event('post', id)],
      ['public', event('post', id)],
      ['public:local', event('post', id)],
      ['tag:cats', event('post', id)],
      [`home:${cast.bob}`, event('post', quiet)],
      [`home:${cast.bob}`, event('post-deleted', quiet)],
    ])
  })
})
