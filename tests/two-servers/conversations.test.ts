// Promises about talking across servers: replies, threads, likes, boosts, mentions and quotes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { revokeQuote } from '../../src/domain/posts/settle-quote.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, copyOf, find, follow, inHome, notified, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  let c: Server
  let alice: Citizen
  let bob: Citizen
  let carol: Citizen
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test', 'c.test'] })
    ;[a, b, c] = worlds.servers as [Server, Server, Server]
    alice = await a.account('alice')
    bob = await b.account('bob')
    carol = await c.account('carol')
    await follow(bob, alice)
  })
  after(() => worlds.stop())

  const post = (author: Citizen, status: string, more: object = {}): Promise<Json> =>
    author.api.post('/api/v1/statuses', { status, ...more })
  const status = (reader: Citizen, id: string): Promise<Json> => reader.api.get(`/api/v1/statuses/${id}`)
  const texts = (list: Json[]): string[] => list.map((one) => one.content.replaceAll(/<[^>]+>/g, ''))
  /** A post of somebody that a reader on another server looks up. */
  const lookUp = async (reader: Citizen, original: Json): Promise<Json> => {
    const found = await copyOf(reader, original.uri)
    assert.ok(found, `${reader.handle} finds ${original.uri}`)
    return found
  }

  test('likes, boosts and replies from another server are counted, told and taken back', async () => {
    const mine = await post(alice, 'a good thought')
    const { id } = await arrives(bob, 'a good thought')
    await bob.api.post(`/api/v1/statuses/${id}/favourite`)
    await bob.api.post(`/api/v1/statuses/${id}/reblog`)
    const answer = await post(bob, '@alice@a.test a good answer', { in_reply_to_id: id })
    const counts = async (): Promise<string> => {
      const now = await status(alice, mine.id)
      return [now.favourites_count, now.reblogs_count, now.replies_count].join()
    }
    await until('all three', async () => (await counts()) === '1,1,1')
    for (const type of ['favourite', 'reblog', 'mention'])
      assert.equal((await notified(alice, type)).account.acct, 'bob@b.test')
    const likers: Json[] = await alice.api.get(`/api/v1/statuses/${mine.id}/favourited_by`)
    assert.deepEqual(
      likers.map((one) => one.acct),
      ['bob@b.test'],
    )
    const boosters: Json[] = await alice.api.get(`/api/v1/statuses/${mine.id}/reblogged_by`)
    assert.deepEqual(
      boosters.map((one) => one.acct),
      ['bob@b.test'],
    )
    await bob.api.post(`/api/v1/statuses/${id}/unfavourite`)
    await bob.api.post(`/api/v1/statuses/${id}/unreblog`)
    await bob.api.delete(`/api/v1/statuses/${answer.id}`)
    await until('all three taken back', async () => (await counts()) === '0,0,0')
  })

  test('a boost brings a post of a third server to those who follow who boosted it', async () => {
    await follow(alice, bob)
    const original = await post(carol, 'news from c')
    const seen = await lookUp(bob, original)
    await bob.api.post(`/api/v1/statuses/${seen.id}/reblog`)
    const boost = await arrives(alice, 'news from c')
    assert.equal(boost.account.acct, 'bob@b.test')
    assert.equal(boost.reblog.account.acct, 'carol@c.test')
    assert.equal(boost.reblog.uri, original.uri)
    assert.equal((await notified(carol, 'reblog')).account.acct, 'bob@b.test')
    await bob.api.post(`/api/v1/statuses/${seen.id}/unreblog`)
    await until('the end of the boost', async () => !(await inHome(alice, 'news from c')))
  })

  test('who looks up a late reply gets the whole thread above it, in order', async () => {
    const root = await post(alice, 'the beginning')
    let last = await lookUp(carol, root)
    for (const words of ['second step', 'third step', 'fourth step'])
      last = await post(carol, words, { in_reply_to_id: last.id })
    const dora = await b.account('dora')
    const seen = await lookUp(dora, last)
    await until('the posts above', async () => {
      const { ancestors } = await dora.api.get(`/api/v1/statuses/${seen.id}/context`)
      return texts(ancestors).join() === 'the beginning,second step,third step'
    })
  })

  test('who opens a thread gets answers that nobody sent to their server', async () => {
    const root = await post(carol, 'who is there?')
    const eve = await c.account('eve')
    const reply = await post(eve, 'me, on the same server', { in_reply_to_id: root.id })
    await post(carol, 'thanks', { in_reply_to_id: reply.id })
    const seen = await lookUp(bob, root)
    await until('the answers below', async () => {
      const { descendants } = await bob.api.get(`/api/v1/statuses/${seen.id}/context`)
      return texts(descendants).toSorted().join() === 'me, on the same server,thanks'
    })
  })

  test('an answer from a third server reaches the followers of the author who was answered', async () => {
    const mine = await post(alice, 'ask me anything')
    const { id } = await arrives(bob, 'ask me anything')
    const question = await lookUp(carol, mine)
    await post(carol, '@alice@a.test how are you?', { in_reply_to_id: question.id })
    const { descendants } = await until('the reply on the third server', async () => {
      const context = await bob.api.get(`/api/v1/statuses/${id}/context`)
      return context.descendants.length === 1 && context
    })
    assert.equal(descendants[0].account.acct, 'carol@c.test')
  })

  test('a mention finds and reaches somebody whom nobody here knew', async () => {
    const frank = await c.account('frank')
    const mine = await post(alice, 'hello @frank@c.test, we have not met')
    assert.deepEqual(
      mine.mentions.map((one: Json) => one.acct),
      ['frank@c.test'],
    )
    const { status: seen } = await notified(frank, 'mention')
    assert.match(seen.content, /we have not met/)
    assert.deepEqual(
      seen.mentions.map((one: Json) => one.acct),
      ['frank'],
    )
  })

  test('a quote is approved where the author allows quotes, and both sides show it', async () => {
    const mine = await post(alice, 'quote me', { quote_approval_policy: 'public' })
    const { id } = await arrives(bob, 'quote me')
    const reader = await c.account('reader')
    await follow(reader, bob)
    const quote = await post(bob, 'so true', { quoted_status_id: id })
    await until('the approval', async () => (await status(bob, quote.id)).quote?.state === 'accepted')
    const notice = await notified(alice, 'quote')
    assert.equal(notice.status.quote.quoted_status.id, mine.id)
    await until('the count', async () => (await status(alice, mine.id)).quotes_count === 1)
    const seen = await arrives(reader, 'so true')
    await until('the proof of the approval on a third server', async () => {
      const now = await status(reader, seen.id)
      return now.quote?.state === 'accepted' && now.quote.quoted_status.uri === mine.uri
    })
  })

  test('an approval that is taken back hides what was quoted everywhere', async () => {
    const mine = await post(alice, 'on second thought', { quote_approval_policy: 'public' })
    const { id } = await arrives(bob, 'on second thought')
    const quote = await post(bob, 'look at this', { quoted_status_id: id })
    await until('the approval', async () => (await status(bob, quote.id)).quote?.state === 'accepted')
    const { status: theirs } = await notified(alice, 'quote', (one) =>
      one.status.content.includes('look at this'),
    )
    const reader = await c.account('reader')
    const seen = await until('the quote elsewhere', async () => {
      const found = await inHome(reader, 'look at this')
      return found?.quote?.state === 'accepted' && found
    })
    await revokeQuote(a.house.ctx, alice.accountId, Number(mine.id), Number(theirs.id))
    await until(
      'the end of the approval',
      async () => (await status(bob, quote.id)).quote?.state === 'revoked',
    )
    assert.equal((await status(bob, quote.id)).quote.quoted_status, null)
    await until('the end of it on a third server', async () => {
      const { quote: shown } = await status(reader, seen.id)
      return shown.state === 'revoked' && shown.quoted_status === null
    })
  })

  test('a quote against the author’s wish shows nothing of the post', async () => {
    await post(alice, 'please do not quote', { quote_approval_policy: 'nobody' })
    const { id } = await arrives(bob, 'please do not quote')
    const answer = await bob.api.ask('POST', '/api/v1/statuses', {
      body: { status: 'I do anyway', quoted_status_id: id },
    })
    assert.ok(answer.status === 422 || answer.status === 403, String(answer.status))
  })

  test('an account that was found keeps one identity, however it is reached', async () => {
    const byHandle = await find(alice, carol)
    const mine = await post(carol, 'one and the same')
    const seen = await lookUp(alice, mine)
    assert.equal(seen.account.id, byHandle.id)
    assert.equal((await lookUp(alice, { uri: mine.url })).id, seen.id)
  })
})
