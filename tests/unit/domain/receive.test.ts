// What happens to posts of other servers when they arrive, are changed and are deleted.
import assert from 'node:assert/strict'
import { deleteReceivedPost, rememberDeleted } from '../../../src/domain/posts/delete-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { updateReceivedPost } from '../../../src/domain/posts/update-received-post.ts'
import { findPost } from '../../../src/store/posts.ts'
import type { Post } from '../../../src/model/post.ts'
import { castTest, draft, homeOf, incoming, noticesOf, refusal, START } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

async function found(cast: Cast, id: number): Promise<Post> {
  const post = await findPost(cast.ctx.store.read, id)
  assert.ok(post)
  return post
}

const ALICE = 'https://here.test/users/alice'
const ERIN = 'https://other.test/users/erin'

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('a post arrives once, with everything it holds, for those who follow its author', async (cast) => {
    await cast.follow(cast.alice, cast.dave)
    const note = incoming('Hello', {
      tags: [
        { name: 'Cats', displayName: '#Cats' },
        { name: '##', displayName: 'x' },
      ],
      emojis: [{ shortcode: 'blob', imageUrl: 'https://far.test/blob.png' }],
      attachments: [
        { kind: 'image', url: 'https://far.test/cat.jpg', description: 'A cat', width: 20, height: 10 },
      ],
      poll: {
        options: [
          { title: 'a', votes: 3 },
          { title: 'b', votes: -1 },
        ],
        multiple: false,
      },
      recipients: [
        { uri: ALICE, kind: 'silent' },
        { uri: ALICE, kind: 'mention' },
        { uri: 'https://nobody.test/', kind: 'mention' },
      ],
      raw: '{"id":1}',
    })
    const copies = Array.from({ length: 10 }, () => receivePost(cast.ctx, note))
    const all = await Promise.all(copies)
    const postId = all[0]?.postId ?? 0
    assert.ok(all.every((one) => one.postId === postId))
    assert.equal(all.filter((one) => one.isNew).length, 1)
    await cast.settle()
    assert.equal(cast.facts.length, 1)
    assert.deepEqual(await homeOf(cast, cast.alice), [postId])
    assert.deepEqual(await noticesOf(cast, cast.alice), ['mention dave'])
    const db = cast.ctx.store.read
    const media = await db
      .selectFrom('media')
      .selectAll()
      .where('post_id', '=', postId)
      .executeTakeFirstOrThrow()
    assert.equal(media.state, 'remote')
    assert.deepEqual(JSON.parse(media.meta), { original: { width: 20, height: 10, aspect: 2 } })
    const poll = await db.selectFrom('polls').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual(JSON.parse(poll.options), [
      { title: 'a', votes: 3 },
      { title: 'b', votes: 0 },
    ])
    assert.deepEqual(await db.selectFrom('tags').select(['name', 'display_name']).execute(), [
      { name: 'cats', display_name: 'Cats' },
    ])
    assert.equal((await db.selectFrom('post_raw').select('raw').executeTakeFirstOrThrow()).raw, '{"id":1}')
    const emoji = await db.selectFrom('custom_emojis').select(['id', 'domain']).executeTakeFirstOrThrow()
    assert.equal(emoji.domain, 'far.test')
    assert.equal((await found(cast, postId)).emoji_ids, JSON.stringify([emoji.id]))
  })

  promise('posts of the unknown, the suspended, our own and the deleted are refused', async (cast) => {
    await cast.addRemote('mallory', 'far.test', { suspended_at: 1 })
    const by = (authorUri: string) => receivePost(cast.ctx, incoming('x', { authorUri }))
    await assert.rejects(by('https://far.test/users/nobody'), refusal('not-found', /unknown/))
    await assert.rejects(by('https://far.test/users/mallory'), refusal('forbidden', /suspended/))
    await assert.rejects(by(ALICE), refusal('forbidden', /elsewhere/))
    const late = incoming('x')
    await rememberDeleted(cast.ctx, late.uri)
    await assert.rejects(receivePost(cast.ctx, late), refusal('gone', /deleted/))
  })

  promise(
    'an answer that arrives before its parent is put into the thread when the parent comes',
    async (cast) => {
      const root = incoming('root')
      const middle = incoming('middle', { authorUri: ERIN, inReplyToUri: root.uri })
      const leaf = incoming('leaf', { inReplyToUri: middle.uri })
      const last = await receivePost(cast.ctx, leaf)
      assert.equal((await found(cast, last.postId)).in_public, 0)
      const second = await receivePost(cast.ctx, middle)
      const first = await receivePost(cast.ctx, root)
      for (const { postId } of [first, second, last]) {
        assert.equal((await found(cast, postId)).thread_id, first.postId)
      }
      const answer = await found(cast, last.postId)
      assert.equal(answer.in_reply_to_id, second.postId)
      assert.equal(answer.in_reply_to_account_id, cast.erin)
      assert.equal(answer.in_reply_to_uri, null)
      assert.equal((await found(cast, second.postId)).replies_count, 1)
    },
  )

  promise('a stranger cannot hang an answer on a private post', async (cast) => {
    const secret = await publishPost(cast.ctx, cast.alice, draft('Secret', { audience: 'followers' }))
    const uri = (await found(cast, secret.postId)).uri
    const { postId } = await receivePost(cast.ctx, incoming('I know', { inReplyToUri: uri }))
    assert.equal((await found(cast, postId)).thread_id, postId)
    assert.equal((await found(cast, secret.postId)).replies_count, 0)
  })

  promise('an old post fetched in the background disturbs nobody, a fresh one does', async (cast) => {
    await cast.follow(cast.alice, cast.dave)
    const mention = { recipients: [{ uri: ALICE, kind: 'mention' as const }] }
    const day = 86_400_000
    await receivePost(cast.ctx, incoming('old', { ...mention, publishedAt: START - day }), { fetched: true })
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), [])
    assert.deepEqual(await homeOf(cast, cast.alice), [])
    await receivePost(cast.ctx, incoming('late', { ...mention, publishedAt: START - day }))
    await receivePost(cast.ctx, incoming('new', { ...mention, publishedAt: START - 1000 }), { fetched: true })
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), ['mention dave', 'mention dave'])
  })

  promise('a thousand posts from before our time all find an id', async (cast) => {
    const ids = new Set<number>()
    for (let count = 0; count < 1000; count++) {
      const { postId, isNew } = await receivePost(cast.ctx, incoming('old', { publishedAt: 0 }), {
        fetched: true,
      })
      assert.ok(isNew)
      ids.add(postId)
    }
    assert.equal(ids.size, 1000)
  })

  promise('what arrives in somebody’s own inbox is for them, though it does not say so', async (cast) => {
    const quiet = incoming('psst', { audience: 'people' })
    const { postId } = await receivePost(cast.ctx, quiet, { deliveredTo: cast.bob })
    const rows = await cast.ctx.store.read.selectFrom('post_recipients').selectAll().execute()
    assert.deepEqual(rows, [{ post_id: postId, account_id: cast.bob, kind: 'silent' }])
  })

  promise(
    'an edit keeps the version before it, tells those newly named, and never widens the audience',
    async (cast) => {
      const first = incoming('one', { audience: 'followers' })
      const { postId } = await receivePost(cast.ctx, first)
      cast.pass(1000)
      const second = {
        ...first,
        audience: 'public' as const,
        content: '<p>two</p>',
        editedAt: START + 1000,
        recipients: [{ uri: ALICE, kind: 'mention' as const }],
        tags: [{ name: 'new', displayName: 'new' }],
      }
      assert.deepEqual(await updateReceivedPost(cast.ctx, second), { postId, isEdited: true })
      assert.deepEqual(await updateReceivedPost(cast.ctx, second), { postId, isEdited: false })
      assert.deepEqual(await updateReceivedPost(cast.ctx, { ...first, content: 'zero', editedAt: START }), {
        postId,
        isEdited: false,
      })
      await cast.settle()
      const post = await found(cast, postId)
      assert.equal(post.audience, 'followers')
      assert.equal(post.in_public, 0)
      assert.equal(post.content, '<p>two</p>')
      assert.equal(post.edited_at, START + 1000)
      const edits = await cast.ctx.store.read.selectFrom('post_edits').selectAll().execute()
      assert.equal(edits.length, 1)
      assert.equal(JSON.parse(edits[0]?.snapshot ?? '').content, '<p>one</p>')
      assert.deepEqual(await noticesOf(cast, cast.alice), ['mention dave'])
    },
  )

  promise('nobody but the author changes or deletes a post', async (cast) => {
    const note = incoming('mine')
    const { postId } = await receivePost(cast.ctx, note)
    await assert.rejects(
      updateReceivedPost(cast.ctx, { ...note, authorUri: ERIN, content: 'stolen' }),
      refusal('forbidden', /Only its author/),
    )
    await assert.rejects(
      deleteReceivedPost(cast.ctx, note.uri, cast.erin),
      refusal('forbidden', /Only its author/),
    )
    assert.equal((await found(cast, postId)).content, '<p>mine</p>')
    assert.equal(await deleteReceivedPost(cast.ctx, note.uri, cast.dave), true)
    assert.equal(await deleteReceivedPost(cast.ctx, note.uri, cast.dave), false)
    await assert.rejects(receivePost(cast.ctx, note), refusal('gone', /deleted/))
    const own = await publishPost(cast.ctx, cast.alice, draft('ours'))
    const ours = await found(cast, own.postId)
    await assert.rejects(deleteReceivedPost(cast.ctx, ours.uri, cast.alice), refusal('forbidden', /Only/))
  })

  promise('new tallies of a poll are no edit; new options are', async (cast) => {
    const poll = {
      options: [
        { title: 'a', votes: 0 },
        { title: 'b', votes: 0 },
      ],
      multiple: false,
      votersCount: 0,
    }
    const note = incoming('?', { kind: 'question', poll })
    await receivePost(cast.ctx, note)
    const tallied = {
      ...note,
      poll: {
        ...poll,
        options: [
          { title: 'a', votes: 5 },
          { title: 'b', votes: 1 },
        ],
        votersCount: 6,
      },
    }
    assert.equal((await updateReceivedPost(cast.ctx, tallied))?.isEdited, false)
    const row = await cast.ctx.store.read.selectFrom('polls').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.voters_count, 6)
    const other = {
      ...note,
      poll: {
        ...poll,
        options: [
          { title: 'c', votes: 0 },
          { title: 'b', votes: 0 },
        ],
      },
    }
    assert.equal((await updateReceivedPost(cast.ctx, other))?.isEdited, true)
  })

  promise('a quote counts only where the quoted author allows it', async (cast) => {
    const open = await publishPost(cast.ctx, cast.alice, draft('Quote me'))
    const closed = await publishPost(cast.ctx, cast.alice, draft('Ask me', { quotePolicy: 'nobody' }))
    const uriOf = async (id: number) => (await found(cast, id)).uri
    const allowed = await receivePost(cast.ctx, incoming('see', { quoteUri: await uriOf(open.postId) }))
    const pending = await receivePost(cast.ctx, incoming('see', { quoteUri: await uriOf(closed.postId) }))
    assert.equal((await found(cast, allowed.postId)).quote_state, 'accepted')
    assert.equal((await found(cast, pending.postId)).quote_state, 'pending')
    assert.equal((await found(cast, open.postId)).quotes_count, 1)
    assert.equal((await found(cast, closed.postId)).quotes_count, 0)
    await cast.settle()
    assert.deepEqual(await noticesOf(cast, cast.alice), ['quote dave'])
  })
})
