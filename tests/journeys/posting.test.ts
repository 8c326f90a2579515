// Promises about posting: what a person writes stands as meant, can be mended, and can be taken back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let time = Date.UTC(2026, 5, 1, 12)
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => time } })
    alice = await world.account('alice')
    bob = await world.account('bob')
  })
  after(() => world.stop())
  const post = (person: Person, body: object, headers?: Record<string, string>) =>
    person.api.post('/api/v1/statuses', body, headers)
  const countOf = async (person: Person): Promise<number> =>
    (await person.api.get(`/api/v1/accounts/${person.id}`)).statuses_count

  test('a post stands with its text, its audience and its author', async () => {
    for (const visibility of ['public', 'unlisted', 'private', 'direct']) {
      const status = await post(alice, { status: 'Hello <b>world</b> & all', visibility, language: 'en' })
      assert.equal(status.visibility, visibility)
      assert.equal(status.content, '<p>Hello &lt;b&gt;world&lt;/b&gt; &amp; all</p>')
      assert.equal(status.account.username, 'alice')
      assert.equal(status.language, 'en')
      assert.deepEqual(await alice.api.get(`/api/v1/statuses/${status.id}`), status)
    }
  })

  test('a content warning hides the text and marks the post as sensitive', async () => {
    const status = await post(alice, { status: 'the end of the book', spoiler_text: 'Book talk' })
    assert.deepEqual([status.spoiler_text, status.sensitive], ['Book talk', true])
  })

  test('mentions, hashtags and links become links', async () => {
    const status = await post(alice, { status: 'Hi @bob, see https://example.org/a?b=1 #Moot2026' })
    assert.deepEqual(
      status.mentions.map((one: { acct: string }) => one.acct),
      ['bob'],
    )
    assert.deepEqual(
      status.tags.map((one: { name: string }) => one.name),
      ['moot2026'],
    )
    assert.match(status.content, /href="https:\/\/example\.org\/a\?b=1"/)
  })

  test('a reply belongs to the thread and is counted, and goes when it is deleted', async () => {
    const first = await post(alice, { status: 'first' })
    const reply = await post(bob, { status: '@alice second', in_reply_to_id: first.id })
    const answer = await post(alice, { status: '@bob third', in_reply_to_id: reply.id })
    assert.deepEqual([reply.in_reply_to_id, reply.in_reply_to_account_id], [first.id, alice.id])
    await world.settle()
    const context = await alice.api.get(`/api/v1/statuses/${reply.id}/context`)
    assert.deepEqual(
      context.ancestors.map((one: { id: string }) => one.id),
      [first.id],
    )
    assert.deepEqual(
      context.descendants.map((one: { id: string }) => one.id),
      [answer.id],
    )
    assert.equal((await alice.api.get(`/api/v1/statuses/${first.id}`)).replies_count, 1)
    await bob.api.delete(`/api/v1/statuses/${reply.id}`)
    await world.settle()
    assert.equal((await alice.api.get(`/api/v1/statuses/${first.id}`)).replies_count, 0)
    assert.equal(
      await alice.api.status('POST', '/api/v1/statuses', { status: 'x', in_reply_to_id: reply.id }),
      404,
    )
  })

  test('an edited post keeps its history, and its author gets the source back', async () => {
    const status = await post(alice, { status: 'speling' })
    time += 60_000
    const edited = await alice.api.put(`/api/v1/statuses/${status.id}`, {
      status: 'spelling',
      spoiler_text: 'words',
    })
    assert.equal(edited.edited_at, new Date(time).toISOString())
    assert.equal(edited.content, '<p>spelling</p>')
    const history = await bob.api.get(`/api/v1/statuses/${status.id}/history`)
    assert.deepEqual(
      history.map((one: { content: string; spoiler_text: string }) => [one.content, one.spoiler_text]),
      [
        ['<p>speling</p>', ''],
        ['<p>spelling</p>', 'words'],
      ],
    )
    const source = await alice.api.get(`/api/v1/statuses/${status.id}/source`)
    assert.deepEqual(source, {
      id: status.id,
      text: 'spelling',
      spoiler_text: 'words',
      content_type: 'text/plain',
    })
    assert.equal(await bob.api.status('GET', `/api/v1/statuses/${status.id}/source`), 404)
    assert.equal(await bob.api.status('PUT', `/api/v1/statuses/${status.id}`, { status: 'mine now' }), 404)
  })

  test('a deleted post is gone for everybody, and its author gets the text to write it anew', async () => {
    const before = await countOf(alice)
    const status = await post(alice, { status: 'take me back' })
    assert.equal(await countOf(alice), before + 1)
    assert.equal(await bob.api.status('DELETE', `/api/v1/statuses/${status.id}`), 404)
    const deleted = await alice.api.delete(`/api/v1/statuses/${status.id}`)
    assert.equal(deleted.text, 'take me back')
    for (const person of [alice, bob])
      assert.equal(await person.api.status('GET', `/api/v1/statuses/${status.id}`), 404)
    assert.equal(await countOf(alice), before)
  })

  test('the same idempotency key posts once, whatever the network does', async () => {
    const key = { 'idempotency-key': 'a key of mine' }
    const all = await Promise.all([1, 2, 3].map(() => post(alice, { status: 'only once' }, key)))
    assert.equal(new Set(all.map((one) => one.id)).size, 1)
    const other = await post(bob, { status: 'another person, same key' }, key)
    assert.notEqual(other.id, all[0].id)
  })

  test('a poll counts votes once each, and shows its results', async () => {
    const status = await post(alice, {
      status: 'Tea or coffee?',
      poll: { options: ['tea', 'coffee'], expires_in: 3600 },
    })
    const { poll } = status
    assert.deepEqual([poll.multiple, poll.expired, poll.votes_count], [false, false, 0])
    const voted = await bob.api.post(`/api/v1/polls/${poll.id}/votes`, { choices: ['1'] })
    assert.deepEqual([voted.voted, voted.own_votes, voted.votes_count], [true, [1], 1])
    assert.deepEqual(
      voted.options.map((one: { votes_count: number }) => one.votes_count),
      [0, 1],
    )
    assert.equal(await bob.api.status('POST', `/api/v1/polls/${poll.id}/votes`, { choices: [0] }), 422)
    assert.equal(await alice.api.status('POST', `/api/v1/polls/${poll.id}/votes`, { choices: [0] }), 422)
    const carol = await world.account('carol')
    for (const choices of [[0, 1], [7], [-1], []])
      assert.equal(
        await carol.api.status('POST', `/api/v1/polls/${poll.id}/votes`, { choices }),
        422,
        String(choices),
      )
    time += 3_601_000
    assert.equal(await carol.api.status('POST', `/api/v1/polls/${poll.id}/votes`, { choices: [0] }), 422)
    assert.equal((await carol.api.get(`/api/v1/polls/${poll.id}`)).expired, true)
  })

  test('a post that cannot stand is refused with a sentence', async () => {
    const wrongs: object[] = [
      {},
      { status: '' },
      { status: '   ' },
      { status: 'x'.repeat(5001) },
      { status: 'x', visibility: 'everyone' },
      { status: 'x', poll: { options: ['only one'], expires_in: 3600 } },
      { status: 'x', poll: { options: ['a', 'a'], expires_in: 3600 } },
      { status: 'x', poll: { options: ['a', 'b'], expires_in: 1 } },
      { status: 'x', media_ids: ['123456'] },
      { status: 'x', content_type: 'text/evil' },
      { status: 'not yet', scheduled_at: '2199-01-01T00:00:00.000Z' },
      { status: 'x', scheduled_at: 'soon' },
    ]
    for (const wrong of wrongs) {
      const answer = await alice.api.ask('POST', '/api/v1/statuses', { body: wrong })
      assert.ok([404, 422].includes(answer.status), `${JSON.stringify(wrong)}: ${answer.status}`)
      assert.ok(answer.body.error.length > 10, answer.body.error)
    }
  })

  test('favourites, boosts, bookmarks and pins are counted, shown and taken back', async () => {
    const status = await post(alice, { status: 'count me' })
    const at = `/api/v1/statuses/${status.id}`
    for (const round of [1, 2]) {
      const liked = await bob.api.post(`${at}/favourite`)
      assert.deepEqual([liked.favourited, liked.favourites_count], [true, 1], `round ${round}`)
    }
    const boost = await bob.api.post(`${at}/reblog`)
    assert.deepEqual(
      [boost.reblog.id, boost.reblog.reblogged, boost.reblog.reblogs_count],
      [status.id, true, 1],
    )
    assert.equal((await bob.api.post(`${at}/bookmark`)).bookmarked, true)
    assert.equal((await alice.api.post(`${at}/pin`)).pinned, true)
    assert.equal(await bob.api.status('POST', `${at}/pin`), 422)
    const names = (list: { username: string }[]) => list.map((one) => one.username)
    assert.deepEqual(names(await alice.api.get(`${at}/favourited_by`)), ['bob'])
    assert.deepEqual(names(await alice.api.get(`${at}/reblogged_by`)), ['bob'])
    const pinned = await bob.api.get(`/api/v1/accounts/${alice.id}/statuses?pinned=true`)
    assert.deepEqual(
      pinned.map((one: { id: string }) => one.id),
      [status.id],
    )
    const after = [
      await bob.api.post(`${at}/unfavourite`),
      await bob.api.post(`${at}/unreblog`),
      await bob.api.post(`${at}/unbookmark`),
    ].at(-1)
    assert.deepEqual(
      [after.favourited, after.reblogged, after.bookmarked, after.favourites_count, after.reblogs_count],
      [false, false, false, 0, 0],
    )
    assert.equal((await alice.api.post(`${at}/unpin`)).pinned, false)
  })

  test('a post for followers is boosted by nobody but its author', async () => {
    const status = await post(alice, { status: 'quiet', visibility: 'private' })
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    assert.ok([403, 404].includes(await bob.api.status('POST', `/api/v1/statuses/${status.id}/reblog`)))
    const own = await alice.api.post(`/api/v1/statuses/${status.id}/reblog`)
    assert.equal(own.visibility, 'private')
  })

  test('a quote shows the post that it quotes', async () => {
    const status = await post(alice, { status: 'quote me' })
    const quote = await post(bob, { status: 'well said', quoted_status_id: status.id })
    assert.equal(quote.quote.state, 'accepted')
    assert.equal(quote.quote.quoted_status.id, status.id)
  })
})
