// What people do with posts: edit, like, pin, vote, answer; twice is once, and nobody acts on what they cannot see.
import assert from 'node:assert/strict'
import { answerEvent, withdrawAnswer } from '../../../src/domain/events/answer-event.ts'
import { closePoll } from '../../../src/domain/polls/close-poll.ts'
import { receiveVote, votePoll } from '../../../src/domain/polls/vote-poll.ts'
import { boostPost, receiveBoost } from '../../../src/domain/posts/boost-post.ts'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { editPost } from '../../../src/domain/posts/edit-post.ts'
import { bookmarkPost, muteThread, unbookmarkPost } from '../../../src/domain/posts/keep-post.ts'
import { pinPost, unpinPost } from '../../../src/domain/posts/pin-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { revokeQuote, settleQuote } from '../../../src/domain/posts/settle-quote.ts'
import { undoReceivedBoost } from '../../../src/domain/posts/undo-boost.ts'
import { addReaction, dislikePost, likePost } from '../../../src/domain/reactions/add-reaction.ts'
import { undoReaction, undoReceivedReaction } from '../../../src/domain/reactions/undo-reaction.ts'
import type { PostDraft } from '../../../src/model/post.ts'
import { findPost } from '../../../src/store/posts.ts'
import type { Post } from '../../../src/model/post.ts'
import { castTest, draft, noticesOf, refusal } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

async function post(
  cast: Cast,
  author: number,
  text: string,
  change: Partial<PostDraft> = {},
): Promise<number> {
  return (await publishPost(cast.ctx, author, draft(text, change))).postId
}

async function found(cast: Cast, id: number): Promise<Post> {
  const row = await findPost(cast.ctx.store.read, id)
  assert.ok(row)
  return row
}

const pollDraft = (change = {}) => ({
  poll: { options: ['tea', 'coffee'], expiresInSeconds: 600, multiple: false, hideTotals: false, ...change },
})

async function tally(cast: Cast, postId: number): Promise<[number[], number | null]> {
  const row = await cast.ctx.store.read
    .selectFrom('polls')
    .selectAll()
    .where('post_id', '=', postId)
    .executeTakeFirstOrThrow()
  return [(JSON.parse(row.options) as { votes: number }[]).map((option) => option.votes), row.voters_count]
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('an edit keeps what it replaces and says nothing when it changes nothing', async (cast) => {
    const id = await post(cast, cast.alice, 'one #old @bob')
    cast.pass(1000)
    const edit = { text: 'two #new @carol', sourceType: 'text/plain' as const, language: 'en' }
    assert.equal(await editPost(cast.ctx, cast.alice, id, edit), true)
    assert.equal(await editPost(cast.ctx, cast.alice, id, edit), false)
    await assert.rejects(editPost(cast.ctx, cast.bob, id, edit), refusal('not-found', /not found/))
    await assert.rejects(
      editPost(cast.ctx, cast.alice, id, { ...edit, text: '' }),
      refusal('invalid', /empty/),
    )
    const row = await found(cast, id)
    assert.equal(row.edited_at, cast.ctx.clock.now())
    assert.equal(row.source, 'two #new @carol')
    const db = cast.ctx.store.read
    const edits = await db.selectFrom('post_edits').selectAll().execute()
    assert.equal(edits.length, 1)
    assert.equal(edits[0]?.edited_at, row.published_at)
    const tags = await db
      .selectFrom('post_tags as p')
      .innerJoin('tags as t', 't.id', 'p.tag_id')
      .select('t.name')
      .execute()
    assert.deepEqual(tags, [{ name: 'new' }])
    const named = await db
      .selectFrom('post_recipients')
      .select(['account_id', 'kind'])
      .orderBy('account_id')
      .execute()
    assert.deepEqual(named, [
      { account_id: cast.bob, kind: 'silent' },
      { account_id: cast.carol, kind: 'mention' },
    ])
  })

  promise('other options in a poll void its votes', async (cast) => {
    const id = await post(cast, cast.alice, 'What?', pollDraft())
    await votePoll(cast.ctx, cast.bob, id, [1])
    const edit = { text: 'What?', sourceType: 'text/plain' as const, language: 'en' }
    assert.equal(await editPost(cast.ctx, cast.alice, id, { ...edit, ...pollDraft() }), false)
    assert.deepEqual(await tally(cast, id), [[0, 1], 1])
    assert.equal(
      await editPost(cast.ctx, cast.alice, id, {
        ...edit,
        ...pollDraft({ options: ['tea', 'milk', 'beer'] }),
      }),
      true,
    )
    assert.deepEqual(await tally(cast, id), [[0, 0, 0], 0])
    await votePoll(cast.ctx, cast.bob, id, [2])
    assert.deepEqual(await tally(cast, id), [[0, 0, 1], 1])
  })

  promise(
    'one votes once, for options there are, while the poll is open, and not for oneself',
    async (cast) => {
      const id = await post(cast, cast.alice, 'What?', pollDraft())
      const vote = (who: number, choices: number[]) => votePoll(cast.ctx, who, id, choices)
      await assert.rejects(vote(cast.alice, [0]), refusal('invalid', /own poll/))
      await assert.rejects(vote(cast.bob, []), refusal('invalid', /Choose/))
      await assert.rejects(vote(cast.bob, [2]), refusal('invalid', /no such option/))
      await assert.rejects(vote(cast.bob, [0, 1]), refusal('invalid', /Only one/))
      const both = await Promise.allSettled([vote(cast.bob, [0]), vote(cast.bob, [1])])
      assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1)
      assert.equal((await tally(cast, id))[1], 1)
      await votePoll(cast.ctx, cast.carol, id, [1])
      cast.pass(600_000)
      const frank = await cast.addLocal('frank')
      await assert.rejects(vote(frank, [0]), refusal('invalid', /ended/))
    },
  )

  promise('a poll ends at its time, once, and voters and author are told', async (cast) => {
    const id = await post(cast, cast.alice, 'What?', pollDraft())
    await votePoll(cast.ctx, cast.bob, id, [1])
    await cast.settle()
    assert.equal(await closePoll(cast.ctx, id), false)
    cast.pass(600_000)
    await cast.settle()
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.bob), ['poll alice'])
    assert.deepEqual(await noticesOf(cast, cast.alice), ['poll alice'])
    assert.equal(cast.facts.filter((fact) => fact.type === 'poll-ended').length, 1)
  })

  promise('a vote from elsewhere counts once, and only where it may', async (cast) => {
    const id = await post(cast, cast.alice, 'What?', pollDraft())
    const many = await post(cast, cast.alice, 'Which?', pollDraft({ multiple: true }))
    const vote = (postId: number, title: string) =>
      receiveVote(cast.ctx, { accountId: cast.dave, postId, title })
    assert.equal(await vote(id, 'tea'), true)
    assert.equal(await vote(id, 'tea'), false)
    assert.equal(await vote(id, 'coffee'), false)
    assert.equal(await vote(many, 'tea'), true)
    assert.equal(await vote(many, 'coffee'), true)
    assert.equal(await vote(many, 'milk'), false)
    assert.deepEqual(await tally(cast, id), [[1, 0], 1])
    assert.deepEqual(await tally(cast, many), [[1, 1], 1])
    const secret = await post(cast, cast.alice, 'Hush?', { ...pollDraft(), audience: 'followers' })
    assert.equal(await vote(secret, 'tea'), false)
    cast.pass(600_000)
    assert.equal(await vote(many, 'tea'), false)
  })

  promise('likes and dislikes exclude each other; every reaction counts once', async (cast) => {
    const id = await post(cast, cast.alice, 'x')
    await Promise.all([likePost(cast.ctx, cast.bob, id), likePost(cast.ctx, cast.bob, id)])
    await likePost(cast.ctx, cast.carol, id)
    assert.equal((await found(cast, id)).likes_count, 2)
    await dislikePost(cast.ctx, cast.bob, id)
    const row = await found(cast, id)
    assert.deepEqual([row.likes_count, row.dislikes_count], [1, 1])
    assert.equal(await undoReaction(cast.ctx, { accountId: cast.bob, postId: id, kind: 'dislike' }), true)
    assert.equal(await undoReaction(cast.ctx, { accountId: cast.bob, postId: id, kind: 'dislike' }), false)
    assert.equal((await found(cast, id)).dislikes_count, 0)
  })

  promise('a reaction is one emoji', async (cast) => {
    const id = await post(cast, cast.alice, 'x')
    const react = (emoji: string, emojiId?: number) =>
      addReaction(cast.ctx, {
        accountId: cast.bob,
        postId: id,
        kind: 'emoji',
        emoji,
        ...(emojiId === undefined ? {} : { emojiId }),
      })
    for (const bad of ['', 'a', '👍👍', '7', ':blob:', '<b>', 'x'.repeat(1000)]) {
      await assert.rejects(react(bad), refusal('invalid', /single emoji/))
    }
    const first = await react('👨‍👩‍👧')
    assert.equal(await react('👨‍👩‍👧'), first)
    await react(':blob:', 5)
    for (const emoji of ['😀', '😁', '😂', '🤣', '😃', '😄']) await react(emoji)
    await assert.rejects(react('😅'), refusal('invalid', /at most 8/))
  })

  promise('only who reacted or boosted from elsewhere can take it back', async (cast) => {
    const id = await post(cast, cast.alice, 'x')
    const like = { accountId: cast.dave, postId: id, kind: 'like' as const, uri: 'https://far.test/likes/1' }
    await addReaction(cast.ctx, like)
    await assert.rejects(
      undoReceivedReaction(cast.ctx, like.uri, cast.erin),
      refusal('forbidden', /Only who/),
    )
    assert.equal(await undoReceivedReaction(cast.ctx, like.uri, cast.dave), true)
    assert.equal(await undoReceivedReaction(cast.ctx, like.uri, cast.dave), false)
    const boost = {
      uri: 'https://far.test/boosts/1',
      accountId: cast.dave,
      postId: id,
      publishedAt: cast.ctx.clock.now(),
      audience: 'public' as const,
    }
    const first = await receiveBoost(cast.ctx, boost)
    assert.equal((await receiveBoost(cast.ctx, boost)).boostId, first.boostId)
    assert.equal(
      (await receiveBoost(cast.ctx, { ...boost, uri: 'https://far.test/boosts/2' })).boostId,
      first.boostId,
    )
    await assert.rejects(
      receiveBoost(cast.ctx, { ...boost, accountId: cast.erin }),
      refusal('conflict', /something else/),
    )
    await assert.rejects(undoReceivedBoost(cast.ctx, boost.uri, cast.erin), refusal('forbidden', /Only who/))
    assert.equal(await undoReceivedBoost(cast.ctx, boost.uri, cast.dave), true)
    await assert.rejects(receiveBoost(cast.ctx, boost), refusal('gone', /undone/))
    assert.equal((await found(cast, id)).boosts_count, 0)
  })

  promise('private posts are boosted by nobody but their author, for the same followers', async (cast) => {
    await cast.follow(cast.bob, cast.alice)
    const id = await post(cast, cast.alice, 'x', { audience: 'followers' })
    const direct = await post(cast, cast.alice, '@bob', { audience: 'direct' })
    await assert.rejects(boostPost(cast.ctx, cast.bob, id), refusal('forbidden', /cannot be boosted/))
    await assert.rejects(boostPost(cast.ctx, cast.alice, direct), refusal('forbidden', /cannot be boosted/))
    await assert.rejects(boostPost(cast.ctx, cast.carol, id), refusal('not-found', /not found/))
    const { boostId } = await boostPost(cast.ctx, cast.alice, id, 'public')
    assert.equal((await found(cast, boostId)).audience, 'followers')
  })

  promise('nobody acts on what they cannot see', async (cast) => {
    const id = await post(cast, cast.alice, 'Secret?', { audience: 'followers', ...pollDraft() })
    const acts = [
      likePost(cast.ctx, cast.carol, id),
      bookmarkPost(cast.ctx, cast.carol, id),
      muteThread(cast.ctx, cast.carol, id),
      votePoll(cast.ctx, cast.carol, id, [0]),
      pinPost(cast.ctx, cast.carol, id),
      boostPost(cast.ctx, cast.carol, id),
      deletePost(cast.ctx, cast.carol, id),
      answerEvent(cast.ctx, { accountId: cast.carol, postId: id, answer: 'yes' }),
      addReaction(cast.ctx, { accountId: cast.dave, postId: id, kind: 'like' }),
    ]
    for (const result of await Promise.allSettled(acts)) {
      assert.equal(result.status, 'rejected')
      assert.ok(result.status === 'rejected' && refusal('not-found', /^Record not found$/)(result.reason))
    }
  })

  promise('five own posts can be pinned, neither boosts nor direct ones', async (cast) => {
    const ids = []
    for (let count = 0; count < 6; count++) ids.push(await post(cast, cast.alice, `x${count}`))
    for (const id of ids.slice(0, 5)) await pinPost(cast.ctx, cast.alice, id)
    await pinPost(cast.ctx, cast.alice, ids[0] ?? 0)
    await assert.rejects(pinPost(cast.ctx, cast.alice, ids[5] ?? 0), refusal('invalid', /at most 5/))
    await unpinPost(cast.ctx, cast.alice, ids[0] ?? 0)
    await unpinPost(cast.ctx, cast.alice, ids[0] ?? 0)
    const direct = await post(cast, cast.alice, '@bob', { audience: 'direct' })
    await assert.rejects(pinPost(cast.ctx, cast.alice, direct), refusal('invalid', /direct/))
    await assert.rejects(pinPost(cast.ctx, cast.bob, ids[1] ?? 0), refusal('invalid', /own posts/))
    const { boostId } = await boostPost(cast.ctx, cast.alice, ids[1] ?? 0)
    await assert.rejects(pinPost(cast.ctx, cast.alice, boostId), refusal('invalid', /boost/))
    await cast.settle()
    const told = cast.facts.map((fact) => fact.type).filter((type) => type.includes('pinned'))
    assert.deepEqual(told, [...Array<string>(5).fill('post-pinned'), 'post-unpinned'])
  })

  promise('bookmarks are of the post itself, also through a boost', async (cast) => {
    const id = await post(cast, cast.alice, 'x')
    const { boostId } = await boostPost(cast.ctx, cast.carol, id)
    await bookmarkPost(cast.ctx, cast.bob, boostId)
    await bookmarkPost(cast.ctx, cast.bob, id)
    const rows = () => cast.ctx.store.read.selectFrom('bookmarks').select('post_id').execute()
    assert.deepEqual(await rows(), [{ post_id: id }])
    await unbookmarkPost(cast.ctx, cast.bob, id)
    assert.deepEqual(await rows(), [])
  })

  promise(
    'guests answer an event, change their minds, and find no seat beyond its capacity',
    async (cast) => {
      const now = cast.ctx.clock.now()
      const event = {
        startsAt: now + 1000,
        status: 'confirmed' as const,
        joinMode: 'free' as const,
        capacity: 1,
      }
      const id = await post(cast, cast.alice, 'Come!', { title: 'Party', event })
      const answer = (accountId: number, answer: 'yes' | 'maybe' | 'no') =>
        answerEvent(cast.ctx, { accountId, postId: id, answer })
      assert.equal(await answer(cast.bob, 'yes'), true)
      assert.equal(await answer(cast.bob, 'yes'), false)
      await assert.rejects(answer(cast.carol, 'yes'), refusal('conflict', /full/))
      await answer(cast.carol, 'maybe')
      await answer(cast.bob, 'no')
      await withdrawAnswer(cast.ctx, cast.carol, id)
      await cast.settle()
      const row = await cast.ctx.store.read.selectFrom('events').selectAll().executeTakeFirstOrThrow()
      assert.deepEqual([row.yes_count, row.maybe_count, row.no_count], [0, 0, 1])
      assert.deepEqual(await noticesOf(cast, cast.alice), ['event bob', 'event carol'])
      cast.pass(2000)
      await assert.rejects(answer(cast.carol, 'yes'), refusal('invalid', /over/))
      await assert.rejects(post(cast, cast.alice, 'x', { event }), refusal('invalid', /title/))
    },
  )

  promise('the quoted author can take consent back, and settles what was pending', async (cast) => {
    const id = await post(cast, cast.alice, 'x')
    const quote = await post(cast, cast.bob, 'see', { quoteOfId: id })
    assert.equal((await found(cast, id)).quotes_count, 1)
    await assert.rejects(revokeQuote(cast.ctx, cast.carol, id, quote), refusal('not-found', /not found/))
    await revokeQuote(cast.ctx, cast.alice, id, quote)
    assert.equal((await found(cast, quote)).quote_state, 'revoked')
    assert.equal((await found(cast, id)).quotes_count, 0)
    assert.equal(await settleQuote(cast.ctx, { postId: quote, quotedId: id, state: 'accepted' }), true)
    assert.equal(await settleQuote(cast.ctx, { postId: quote, quotedId: id, state: 'accepted' }), false)
    assert.equal((await found(cast, id)).quotes_count, 1)
    await deletePost(cast.ctx, cast.alice, id)
    await cast.settle()
    const left = await found(cast, quote)
    assert.deepEqual([left.quote_state, left.quote_of_id], ['deleted', null])
  })
})
