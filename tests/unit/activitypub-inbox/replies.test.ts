// Who may answer a post of another server: closed comments, locks of groups, policies that want to be asked, and tags of neighbours.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { acceptFollow } from '../../../src/domain/follows/answer-follow.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { viewPost } from '../../../src/domain/posts/view-posts.ts'
import { writeStatus } from '../../../src/protocols/mastodon/write/status.ts'
import { statusText } from '../../../src/protocols/mastodon/write/status-text.ts'
import { draft, refusal } from '../../cast.ts'
import { validateEntity } from '../../contract/validate.ts'
import { forEachEngine } from '../../database.ts'
import type { Json, PeerActor } from './peer.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const CLOSED = /Comments on this post are closed/

forEachEngine((engine) => {
  let stage: Stage
  let gardeners: PeerActor
  before(async () => {
    stage = await openStage(engine)
    gardeners = await stage.far.actor('gardeners', { type: 'Group' })
  })
  after(() => stage.close())

  const rowOf = async (uri: string) =>
    stage.ctx.store.read.selectFrom('posts').selectAll().where('uri', '=', uri).executeTakeFirstOrThrow()
  const idOf = async (uri: string): Promise<number> => (await rowOf(uri)).id
  /** A post by dave that arrived here; its id and address. */
  const receive = async (change: Json = {}): Promise<{ uri: string; id: number }> => {
    const note = noteBy(stage.dave, change)
    await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note))
    await stage.settle()
    return { uri: note.id, id: await idOf(note.id) }
  }
  const reply = (to: number, text = 'my answer') =>
    publishPost(stage.ctx, stage.alice, draft(text, { inReplyToId: to }))
  const shown = async (id: number, as: 'alice' | 'anybody' = 'alice') => {
    const reader = as === 'alice' ? stage.alice : undefined
    const view = await viewPost(stage.ctx.store.read, reader, id)
    const frame = { urls: stage.ctx.urls, viewerId: reader, now: stage.now() }
    const status = writeStatus(view, frame)
    assert.deepEqual(validateEntity('Status', JSON.parse(JSON.stringify(status))), [])
    assert.equal(statusText(view, frame), JSON.stringify(status))
    return status.reply_approval
  }
  const sent = (type: string, path?: string) =>
    stage.far.received.filter(({ body, path: at }) => body['type'] === type && (path ?? at) === at)
  const befriend = async (actor: PeerActor): Promise<void> => {
    const id = await stage.ctx.remote.accountByUri(actor.uri)
    assert.ok(id !== undefined)
    await followAccount(stage.ctx, stage.alice, id)
    await acceptFollow(stage.ctx, id, stage.alice)
    await stage.settle()
  }

  describe('a post whose comments are closed', () => {
    it('is not answered here, whichever way its server says so, and shows that', async () => {
      const ways: Json[] = [
        { commentsEnabled: false },
        { commentsPolicy: 2 },
        { locked: true },
        { capabilities: { reply: [] } },
        { interactionPolicy: { canReply: { automaticApproval: [stage.dave.uri], manualApproval: [] } } },
      ]
      for (const way of ways) {
        const { id } = await receive(way)
        await assert.rejects(
          reply(id),
          refusal('forbidden', /closed|does not want replies/),
          JSON.stringify(way),
        )
        assert.deepEqual(await shown(id), { automatic: [], manual: [], current_user: 'denied' })
      }
      const { id } = await receive({ commentsEnabled: true, capabilities: { reply: PUBLIC } })
      assert.equal(await shown(id), undefined)
      await reply(id)
    })

    it('opens again when its author says so, and its answers are closed with it', async () => {
      const closed = { commentsEnabled: false, published: new Date(stage.now()).toISOString() }
      const { uri, id } = await receive(closed)
      const answer = await receive({ inReplyTo: uri })
      await assert.rejects(reply(answer.id), refusal('forbidden', CLOSED))
      const row = await rowOf(uri)
      const opened = {
        ...JSON.parse(JSON.stringify(noteBy(stage.dave, closed))),
        id: row.uri,
        commentsEnabled: true,
      }
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Update', opened))
      await stage.settle()
      assert.equal(await shown(id), undefined)
      await reply(answer.id)
    })
  })

  describe('a lock', () => {
    const announced = (activity: Json, by = gardeners): Promise<number> =>
      stage.deliver(by, activityBy(by, 'Announce', activity, { to: [PUBLIC] }))

    it('by the group closes and opens its thread, by others nothing', async () => {
      const { uri, id } = await receive({ audience: gardeners.uri, cc: [gardeners.uri] })
      assert.ok((await rowOf(uri)).group_id)
      const mod = await stage.evil.actor('mod')
      const lock = activityBy(mod, 'Lock', uri)
      const others = await stage.evil.actor('others', { type: 'Group' })
      await announced(lock, others)
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Lock', uri))
      await stage.settle()
      assert.equal(await shown(id), undefined)
      await announced(lock)
      await stage.settle()
      assert.equal((await shown(id))?.current_user, 'denied')
      await assert.rejects(reply(id), refusal('forbidden', CLOSED))
      const unlock = activityBy(mod, 'Undo', lock)
      await announced(unlock, others)
      await stage.settle()
      assert.equal((await shown(id))?.current_user, 'denied')
      await announced(unlock)
      await stage.settle()
      assert.equal(await shown(id), undefined)
      await reply(id)
    })

    it('outlives an edit that says nothing of comments', async () => {
      const { uri, id } = await receive({ audience: gardeners.uri, cc: [gardeners.uri] })
      await announced(activityBy(stage.dave, 'Lock', uri))
      const updated = new Date(stage.now()).toISOString()
      const edited = { ...noteBy(stage.dave), id: uri, content: '<p>Edited</p>', updated }
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Update', edited))
      await stage.settle()
      assert.equal((await rowOf(uri)).content, '<p>Edited</p>')
      assert.equal((await shown(id))?.current_user, 'denied')
    })
  })

  describe('a post whose author wants to be asked', () => {
    const canReply = (automatic: string[], manual: string[]): Json => ({
      interactionPolicy: { canReply: { automaticApproval: automatic, manualApproval: manual } },
    })

    it('is answered once its author agrees: until then nobody but the author gets the answer', async () => {
      await befriend(stage.dave)
      const { uri, id } = await receive(canReply([stage.dave.uri], [PUBLIC]))
      assert.deepEqual(await shown(id), { automatic: [], manual: ['public'], current_user: 'manual' })
      assert.equal((await shown(id, 'anybody'))?.current_user, 'denied')
      stage.far.received.length = 0
      const { postId } = await reply(id, 'may I?')
      await stage.settle()
      const [request] = sent('ReplyRequest')
      assert.ok(request, 'a request was sent')
      assert.equal(request.path, `${new URL(stage.dave.uri).pathname}/inbox`)
      assert.equal(request.body['object'], uri)
      const instrument = request.body['instrument'] as Json
      assert.equal(instrument['inReplyTo'], uri)
      assert.equal(sent('Create').length, 0)
      const answer = String(instrument['id'])
      const stamp = 'http://far.test/authorizations/1'
      const accept = (actor: PeerActor, result: string): Promise<number> =>
        stage.deliver(actor, activityBy(actor, 'Accept', answer, { result, target: uri }))
      await accept(stage.mallory, 'http://evil.test/authorizations/1')
      await stage.settle()
      assert.equal(sent('Create').length, 0)
      await accept(stage.dave, stamp)
      await accept(stage.dave, stamp)
      await stage.settle()
      const created = sent('Create')
      assert.equal(created.length, 1)
      const object = created[0]?.body['object'] as Json
      assert.deepEqual([object['replyAuthorization'], object['approvedBy']], [stamp, stamp])
      await deletePost(stage.ctx, stage.alice, postId)
      await stage.settle()
      assert.equal((await stage.ctx.store.read.selectFrom('reply_consents').selectAll().execute()).length, 0)
    })

    it('that refuses keeps the answer from going anywhere', async () => {
      const { id } = await receive(canReply([], [PUBLIC]))
      stage.far.received.length = 0
      const { postId } = await reply(id, 'and now?')
      await stage.settle()
      const request = sent('ReplyRequest')[0]?.body
      assert.ok(request)
      const named = {
        id: request['id'],
        type: 'ReplyRequest',
        instrument: (request['instrument'] as Json)['id'],
      }
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Reject', named))
      await stage.settle()
      assert.equal(sent('Create').length, 0)
      const consents = await stage.ctx.store.read.selectFrom('reply_consents').selectAll().execute()
      assert.deepEqual(consents, [{ post_id: postId, state: 'rejected', uri: null }])
      await deletePost(stage.ctx, stage.alice, postId)
    })

    it('lets those reply at once whom it mentions, and asks older servers by the answer itself', async () => {
      const mention = { tag: [{ type: 'Mention', href: 'http://here.test/users/alice' }] }
      const named = await receive({ ...canReply([], []), ...mention, cc: ['http://here.test/users/alice'] })
      assert.equal((await shown(named.id))?.current_user, 'automatic')
      await reply(named.id)
      const old = { canReply: { always: [`${stage.dave.uri}/followers`], approvalRequired: [] } }
      const { id } = await receive({ interactionPolicy: old })
      assert.deepEqual(await shown(id), { automatic: ['followers'], manual: [], current_user: 'automatic' })
      await assert.rejects(
        publishPost(stage.ctx, stage.bob, draft('no', { inReplyToId: id })),
        refusal('forbidden', /Only followers/),
      )
      stage.far.received.length = 0
      await reply(id)
      await stage.settle()
      assert.deepEqual(
        sent('Create').map(({ path }) => path),
        [`${new URL(stage.dave.uri).pathname}/inbox`],
      )
    })

    it('of ours is nobody: who asks has answered', async () => {
      const { postId } = await publishPost(stage.ctx, stage.alice, draft('ask me'))
      const { uri } = (await viewPost(stage.ctx.store.read, stage.alice, postId)).post
      const note = noteBy(stage.dave, { inReplyTo: uri })
      const forged = { ...noteBy(stage.dave, { inReplyTo: uri }) }
      const ask = (actor: PeerActor, instrument: Json): Promise<number> =>
        stage.deliver(actor, activityBy(actor, 'ReplyRequest', uri, { instrument }))
      await ask(stage.dave, note)
      await ask(stage.mallory, forged)
      await stage.settle()
      assert.equal((await rowOf(note.id)).in_reply_to_id, postId)
      await assert.rejects(rowOf(forged.id))
    })

    it('may be quoted once its author agrees', async () => {
      const { id } = await receive({
        interactionPolicy: { canQuote: { automaticApproval: [], manualApproval: [PUBLIC] } },
      })
      const { postId } = await publishPost(stage.ctx, stage.bob, draft('look', { quoteOfId: id }))
      const row = await stage.ctx.store.read
        .selectFrom('posts')
        .select('quote_state')
        .where('id', '=', postId)
        .executeTakeFirst()
      assert.equal(row?.quote_state, 'pending')
    })
  })

  describe('a hashtag that somebody elsewhere puts on a post', () => {
    const tagsOf = async (id: number): Promise<string[]> => {
      const rows = await stage.ctx.store.read
        .selectFrom('post_tags as pt')
        .innerJoin('tags as t', 't.id', 'pt.tag_id')
        .select('t.name')
        .where('pt.post_id', '=', id)
        .execute()
      return rows.map((row) => row.name).toSorted()
    }
    const tag = async (by: PeerActor, uri: string, name: string): Promise<void> => {
      const object = { type: 'tag', id: `http://far.test/search?tag=${name}`, name }
      await stage.deliver(by, activityBy(by, 'Add', object, { target: uri }))
      await stage.settle()
    }

    it('is taken from whom the author follows and from the author, and from no stranger', async () => {
      const { postId } = await publishPost(stage.ctx, stage.alice, draft('fresh bread'))
      const uri = (await viewPost(stage.ctx.store.read, stage.alice, postId)).post.uri
      await tag(stage.mallory, uri, 'shame')
      assert.deepEqual(await tagsOf(postId), [])
      await tag(stage.dave, uri, 'Bread')
      await tag(stage.dave, uri, 'not a tag!')
      assert.deepEqual(await tagsOf(postId), ['bread'])
      for (let n = 0; n < 30; n += 1) await tag(stage.dave, uri, `filler${n}`)
      assert.equal((await tagsOf(postId)).length, 20)
      const theirs = await receive()
      await tag(stage.mallory, theirs.uri, 'shame')
      await tag(stage.dave, theirs.uri, 'own')
      assert.deepEqual(await tagsOf(theirs.id), ['own'])
    })
  })
})
