// What people are told, what they are spared, and how private conversations gather.
import assert from 'node:assert/strict'
import { acceptFollow } from '../../../src/domain/follows/answer-follow.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { unfollowAccount } from '../../../src/domain/follows/unfollow-account.ts'
import { boostPost } from '../../../src/domain/posts/boost-post.ts'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { editPost } from '../../../src/domain/posts/edit-post.ts'
import { muteThread } from '../../../src/domain/posts/keep-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { undoBoost } from '../../../src/domain/posts/undo-boost.ts'
import { addReaction, likePost } from '../../../src/domain/reactions/add-reaction.ts'
import { unlikePost } from '../../../src/domain/reactions/undo-reaction.ts'
import { recordFact } from '../../../src/domain/record-fact.ts'
import type { PostDraft } from '../../../src/model/post.ts'
import { castTest, draft, incoming, noticesOf } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

const ALICE = { uri: 'https://here.test/users/alice', kind: 'mention' as const }

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

async function conversations(cast: Cast, accountId: number) {
  const rows = await cast.ctx.store.read
    .selectFrom('conversations')
    .select(['thread_id', 'last_post_id', 'participants', 'unread'])
    .where('account_id', '=', accountId)
    .execute()
  return rows.map((row) => ({ ...row, participants: JSON.parse(row.participants) as number[] }))
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise(
    'authors are told of likes, reactions and boosts once, and no longer when these are undone',
    async (cast) => {
      const id = await post(cast, cast.alice, 'Hello')
      await likePost(cast.ctx, cast.bob, id)
      await likePost(cast.ctx, cast.bob, id)
      await addReaction(cast.ctx, { accountId: cast.bob, postId: id, kind: 'emoji', emoji: '🎉' })
      await addReaction(cast.ctx, {
        accountId: cast.dave,
        postId: id,
        kind: 'dislike',
        uri: 'https://far.test/d',
      })
      await boostPost(cast.ctx, cast.carol, id)
      await likePost(cast.ctx, cast.alice, id)
      await cast.settle()
      assert.deepEqual(await noticesOf(cast, cast.alice), ['like bob', 'reaction bob', 'boost carol'])
      await unlikePost(cast.ctx, cast.bob, id)
      await undoBoost(cast.ctx, cast.carol, id)
      await cast.settle()
      assert.deepEqual(await noticesOf(cast, cast.alice), ['reaction bob'])
    },
  )

  promise('likes of one post within an hour are one group', async (cast) => {
    const id = await post(cast, cast.alice, 'Hello')
    await likePost(cast.ctx, cast.bob, id)
    await likePost(cast.ctx, cast.carol, id)
    await cast.settle()
    const rows = await cast.ctx.store.read.selectFrom('notifications').select('group_key').execute()
    const hour = Math.floor(cast.ctx.clock.now() / 3_600_000)
    assert.deepEqual(
      rows.map((row) => row.group_key),
      [`like-${id}-${hour}`, `like-${id}-${hour}`],
    )
  })

  promise('the blocked, the muted, blocked servers and muted threads are silent', async (cast) => {
    await insert(cast, 'blocks', cast.alice, cast.bob)
    await insert(cast, 'mutes', cast.alice, cast.carol)
    await cast.ctx.store.write((tx) =>
      tx
        .insertInto('account_domain_blocks')
        .values({ account_id: cast.alice, domain: 'far.test', id: 1, created_at: 0 })
        .execute(),
    )
    await post(cast, cast.bob, '@alice')
    await post(cast, cast.carol, '@alice')
    await receivePost(cast.ctx, incoming('hi', { recipients: [ALICE] }))
    const frank = await cast.addLocal('frank')
    const root = await post(cast, cast.alice, 'root')
    await muteThread(cast.ctx, cast.alice, root)
    await post(cast, frank, '@alice in the thread', { inReplyToId: root })
    assert.deepEqual(await noticesOf(cast, cast.alice), [])
    await post(cast, frank, '@alice elsewhere')
    assert.deepEqual(await noticesOf(cast, cast.alice), ['mention frank'])
  })

  promise('a mute may leave notifications alone', async (cast) => {
    await insert(cast, 'mutes', cast.alice, cast.bob)
    await cast.ctx.store.write((tx) => tx.updateTable('mutes').set({ hide_notifications: 0 }).execute())
    await post(cast, cast.bob, '@alice')
    assert.deepEqual(await noticesOf(cast, cast.alice), ['mention bob'])
  })

  promise(
    'private mentions by strangers wait until they are let in; wishes and permissions decide',
    async (cast) => {
      const direct = { audience: 'direct' as const }
      await post(cast, cast.bob, '@alice psst', direct)
      const requests = await cast.ctx.store.read.selectFrom('notification_requests').selectAll().execute()
      assert.deepEqual(
        requests.map((row) => [row.account_id, row.from_id, row.notifications_count]),
        [[cast.alice, cast.bob, 1]],
      )
      await cast.follow(cast.alice, cast.carol)
      await post(cast, cast.carol, '@alice psst', direct)
      const own = await post(cast, cast.alice, '@dave@far.test hello', direct)
      const uri = (
        await cast.ctx.store.read
          .selectFrom('posts')
          .select('uri')
          .where('id', '=', own)
          .executeTakeFirstOrThrow()
      ).uri
      await receivePost(cast.ctx, incoming('hi', { ...direct, recipients: [ALICE], inReplyToUri: uri }))
      await cast.settle()
      assert.deepEqual(await noticesOf(cast, cast.alice), [
        'mention bob filtered',
        'mention carol',
        'mention dave',
      ])
      await cast.ctx.store.write(async (tx) => {
        await tx
          .insertInto('notification_policies')
          .values({ account_id: cast.alice, policy: '{"notFollowing":"drop"}' })
          .execute()
        await tx
          .insertInto('notification_permissions')
          .values({ account_id: cast.alice, from_id: cast.bob })
          .execute()
      })
      const frank = await cast.addLocal('frank')
      await post(cast, frank, '@alice hello')
      await post(cast, cast.bob, '@alice hello')
      assert.deepEqual((await noticesOf(cast, cast.alice)).slice(3), ['mention bob'])
    },
  )

  promise('followers who asked to be told of every post are, but not of answers to others', async (cast) => {
    await cast.follow(cast.alice, cast.bob, { notify: 1 })
    await cast.follow(cast.carol, cast.bob)
    const root = await post(cast, cast.bob, 'root')
    await post(cast, cast.bob, 'more', { inReplyToId: root })
    const other = await post(cast, cast.carol, 'other')
    await post(cast, cast.bob, 'reply', { inReplyToId: other })
    await post(cast, cast.bob, 'Hi @alice')
    assert.deepEqual(await noticesOf(cast, cast.alice), ['post bob', 'post bob', 'mention bob'])
    assert.deepEqual(await noticesOf(cast, cast.carol), [])
  })

  promise('a granted request becomes a follower; an ended follow is forgotten', async (cast) => {
    await cast.ctx.store.write((tx) =>
      tx.updateTable('accounts').set({ locked: 1 }).where('id', '=', cast.alice).execute(),
    )
    await followAccount(cast.ctx, cast.bob, cast.alice)
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), ['follow-request bob'])
    await acceptFollow(cast.ctx, cast.alice, cast.bob)
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), ['follow bob'])
    await unfollowAccount(cast.ctx, cast.bob, cast.alice)
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), [])
  })

  promise(
    'those who boosted or quoted a post learn of each edit, those newly named are told',
    async (cast) => {
      const id = await post(cast, cast.alice, 'one')
      await boostPost(cast.ctx, cast.bob, id)
      await post(cast, cast.carol, 'see', { quoteOfId: id })
      await cast.settle()
      const frank = await cast.addLocal('frank')
      for (const text of ['two @frank', 'three @frank']) {
        assert.equal(
          await editPost(cast.ctx, cast.alice, id, { text, sourceType: 'text/plain', language: 'en' }),
          true,
        )
        await cast.settle()
      }
      assert.deepEqual(await noticesOf(cast, cast.alice), ['boost bob', 'quote carol'])
      assert.deepEqual(await noticesOf(cast, cast.bob), ['edit alice', 'edit alice'])
      assert.deepEqual(await noticesOf(cast, cast.carol), ['quote-edit alice', 'quote-edit alice'])
      assert.deepEqual(await noticesOf(cast, frank), ['mention alice'])
    },
  )

  promise('moderators are told of sign-ups and reports, whoever they block', async (cast) => {
    await cast.ctx.store.write((tx) =>
      tx.updateTable('users').set({ role: 'moderator' }).where('account_id', '=', cast.alice).execute(),
    )
    await insert(cast, 'blocks', cast.alice, cast.bob)
    await cast.ctx.store.write(async (tx) => {
      await tx
        .insertInto('reports')
        .values({ id: 7, account_id: cast.bob, target_id: cast.carol, created_at: 0, updated_at: 0 })
        .execute()
      await recordFact(cast.ctx, tx, { type: 'report-filed', reportId: 7 })
      await recordFact(cast.ctx, tx, { type: 'account-created', accountId: cast.carol })
    })
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), ['report bob', 'sign-up carol'])
    assert.deepEqual(await noticesOf(cast, cast.bob), [])
  })

  promise('open streams hear of notifications that are shown', async (cast) => {
    const heard: unknown[] = []
    const live = cast.ctx.live as unknown as {
      subscribe(channel: string, hear: (message: unknown) => void): void
    }
    live.subscribe(`notifications:${cast.alice}`, (message) => heard.push(message))
    await post(cast, cast.bob, '@alice psst', { audience: 'direct' })
    await post(cast, cast.bob, '@alice hello')
    const row = await cast.ctx.store.read
      .selectFrom('notifications')
      .select('id')
      .where('filtered', '=', 0)
      .executeTakeFirstOrThrow()
    assert.deepEqual(heard, [{ event: 'notification', id: row.id }])
  })

  promise('direct posts gather in one conversation for each participant here', async (cast) => {
    const direct = { audience: 'direct' as const }
    const first = await post(cast, cast.alice, '@bob @dave@far.test hello', direct)
    const second = await post(cast, cast.bob, '@alice @dave@far.test hi', { ...direct, inReplyToId: first })
    assert.deepEqual(await conversations(cast, cast.alice), [
      { thread_id: first, last_post_id: second, participants: [cast.bob, cast.dave], unread: 1 },
    ])
    assert.deepEqual(await conversations(cast, cast.bob), [
      { thread_id: first, last_post_id: second, participants: [cast.alice, cast.dave], unread: 0 },
    ])
    assert.deepEqual(await conversations(cast, cast.dave), [])
    await deletePost(cast.ctx, cast.bob, second)
    await cast.settle()
    assert.equal((await conversations(cast, cast.alice))[0]?.last_post_id, first)
    await deletePost(cast.ctx, cast.alice, first)
    await cast.settle()
    assert.deepEqual(await conversations(cast, cast.alice), [])
    assert.deepEqual(await conversations(cast, cast.bob), [])
  })
})
