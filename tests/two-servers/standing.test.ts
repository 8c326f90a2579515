// Promises about keeping apart: blocks across servers, what operators decide about other servers, signed fetches, reports.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordFact } from '../../src/domain/record-fact.ts'
import { removePolicy, setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, copyOf, find, follow, inHome, relationship, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'], config: { authorizedFetch: true } })
    ;[a, b] = worlds.servers as [Server, Server]
  })
  after(() => worlds.stop())

  /** Two people who follow each other; everything here happens between servers that answer only signed fetches. */
  async function friends(one: string, other: string): Promise<[Citizen, Citizen]> {
    const pair: [Citizen, Citizen] = [await a.account(one), await b.account(other)]
    await follow(...pair)
    await follow(pair[1], pair[0])
    return pair
  }
  const post = (author: Citizen, status: string, more: object = {}): Promise<Json> =>
    author.api.post('/api/v1/statuses', { status, ...more })
  const rowsOf = async (server: Server, words: string): Promise<number> =>
    (
      await server.house.ctx.store.read
        .selectFrom('posts')
        .select('id')
        .where('content', 'like', `%${words}%`)
        .execute()
    ).length

  test('servers that answer only signed fetches work together, and tell strangers nothing', async () => {
    const [alice, bob] = await friends('alice', 'bob')
    const mine = await post(alice, 'signed and sealed')
    assert.ok(await arrives(bob, 'signed and sealed'))
    for (const path of ['/users/alice', '/users/alice/outbox', new URL(mine.uri).pathname]) {
      const answer = await fetch(a.local + path, { headers: { accept: 'application/activity+json' } })
      const text = await answer.text()
      assert.equal(answer.status, 401, `${path}: ${text}`)
      assert.doesNotMatch(text, /signed and sealed/)
    }
  })

  test('a block ends both follows, reaches the other server, and leaves nothing to see', async () => {
    const [victim, pest] = await friends('victim', 'pest')
    const mine = await post(victim, 'before the block')
    const { id } = await arrives(pest, 'before the block')
    const seen = await find(victim, pest)
    await victim.api.post(`/api/v1/accounts/${seen.id}/block`)
    await until('the block arrives', async () => (await relationship(pest, victim)).blocked_by)
    const relation = await relationship(pest, victim)
    assert.deepEqual([relation.following, relation.followed_by], [false, false])
    assert.equal(await pest.api.status('GET', `/api/v1/statuses/${id}`), 404)
    assert.equal(await inHome(pest, 'before the block'), undefined)
    await pest.api.ask('POST', '/api/v1/statuses', { body: { status: '@victim@a.test listen to me' } })
    await post(victim, 'after the block')
    await worlds.settle()
    assert.equal(await inHome(pest, 'after the block'), undefined)
    const notices: Json[] = await victim.api.get('/api/v1/notifications?types[]=mention')
    assert.deepEqual(notices, [])
    assert.equal((await victim.api.get(`/api/v1/statuses/${mine.id}`)).replies_count, 0)
    await victim.api.post(`/api/v1/accounts/${seen.id}/unblock`)
    await until('the end of the block', async () => !(await relationship(pest, victim)).blocked_by)
    await follow(pest, victim)
  })

  test('a report is passed on to the server of the person reported, without the name of who reported', async () => {
    const [reporter, culprit] = await friends('reporter', 'culprit')
    const bad = await post(culprit, 'something bad')
    const { id } = await arrives(reporter, 'something bad')
    const target = await find(reporter, culprit)
    const { ctx } = a.house
    await ctx.store.write(async (tx) => {
      const report = { id: 1, account_id: reporter.accountId, target_id: Number(target.id), forwarded: 1 }
      await tx
        .insertInto('reports')
        .values({ ...report, comment: 'Look here', post_ids: `[${id}]`, created_at: 1, updated_at: 1 })
        .execute()
      await recordFact(ctx, tx, { type: 'report-filed', reportId: 1 })
    })
    const report = await until('the report', () =>
      b.house.ctx.store.read.selectFrom('reports').selectAll().executeTakeFirst(),
    )
    assert.equal(report.target_id, culprit.accountId)
    assert.equal(report.comment, 'Look here')
    assert.deepEqual(JSON.parse(report.post_ids), [Number(bad.id)])
    const from = await b.house.ctx.store.read
      .selectFrom('accounts')
      .select('uri')
      .where('id', '=', report.account_id)
      .executeTakeFirstOrThrow()
    assert.equal(from.uri, 'http://a.test/actor')
  })

  test('a server that an operator limits is heard by its followers only', async () => {
    const [fan, star] = await friends('fan', 'star')
    const stranger = await a.account('stranger')
    await setPolicy(a.house.ctx, { domain: 'b.test', severity: 'limit' })
    await worlds.settle()
    await post(star, 'quieter now')
    await post(star, '@stranger@a.test do you hear me?')
    assert.ok(await arrives(fan, 'quieter now'))
    await worlds.settle()
    assert.deepEqual(await stranger.api.get('/api/v1/notifications?types[]=mention'), [])
    const known: Json[] = await stranger.api.get('/api/v1/timelines/public')
    assert.equal(
      known.some((one) => one.content.includes('quieter now')),
      false,
    )
    await removePolicy(a.house.ctx, 'b.test')
    await worlds.settle()
    const back: Json[] = await stranger.api.get('/api/v1/timelines/public')
    assert.ok(back.some((one) => one.content.includes('quieter now')))
  })

  test('pictures of a server whose media an operator refuses are gone, old and new', async () => {
    const [viewer, painter] = await friends('viewer', 'painter')
    await painter.server.house.ctx.store.write((tx) =>
      tx
        .updateTable('accounts')
        .set({ avatar_key: 'avatars/x.png' })
        .where('id', '=', painter.accountId)
        .execute(),
    )
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const withPicture = async (words: string): Promise<void> => {
      const form = new FormData()
      form.set('file', new File([pixel], 'dot.png', { type: 'image/png' }))
      const { id } = await painter.api.post('/api/v2/media', form)
      await post(painter, words, { media_ids: [id] })
    }
    await withPicture('an older picture')
    const before = await arrives(viewer, 'an older picture')
    assert.equal(before.media_attachments.length, 1)
    await setPolicy(a.house.ctx, { domain: 'b.test', rejectMedia: true })
    await worlds.settle()
    await withPicture('a newer picture')
    const after = await arrives(viewer, 'a newer picture')
    for (const one of [await viewer.api.get(`/api/v1/statuses/${before.id}`), after])
      for (const attachment of one.media_attachments) {
        const url = attachment.url ?? attachment.preview_url
        const status = url === null ? 404 : (await fetch(a.local + new URL(url).pathname)).status
        assert.ok(status >= 400, `${url} answered ${status}`)
      }
    await removePolicy(a.house.ctx, 'b.test')
    await worlds.settle()
  })

  test('a server that an operator suspends is gone at once, gets nothing and learns nothing', async () => {
    const [reader, outlaw] = await friends('reader', 'outlaw')
    const old = await post(outlaw, 'before the suspension')
    const { id } = await arrives(reader, 'before the suspension')
    await setPolicy(a.house.ctx, { domain: 'b.test', severity: 'suspend' })
    await worlds.settle()
    assert.equal(await reader.api.status('GET', `/api/v1/statuses/${id}`), 404)
    assert.equal(await inHome(reader, 'before the suspension'), undefined)
    assert.equal(await copyOf(reader, old.uri), undefined)
    await post(outlaw, 'let me in')
    await post(outlaw, '@reader@a.test let me in')
    await post(reader, 'among ourselves')
    await worlds.settle()
    assert.equal(await rowsOf(a, 'let me in'), 0)
    assert.equal(await rowsOf(b, 'among ourselves'), 0)
    const mine = await post(reader, 'not for them')
    assert.equal(await copyOf(outlaw, mine.uri), undefined)
    const { accounts } = await reader.api.get('/api/v2/search?resolve=true&q=@someone-new@b.test')
    assert.deepEqual(accounts, [])
  })
})
