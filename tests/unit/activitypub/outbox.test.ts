// Which deed of a local account reaches whom elsewhere, and in which words.
import assert from 'node:assert/strict'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { acceptFollow, rejectFollow } from '../../../src/domain/follows/answer-follow.ts'
import { blockAccount, unblockAccount } from '../../../src/domain/follows/block-account.ts'
import { unfollowAccount } from '../../../src/domain/follows/unfollow-account.ts'
import { boostPost } from '../../../src/domain/posts/boost-post.ts'
import { keepQuoteStamp } from '../../../src/domain/federation/quote-stamps.ts'
import { removeAnyPost } from '../../../src/domain/posts/delete-post.ts'
import { settleQuote } from '../../../src/domain/posts/settle-quote.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { undoBoost } from '../../../src/domain/posts/undo-boost.ts'
import { outboxJobs } from '../../../src/protocols/activitypub/outbox.ts'
import { PUBLIC } from '../../../src/protocols/activitypub/wire.ts'
import { draft, incoming } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import type { Peer } from './peer.ts'
import { giveKeys, sceneTest } from './scene.ts'
import type { Scene } from './scene.ts'

type Json = Record<string, unknown>

const ALICE = 'https://here.test/users/alice'

/** What a peer was told, newest last: types, with the inner type of an Undo. */
function told(peer: Peer): string[] {
  return peer.received.map(({ json }) => {
    const inner = json['object'] as Json | string
    const type = String(json['type'])
    return type === 'Undo' && typeof inner === 'object' ? `Undo ${String(inner['type'])}` : type
  })
}

function last(peer: Peer): Json {
  const { json = {} } = peer.received.at(-1) ?? {}
  return json
}

interface Stage {
  peer: Peer
  fay: number
  uri: string
}

async function stage(scene: Scene): Promise<Stage> {
  const peer = await scene.peer()
  return { peer, fay: await scene.personAt(peer, 'fay'), uri: `${peer.origin}/users/fay` }
}

/** A public post by fay, known here. */
async function postByFay(scene: Scene, { peer, uri }: Stage, change: object = {}): Promise<number> {
  const post = incoming('Hello from afar', { uri: `${peer.origin}/notes/1`, authorUri: uri, ...change })
  await receivePost(scene.ctx, post)
  const row = await scene.ctx.store.read
    .selectFrom('posts')
    .select('id')
    .where('uri', '=', post.uri)
    .executeTakeFirstOrThrow()
  await scene.deliver()
  return row.id
}

forEachEngine((engine) => {
  const promise = (name: string, run: (scene: Scene, stage: Stage) => Promise<void>): void =>
    sceneTest(engine, name, async (scene) => run(scene, await stage(scene)))

  promise(
    'a follow, its end, a block and its end reach the person concerned',
    async (scene, { peer, fay, uri }) => {
      const follow = await followAccount(scene.ctx, scene.alice, fay)
      await scene.deliver()
      const sent = last(peer)
      assert.deepEqual(
        [sent['type'], sent['id'], sent['actor'], sent['object']],
        ['Follow', follow.uri, ALICE, uri],
      )
      assert.equal(peer.received[0]?.path, '/users/fay/inbox')
      await unfollowAccount(scene.ctx, scene.alice, fay)
      await scene.deliver()
      assert.equal((last(peer)['object'] as Json)['id'], follow.uri)
      await blockAccount(scene.ctx, scene.alice, fay)
      await scene.deliver()
      await unblockAccount(scene.ctx, scene.alice, fay)
      await scene.deliver()
      assert.deepEqual(told(peer), ['Follow', 'Undo Follow', 'Block', 'Undo Block'])
    },
  )

  promise(
    'a follower from elsewhere is accepted, and removed later, by the id of the request',
    async (scene, { peer, fay, uri }) => {
      const request = `${uri}/follows/1`
      await followAccount(scene.ctx, fay, scene.alice, { uri: request })
      await scene.deliver()
      const accept = last(peer)
      assert.deepEqual([accept['type'], accept['actor']], ['Accept', ALICE])
      assert.deepEqual(accept['object'], { id: request, type: 'Follow', actor: uri, object: ALICE })
      await rejectFollow(scene.ctx, scene.alice, fay)
      await scene.deliver()
      assert.equal(last(peer)['type'], 'Reject')
      assert.equal((last(peer)['object'] as Json)['id'], request)
    },
  )

  promise(
    'follows between two people elsewhere are nobody’s business of ours',
    async (scene, { peer, fay }) => {
      const gus = await scene.personAt(peer, 'gus')
      await scene.follow(fay, gus, { id: 77 } as object)
      await acceptFollow(scene.ctx, gus, fay)
      await scene.tell({ type: 'follow-accepted', accountId: fay, targetId: gus, automatic: false })
      await scene.deliverer.idle()
      assert.deepEqual(told(peer), [])
    },
  )

  promise('likes, dislikes and emoji reach the author and can be taken back', async (scene, at) => {
    const postId = await postByFay(scene, at)
    for (const [id, kind, emoji] of [
      [1, 'like', ''],
      [2, 'dislike', ''],
      [3, 'emoji', '🎉'],
    ] as const) {
      const uri = `https://here.test/activities/like/${id}`
      const row = { id, post_id: postId, account_id: scene.alice, kind, emoji, uri, created_at: 1 }
      await scene.ctx.store.write((tx) => tx.insertInto('reactions').values(row).execute())
      await scene.tell({ type: 'reaction-added', reactionId: id, postId, accountId: scene.alice })
    }
    await scene.deliverer.idle()
    assert.deepEqual(told(at.peer).sort(), ['Dislike', 'EmojiReact', 'Like'])
    for (const { json } of at.peer.received) {
      assert.equal(json['object'], `${at.peer.origin}/notes/1`)
      assert.equal((json['signature'] as Json)['type'], 'RsaSignature2017')
    }
    const react = at.peer.received.find(({ json }) => json['type'] === 'EmojiReact')?.json
    assert.equal(react?.['content'], '🎉')
    const undone = { id: 1, uri: 'https://here.test/activities/like/1', kind: 'like', emoji: '', postId }
    const rest = { postUri: `${at.peer.origin}/notes/1`, postAuthorId: at.fay, accountId: scene.alice }
    await scene.tell({ type: 'reaction-undone', reaction: { ...undone, ...rest } })
    await scene.deliverer.idle()
    assert.deepEqual(told(at.peer).at(-1), 'Undo Like')
    assert.equal((last(at.peer)['object'] as Json)['id'], undone.uri)
  })

  promise('a boost reaches followers and the author, and so does its end', async (scene, at) => {
    const postId = await postByFay(scene, at)
    const other = await scene.peer()
    await scene.follow(await scene.personAt(other, 'hal'), scene.alice)
    await boostPost(scene.ctx, scene.alice, postId)
    await scene.deliver()
    await undoBoost(scene.ctx, scene.alice, postId)
    await scene.deliver()
    for (const peer of [at.peer, other]) assert.deepEqual(told(peer), ['Announce', 'Undo Announce'])
    const announce = other.received[0]?.json ?? {}
    assert.equal(announce['object'], `${at.peer.origin}/notes/1`)
    assert.deepEqual(announce['to'], [PUBLIC])
    assert.ok((announce['cc'] as string[]).includes(at.uri))
    assert.equal((last(other)['object'] as Json)['id'], announce['id'])
  })

  promise('an answer reaches the author of what it answers, and people it mentions', async (scene, at) => {
    const postId = await postByFay(scene, at)
    await publishPost(scene.ctx, scene.alice, draft('Indeed', { inReplyToId: postId }))
    await scene.deliver()
    const note = last(at.peer)['object'] as Json
    assert.equal(note['inReplyTo'], `${at.peer.origin}/notes/1`)
    assert.ok((last(at.peer)['cc'] as string[]).includes(at.uri))
  })

  promise('votes go to the poll’s author, one for each choice', async (scene, at) => {
    const poll = {
      options: ['Rye', 'Spelt', 'Oat'].map((title) => ({ title, votes: 0 })),
      multiple: true,
      expiresAt: scene.ctx.clock.now() + 3_600_000,
    }
    const postId = await postByFay(scene, at, { kind: 'question', poll })
    for (const choice of [0, 2]) {
      const row = { id: 10 + choice, post_id: postId, account_id: scene.alice, choice, created_at: 1 }
      await scene.ctx.store.write((tx) => tx.insertInto('poll_votes').values(row).execute())
    }
    await scene.tell({ type: 'poll-voted', postId, accountId: scene.alice, choices: [0, 2] })
    await scene.deliverer.idle()
    const votes = at.peer.received.map(({ json }) => json['object'] as Json)
    assert.deepEqual(votes.map((vote) => String(vote['name'])).sort(), ['Oat', 'Rye'])
    for (const vote of votes) {
      assert.equal(vote['content'], undefined)
      assert.deepEqual(vote['to'], [at.uri])
      assert.equal(vote['inReplyTo'], `${at.peer.origin}/notes/1`)
    }
  })

  promise('the state of our polls is told once for many votes', async (scene, { peer, fay }) => {
    await scene.follow(fay, scene.alice)
    const poll = { options: ['Yes', 'No'], expiresInSeconds: 3600, multiple: false, hideTotals: false }
    const { postId } = await publishPost(scene.ctx, scene.alice, draft('Well?', { poll }))
    await scene.deliver()
    for (let count = 0; count < 3; count += 1) {
      await scene.tell({ type: 'poll-voted', postId, accountId: fay, choices: [0] })
    }
    const jobs = await scene.ctx.store.read
      .selectFrom('jobs')
      .select(['kind', 'payload'])
      .where('queue', '=', outboxJobs[0]?.queue ?? '')
      .execute()
    assert.equal(jobs.length, 1)
    await outboxJobs[0]?.run(scene.ctx, JSON.parse(jobs[0]?.payload ?? ''))
    await scene.deliverer.idle()
    assert.deepEqual(told(peer), ['Create', 'Update'])
    assert.equal((last(peer)['object'] as Json)['type'], 'Question')
  })

  promise('quoting somebody elsewhere asks for consent; consent of ours is a stamp', async (scene, at) => {
    const postId = await postByFay(scene, at)
    const { postId: quoting } = await publishPost(
      scene.ctx,
      scene.alice,
      draft('Look', { quoteOfId: postId }),
    )
    await scene.deliver()
    assert.deepEqual(told(at.peer).sort(), ['Create', 'QuoteRequest'])
    const request = at.peer.received.find(({ json }) => json['type'] === 'QuoteRequest')?.json ?? {}
    assert.equal(request['object'], `${at.peer.origin}/notes/1`)
    assert.equal((request['instrument'] as Json)['id'], `${ALICE}/posts/${quoting}`)
    const quote = { uri: `${at.peer.origin}/notes/2`, quoteUri: `${ALICE}/posts/${quoting}` }
    const quotedBy = await postByFay(scene, at, quote)
    await scene.ctx.store.write((tx) =>
      tx
        .updateTable('posts')
        .set({ quote_of_id: quoting, quote_state: 'accepted' })
        .where('id', '=', quotedBy)
        .execute(),
    )
    await scene.tell({ type: 'quote-settled', postId: quotedBy, quotedId: quoting, state: 'accepted' })
    await scene.deliverer.idle()
    assert.equal(last(at.peer)['type'], 'Accept')
    assert.equal(last(at.peer)['result'], `${ALICE}/posts/${quoting}/quotes/${quotedBy}`)
  })

  promise(
    'consent that was given to a quote of ours is shown to whoever has the quote',
    async (scene, at) => {
      await scene.follow(at.fay, scene.alice)
      const postId = await postByFay(scene, at, { raw: '{"interactionPolicy":{"canQuote":{}}}' })
      const { postId: quoting } = await publishPost(
        scene.ctx,
        scene.alice,
        draft('Look', { quoteOfId: postId }),
      )
      await scene.deliver()
      await keepQuoteStamp(scene.ctx, quoting, `${at.peer.origin}/stamps/1`)
      await settleQuote(scene.ctx, { postId: quoting, quotedId: postId, state: 'accepted' })
      await scene.deliver()
      assert.equal(last(at.peer)['type'], 'Update')
      const note = last(at.peer)['object'] as Json
      assert.equal(note['quoteAuthorization'], `${at.peer.origin}/stamps/1`)
      assert.equal(note['quote'], `${at.peer.origin}/notes/1`)
    },
  )

  promise(
    'a deleted account says that it is gone, and not one by one what is',
    async (scene, { peer, fay }) => {
      await scene.follow(fay, scene.alice)
      const { postId } = await publishPost(scene.ctx, scene.alice, draft('One of many'))
      await scene.deliver()
      await scene.ctx.store.write((tx) =>
        tx.updateTable('accounts').set({ deleted_at: 1 }).where('id', '=', scene.alice).execute(),
      )
      await removeAnyPost(scene.ctx, postId)
      await scene.deliver()
      assert.deepEqual(told(peer), ['Create'])
    },
  )

  promise('a pin, a changed profile and a move reach followers', async (scene, { peer, fay }) => {
    await scene.follow(fay, scene.alice)
    const { postId } = await publishPost(scene.ctx, scene.alice, draft('Pin me'))
    await scene.deliver()
    await scene.tell({ type: 'post-pinned', postId, accountId: scene.alice })
    await scene.tell({
      type: 'post-unpinned',
      postId,
      accountId: scene.alice,
      uri: `${ALICE}/posts/${postId}`,
    })
    await scene.tell({ type: 'account-updated', accountId: scene.alice })
    await scene.tell({ type: 'account-moved', accountId: scene.alice, targetId: scene.dave })
    await scene.deliverer.idle()
    assert.deepEqual(told(peer).sort(), ['Add', 'Create', 'Move', 'Remove', 'Update', 'Update'])
    const add = peer.received.find(({ json }) => json['type'] === 'Add')?.json ?? {}
    assert.equal(add['target'], `${ALICE}/collections/featured`)
    const move = peer.received.find(({ json }) => json['type'] === 'Move')?.json ?? {}
    assert.deepEqual([move['object'], move['target']], [ALICE, 'https://far.test/users/dave'])
  })

  promise('a deleted account is told to every server that knows us', async (scene, { peer }) => {
    const stranger = await scene.peer()
    await scene.personAt(stranger, 'ida')
    await scene.tell({ type: 'account-deleted', accountId: scene.alice, uri: ALICE })
    await scene.ctx.store.write((tx) => tx.deleteFrom('deliveries').where('host', 'like', '%.test').execute())
    await scene.deliverer.idle()
    for (const one of [peer, stranger]) {
      assert.deepEqual([last(one)['type'], last(one)['object']], ['Delete', ALICE])
    }
  })

  promise('a report is passed on in the name of the server, and only when asked for', async (scene, at) => {
    const postId = await postByFay(scene, at)
    const server = await scene.addLocal('here.test', { kind: 'application', uri: 'https://here.test/actor' })
    await giveKeys(scene, server, 'https://here.test/actor')
    const report = {
      account_id: scene.alice,
      target_id: at.fay,
      post_ids: JSON.stringify([postId]),
      comment: 'Spam',
    }
    const times = { created_at: 1, updated_at: 1 }
    await scene.ctx.store.write(async (tx) => {
      await tx
        .insertInto('reports')
        .values({ id: 1, ...report, ...times, forwarded: 0 })
        .execute()
      await tx
        .insertInto('reports')
        .values({ id: 2, ...report, ...times, forwarded: 1 })
        .execute()
    })
    await scene.tell({ type: 'report-filed', reportId: 1 }, { type: 'report-filed', reportId: 2 })
    await scene.deliverer.idle()
    assert.deepEqual(told(at.peer), ['Flag'])
    const flag = last(at.peer)
    assert.equal(flag['actor'], 'https://here.test/actor')
    assert.deepEqual(flag['object'], [at.uri, `${at.peer.origin}/notes/1`])
    assert.ok(!JSON.stringify(flag).includes('alice'))
  })

  promise('a group of ours spreads what is posted to it, plainly and whole', async (scene, { peer, fay }) => {
    const group = await scene.addLocal('bakers', { kind: 'group' })
    await giveKeys(scene, group, 'https://here.test/users/bakers')
    const member = { group_id: group, account_id: fay, id: 1, created_at: 0 }
    await scene.ctx.store.write((tx) => tx.insertInto('memberships').values(member).execute())
    const { postId } = await publishPost(scene.ctx, scene.alice, draft('Bread'))
    await scene.ctx.store.write((tx) =>
      tx.updateTable('posts').set({ group_id: group }).where('id', '=', postId).execute(),
    )
    await scene.deliver()
    const announces = peer.received.map(({ json }) => json).filter((json) => json['type'] === 'Announce')
    assert.equal(announces.length, 2)
    for (const announce of announces) assert.equal(announce['actor'], 'https://here.test/users/bakers')
    const objects = announces.map((announce) => announce['object'])
    assert.ok(objects.includes(`${ALICE}/posts/${postId}`))
    assert.ok(objects.some((object) => (object as Json)['type'] === 'Create'))
  })

  promise('deeds of people elsewhere are never told in our name', async (scene, at) => {
    await scene.follow(at.fay, scene.bob)
    const postId = await postByFay(scene, at)
    await scene.tell(
      { type: 'post-published', postId, accountId: at.fay, boostOfId: null },
      { type: 'post-edited', postId, accountId: at.fay },
      { type: 'account-updated', accountId: at.fay },
      { type: 'follow-requested', accountId: at.fay, targetId: scene.bob },
      { type: 'block-added', accountId: at.fay, targetId: scene.alice },
      { type: 'poll-voted', postId, accountId: at.fay, choices: [0] },
    )
    await scene.deliverer.idle()
    assert.deepEqual(told(at.peer), [])
    assert.deepEqual(await scene.deliveries(), [])
  })
})
