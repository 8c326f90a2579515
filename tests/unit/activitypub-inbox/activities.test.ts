// What people of other servers do reaches people here: each kind of activity, with its undoing.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { forEachEngine } from '../../database.ts'
import { draft } from '../../cast.ts'
import type { Json, PeerActor } from './peer.ts'
import { activityBy, noteBy, openStage, START } from './stage.ts'
import type { Stage } from './stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

forEachEngine((engine) => {
  describe('an activity of another server', () => {
    let stage: Stage
    let davesId: number
    before(async () => {
      stage = await openStage(engine)
      davesId = (await stage.ctx.remote.accountByUri(stage.dave.uri)) ?? 0
    })
    after(() => stage.close())

    const send = async (activity: Json, actor: PeerActor = stage.dave, path = '/inbox'): Promise<void> => {
      assert.equal(await stage.deliver(actor, activity, { path }), 202)
      await stage.settle()
    }
    const read = () => stage.ctx.store.read
    const post = async (uri: string) =>
      read().selectFrom('posts').selectAll().where('uri', '=', uri).executeTakeFirst()
    const published = async (text: string, change = {}) => {
      const { postId } = await publishPost(stage.ctx, stage.alice, draft(text, change))
      await stage.settle()
      const row = await read()
        .selectFrom('posts')
        .selectAll()
        .where('id', '=', postId)
        .executeTakeFirstOrThrow()
      return row
    }
    const follows = async (accountId: number, targetId: number) =>
      (
        await read()
          .selectFrom('follows')
          .select('accepted')
          .where('account_id', '=', accountId)
          .where('target_id', '=', targetId)
          .executeTakeFirst()
      )?.accepted
    const notices = async (accountId: number): Promise<string[]> =>
      (
        await read()
          .selectFrom('notifications')
          .select('kind')
          .where('account_id', '=', accountId)
          .orderBy('id')
          .execute()
      ).map((row) => row.kind)
    const alice = () => stage.ctx.urls.account('alice')
    const told = (type: string) =>
      stage.far.received.filter(({ body }) => body['type'] === type).map(({ body }) => body)

    it('makes a follower, who is told, and can leave again', async () => {
      const follow = activityBy(stage.dave, 'Follow', alice())
      await send(follow)
      assert.equal(await follows(davesId, stage.alice), 1)
      const accepted = told('Accept').at(-1)?.['object'] as Json | undefined
      assert.equal(accepted?.['id'], follow['id'])
      assert.ok((await notices(stage.alice)).includes('follow'))
      await send(activityBy(stage.mallory, 'Undo', follow), stage.mallory)
      assert.equal(await follows(davesId, stage.alice), 1, 'nobody else can end it')
      await send(activityBy(stage.mallory, 'Undo', { ...follow, actor: stage.mallory.uri }), stage.mallory)
      assert.equal(await follows(davesId, stage.alice), 1)
      await send(activityBy(stage.dave, 'Undo', follow))
      assert.equal(await follows(davesId, stage.alice), undefined)
      await send(activityBy(stage.dave, 'Undo', activityBy(stage.dave, 'Follow', alice())))
    })

    it('answers a follow of a post with nothing, and makes no follower', async () => {
      const row = await published('Follow this')
      await send(activityBy(stage.dave, 'Follow', row.uri))
      assert.equal(await follows(davesId, stage.alice), undefined)
    })

    it('accepts only follows that were asked for', async () => {
      const uninvited = { type: 'Follow', id: `${alice()}#f1`, actor: alice(), object: stage.dave.uri }
      await send(activityBy(stage.dave, 'Accept', uninvited))
      assert.equal(await follows(stage.alice, davesId), undefined)
      const counts = stage.ctx.store.read.selectFrom('accounts').select('following_count')
      const { following_count: following } = await counts
        .where('id', '=', stage.alice)
        .executeTakeFirstOrThrow()
      assert.equal(following, 0, 'nor is it counted')
      const { uri } = await followAccount(stage.ctx, stage.alice, davesId)
      await stage.settle()
      assert.equal(told('Follow').at(-1)?.['id'], uri)
      await send(
        activityBy(stage.mallory, 'Accept', {
          type: 'Follow',
          id: uri,
          actor: alice(),
          object: stage.dave.uri,
        }),
        stage.mallory,
      )
      assert.equal(await follows(stage.alice, davesId), 0)
      await send(activityBy(stage.dave, 'Accept', uri))
      assert.equal(await follows(stage.alice, davesId), 1)
      await send(
        activityBy(stage.dave, 'Reject', { type: 'Follow', id: uri, actor: alice(), object: stage.dave.uri }),
      )
      assert.equal(await follows(stage.alice, davesId), undefined)
    })

    it('brings a post to those who follow its author', async () => {
      await followAccount(stage.ctx, stage.bob, davesId)
      await stage.settle()
      await send(
        activityBy(stage.dave, 'Accept', {
          type: 'Follow',
          actor: stage.ctx.urls.account('bob'),
          object: stage.dave.uri,
        }),
      )
      const note = noteBy(stage.dave)
      await send(activityBy(stage.dave, 'Create', note))
      const row = await post(note.id)
      const entry = await read()
        .selectFrom('feed_entries')
        .select('post_id')
        .where('feed_id', '=', stage.bob)
        .where('post_id', '=', row?.id ?? 0)
        .executeTakeFirst()
      assert.ok(entry)
    })

    it('likes, dislikes and reacts, and takes each back', async () => {
      const row = await published('Like me')
      const counts = async () => {
        const now = await post(row.uri)
        const reactions = await read()
          .selectFrom('reactions')
          .select(['kind', 'emoji'])
          .where('post_id', '=', row.id)
          .orderBy('kind')
          .execute()
        return {
          likes: now?.likes_count,
          dislikes: now?.dislikes_count,
          reactions: reactions.map((one) => `${one.kind} ${one.emoji}`.trim()).toSorted(),
        }
      }
      const like = activityBy(stage.dave, 'Like', row.uri)
      const dislike = activityBy(stage.dave, 'Dislike', row.uri)
      const emoji = activityBy(stage.dave, 'EmojiReact', row.uri, { content: '🦥' })
      const custom = activityBy(stage.dave, 'Like', row.uri, {
        _misskey_reaction: ':blob:',
        tag: [
          {
            type: 'Emoji',
            id: 'http://far.test/emojis/blob',
            name: ':blob:',
            icon: { type: 'Image', url: 'http://far.test/blob.png' },
          },
        ],
      })
      for (const activity of [like, like, dislike, emoji, custom]) await send(activity)
      assert.deepEqual(await counts(), {
        likes: 1,
        dislikes: 1,
        reactions: ['dislike', 'emoji 🦥', 'emoji :blob@far.test:', 'like'].toSorted(),
      })
      await send(activityBy(stage.mallory, 'Undo', { ...like, actor: stage.mallory.uri }), stage.mallory)
      assert.equal((await counts()).likes, 1)
      await send(activityBy(stage.dave, 'Undo', like))
      await send(activityBy(stage.dave, 'Undo', { type: 'Dislike', actor: stage.dave.uri, object: row.uri }))
      await send(activityBy(stage.dave, 'Undo', emoji['id']))
      await send(activityBy(stage.dave, 'Undo', { ...custom, id: undefined }))
      assert.deepEqual(await counts(), { likes: 0, dislikes: 0, reactions: [] })
    })

    it('boosts, and takes the boost back, in any order', async () => {
      const row = await published('Boost me')
      const boost = activityBy(stage.dave, 'Announce', row.uri, {
        to: [PUBLIC],
        published: new Date(START).toISOString(),
      })
      await send(boost)
      assert.equal((await post(row.uri))?.boosts_count, 1)
      await send(activityBy(stage.dave, 'Undo', boost))
      assert.equal((await post(row.uri))?.boosts_count, 0)
      const late = activityBy(stage.dave, 'Announce', row.uri, { to: [PUBLIC] })
      await send(activityBy(stage.dave, 'Undo', late))
      await send(late)
      assert.equal((await post(row.uri))?.boosts_count, 0)
    })

    it('counts each voter once in a poll of ours', async () => {
      const row = await published('Tea?', {
        poll: { options: ['Yes', 'No'], expiresInSeconds: 3600, multiple: false, hideTotals: false },
      })
      const vote = (name: string): Json => {
        const { published: _, content: __, cc: ___, ...note } = noteBy(stage.dave, { to: [alice()] })
        return activityBy(stage.dave, 'Create', { ...note, name, inReplyTo: row.uri })
      }
      await send(vote('Yes'))
      await send(vote('Yes'))
      await send(vote('No'))
      await send(vote('Perhaps'))
      const poll = await read()
        .selectFrom('polls')
        .select(['options', 'voters_count'])
        .where('post_id', '=', row.id)
        .executeTakeFirst()
      assert.deepEqual(JSON.parse(poll?.options ?? ''), [
        { title: 'Yes', votes: 1 },
        { title: 'No', votes: 0 },
      ])
      assert.equal(poll?.voters_count, 1)
      assert.equal(
        await read().selectFrom('posts').select('id').where('in_reply_to_id', '=', row.id).executeTakeFirst(),
        undefined,
      )
    })

    it('answers an event of ours, in the words of Mobilizon and of Friendica', async () => {
      const row = await published('Party', {
        title: 'Party',
        event: { startsAt: START + 86_400_000, status: 'confirmed', joinMode: 'free' },
      })
      const answers = async () =>
        read()
          .selectFrom('events')
          .select(['yes_count', 'maybe_count', 'no_count'])
          .where('post_id', '=', row.id)
          .executeTakeFirst()
      await send(activityBy(stage.dave, 'Join', row.uri))
      assert.deepEqual(await answers(), { yes_count: 1, maybe_count: 0, no_count: 0 })
      await send(activityBy(stage.dave, 'TentativeAccept', row.uri))
      assert.deepEqual(await answers(), { yes_count: 0, maybe_count: 1, no_count: 0 })
      await send(activityBy(stage.dave, 'Reject', row.uri))
      assert.deepEqual(await answers(), { yes_count: 0, maybe_count: 0, no_count: 1 })
      await send(activityBy(stage.dave, 'Accept', row.uri))
      await send(activityBy(stage.dave, 'Leave', row.uri))
      assert.deepEqual(await answers(), { yes_count: 0, maybe_count: 0, no_count: 0 })
    })

    it('files a report, once', async () => {
      const row = await published('Report me')
      const flag = activityBy(stage.dave, 'Flag', [alice(), row.uri], { content: 'Not <b>nice</b>' })
      await send(flag)
      await send({ ...flag, id: `${String(flag['id'])}-again` })
      const reports = await read()
        .selectFrom('reports')
        .select(['target_id', 'comment', 'post_ids'])
        .execute()
      assert.deepEqual(reports, [
        { target_id: stage.alice, comment: 'Not nice', post_ids: JSON.stringify([row.id]) },
      ])
    })

    it('blocks one of ours, who then sees it no more as a follower', async () => {
      const fiona = await stage.far.actor('fiona')
      await send(activityBy(fiona, 'Follow', alice()), fiona)
      const id = (await stage.ctx.remote.accountByUri(fiona.uri)) ?? 0
      const block = activityBy(fiona, 'Block', alice())
      await send(block, fiona)
      assert.equal(await follows(id, stage.alice), undefined)
      const blocks = () => read().selectFrom('blocks').select('uri').where('account_id', '=', id).execute()
      assert.deepEqual(await blocks(), [{ uri: block['id'] }])
      await send(activityBy(fiona, 'Undo', block), fiona)
      assert.deepEqual(await blocks(), [])
    })

    it('delivers direct messages to nobody but whom they name', async () => {
      const note = noteBy(stage.dave, {
        to: [alice()],
        cc: [],
        directMessage: true,
        tag: [{ type: 'Mention', href: alice(), name: '' }],
      })
      await send(activityBy(stage.dave, 'Create', note), stage.dave, '/users/alice/inbox')
      const chat = {
        id: 'http://far.test/chats/1',
        type: 'ChatMessage',
        actor: stage.dave.uri,
        attributedTo: stage.dave.uri,
        to: [alice()],
        content: 'psst',
      }
      await send(activityBy(stage.dave, 'Create', chat, { to: [alice()] }))
      for (const uri of [note.id, chat.id]) {
        const row = await post(uri)
        assert.equal(row?.audience, 'direct', uri)
        const named = await read()
          .selectFrom('post_recipients')
          .select('account_id')
          .where('post_id', '=', row?.id ?? 0)
          .execute()
        assert.deepEqual(named, [{ account_id: stage.alice }])
      }
    })

    it('edits posts and profiles', async () => {
      const note = noteBy(stage.dave)
      await send(activityBy(stage.dave, 'Create', note))
      await send(
        activityBy(stage.dave, 'Update', {
          ...note,
          content: '<p>Edited</p>',
          updated: new Date(START).toISOString(),
        }),
      )
      assert.equal((await post(note.id))?.content, '<p>Edited</p>')
      await send(activityBy(stage.dave, 'Update', { ...stage.dave.document, name: 'Dave the Great' }))
      const name = async () =>
        (await read().selectFrom('accounts').select('name').where('id', '=', davesId).executeTakeFirst())
          ?.name
      assert.equal(await name(), 'Dave the Great')
      await send(
        activityBy(stage.mallory, 'Update', { ...stage.dave.document, name: 'Hacked' }),
        stage.mallory,
      )
      assert.equal(await name(), 'Dave the Great')
    })

    it('moves followers along only when both accounts agree', async () => {
      const old = await stage.far.actor('old')
      const fresh = await stage.far.actor('fresh')
      const oldId = (await stage.ctx.remote.accountByUri(old.uri)) ?? 0
      await followAccount(stage.ctx, stage.alice, oldId)
      await send(activityBy(old, 'Accept', { type: 'Follow', actor: alice(), object: old.uri }), old)
      await send(activityBy(old, 'Move', old.uri, { target: fresh.uri }), old)
      const freshId = (await stage.ctx.remote.accountByUri(fresh.uri)) ?? 0
      assert.equal(
        await follows(stage.alice, freshId),
        undefined,
        'the new account does not name the old one',
      )
      stage.far.serve('/users/fresh', { ...fresh.document, alsoKnownAs: [old.uri] })
      await send(activityBy(fresh, 'Move', old.uri, { target: fresh.uri }), fresh)
      assert.equal(await follows(stage.alice, freshId), undefined, 'only the old account can move')
      await send(activityBy(old, 'Move', old.uri, { target: fresh.uri }), old)
      assert.equal(await follows(stage.alice, freshId), 0)
      assert.equal(await follows(stage.alice, oldId), undefined)
    })

    it('pins own posts', async () => {
      const note = noteBy(stage.dave)
      await send(activityBy(stage.dave, 'Create', note))
      const pins = async () =>
        (await read().selectFrom('pins').select('post_id').where('account_id', '=', davesId).execute()).length
      const target = { target: `${stage.dave.uri}/featured` }
      await send(activityBy(stage.dave, 'Add', note.id, target))
      assert.equal(await pins(), 1)
      await send(activityBy(stage.dave, 'Remove', note.id, target))
      assert.equal(await pins(), 0)
    })

    it('is given consent to quote, or not, as the author decided', async () => {
      const open = await published('Quote me', { quotePolicy: 'public' })
      const shut = await published('Do not', { quotePolicy: 'nobody' })
      for (const [row, answer] of [
        [open, 'Accept'],
        [shut, 'Reject'],
      ] as const) {
        const note = noteBy(stage.dave, { quote: row.uri, content: '<p>See</p>' })
        stage.far.serve(new URL(note.id).pathname, note)
        const request = activityBy(stage.dave, 'QuoteRequest', row.uri, { instrument: note })
        await send(request)
        const object = told(answer)
          .map((body) => body['object'] as Json)
          .find((one) => one['instrument'] === note.id)
        assert.ok(object, `${answer} for ${row.uri}`)
        assert.equal((await post(note.id))?.quote_state, answer === 'Accept' ? 'accepted' : 'rejected')
      }
    })

    it('passes on an answer that carries its own signature to the followers of who was answered', async () => {
      const fan = await stage.far.actor('fan')
      await send(activityBy(fan, 'Follow', alice()), fan)
      const row = await published('Discuss')
      const note = noteBy(stage.mallory, { inReplyTo: row.uri })
      const signature = {
        type: 'RsaSignature2017',
        creator: stage.mallory.keyId,
        created: new Date(START).toISOString(),
        signatureValue: 'AAAA',
      }
      const create = activityBy(stage.mallory, 'Create', note, { signature })
      await send(create, stage.mallory)
      assert.equal((await post(note.id))?.in_reply_to_id, row.id)
      assert.ok(told('Create').some((body) => body['id'] === create['id']))
    })

    it('is not known, or not for us: it is accepted and nothing happens', async () => {
      const before = await read().selectFrom('posts').select('id').execute()
      for (const type of ['View', 'Read', 'Travel', 'Lock', 'Listen'])
        await send(activityBy(stage.dave, type, alice()))
      assert.equal((await read().selectFrom('posts').select('id').execute()).length, before.length)
      const dead = await read().selectFrom('dead_jobs').selectAll().execute()
      assert.deepEqual(dead, [])
    })

    it('ends an account with everything it left here', async () => {
      const gone = await stage.far.actor('gone')
      const note = noteBy(gone)
      await send(activityBy(gone, 'Create', note), gone)
      const row = await published('Before they go')
      await send(activityBy(gone, 'Like', row.uri), gone)
      await send(activityBy(gone, 'Follow', alice()), gone)
      const id = (await stage.ctx.remote.accountByUri(gone.uri)) ?? 0
      await send(activityBy(gone, 'Delete', gone.uri), gone)
      assert.equal(await post(note.id), undefined)
      assert.equal(await follows(id, stage.alice), undefined)
      assert.equal((await post(row.uri))?.likes_count, 0)
      assert.equal(await stage.ctx.remote.accountByUri(gone.uri), undefined)
    })
  })
})
