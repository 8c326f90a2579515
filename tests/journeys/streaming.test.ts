// Promises about streaming: what happens reaches open apps at once, and nobody sees what is not for them.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { announce, withdrawAnnouncement } from '../../src/domain/announcements/announce.ts'
import { changePassword } from '../../src/domain/sign-in/change-password.ts'
import { revokeAccountTokens } from '../../src/domain/sign-in/operator-tokens.ts'
import { issueToken } from '../../src/domain/sign-in/tokens.ts'
import { buildHouse } from '../../src/house.ts'
import { silentLog } from '../../src/platform/log.ts'
import { recordFact } from '../../src/domain/record-fact.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen, openEvents, openSocket } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

/** One pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let carol: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
  })
  after(() => world.stop())

  const events = async (path: string, person: Person): Promise<StreamReader> => {
    const opened = await openEvents(world.origin, path, person.token)
    assert.equal(opened.status, 200, opened.text)
    return opened.reader
  }
  const socket = (person: Person, query = '') =>
    mustOpen(world.origin, { headers: { authorization: `Bearer ${person.token}` }, query })
  const post = (person: Person, body: object) => person.api.post('/api/v1/statuses', body)

  test('a follower with the app open sees a post, its edit and its deletion as they happen', async () => {
    const home = await events('/user', bob)
    assert.deepEqual(home.other, [':)'])
    const status = await post(alice, { status: 'first words', visibility: 'private' })
    const seen = await home.next('update')
    assert.equal(seen.id, status.id)
    assert.equal(seen.favourited, false)
    assert.match(seen.content, /first words/)
    await alice.api.put(`/api/v1/statuses/${status.id}`, { status: 'better words' })
    assert.match((await home.next('status.update')).content, /better words/)
    await alice.api.delete(`/api/v1/statuses/${status.id}`)
    assert.equal(await home.next('delete'), status.id)
    home.close()
  })

  test('who neither follows nor is named hears nothing of a post for followers', async () => {
    const readers = [
      await events('/user', carol),
      await events('/public', carol),
      await events('/public/local', carol),
    ]
    await post(alice, { status: 'for followers', visibility: 'private' })
    const open = await post(alice, { status: 'for everybody' })
    assert.equal((await (readers[1] as StreamReader).next('update')).id, open.id)
    assert.equal((await (readers[2] as StreamReader).next('update')).id, open.id)
    await world.settle()
    for (const reader of readers) {
      for (const { payload } of reader.messages) assert.doesNotMatch(payload, /for followers/)
      reader.close()
    }
  })

  test('one WebSocket carries many streams, each message labelled, and leaves those it is told to leave', async () => {
    const { reader } = await socket(bob)
    reader.send({ type: 'subscribe', stream: 'user' })
    reader.send({ type: 'subscribe', stream: 'public:local' })
    reader.send({ type: 'subscribe', stream: 'hashtag', tag: 'Moot' })
    // Requests are worked in order, so its error says that the ones before are done.
    reader.send({ type: 'subscribe', stream: 'nonsense' })
    await eventually(() => reader.other.length === 1)
    assert.deepEqual(JSON.parse(reader.other[0] ?? ''), { error: 'Unknown channel requested', status: 400 })
    const status = await post(alice, { status: 'Come to the #moot' })
    const labels = async () => {
      await eventually(() => reader.messages.filter((one) => one.event === 'update').length >= 3)
      return reader.messages.map((one) => one.stream.join(' ')).toSorted()
    }
    assert.deepEqual(await labels(), ['hashtag Moot', 'public:local', 'user'])
    for (const one of reader.messages) assert.equal(JSON.parse(one.payload).id, status.id)
    reader.send({ type: 'unsubscribe', stream: 'hashtag', tag: 'Moot' })
    reader.send({ type: 'unsubscribe', stream: 'public:local' })
    reader.send({ type: 'subscribe', stream: 'nonsense' })
    await eventually(() => reader.other.length === 2)
    reader.messages.length = 0
    await post(alice, { status: 'Again the #moot' })
    await reader.next('update')
    await world.settle()
    assert.deepEqual(
      reader.messages.map((one) => one.stream),
      [['user']],
    )
    reader.close()
  })

  test('a favourite, a mention and a direct message reach their streams as notification and conversation', async () => {
    const user = await events('/user', alice)
    const notices = await events('/user/notification', alice)
    const direct = await events('/direct', alice)
    const status = await post(alice, { status: 'like me' })
    await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    for (const reader of [user, notices]) {
      const notice = await reader.next('notification', (one) => one.type === 'favourite')
      assert.equal(notice.account.username, 'bob')
      assert.equal(notice.status.id, status.id)
    }
    const message = await post(bob, { status: '@alice psst', visibility: 'direct' })
    assert.equal((await direct.next('conversation')).last_status.id, message.id)
    await post(bob, { status: '@alice look' })
    assert.equal((await notices.next('notification')).type, 'mention')
    assert.deepEqual(
      notices.messages.filter((one) => one.event !== 'notification'),
      [],
    )
    for (const reader of [user, notices, direct]) reader.close()
  })

  test('news of the server, reactions to them and changed filters reach open apps over both transports', async () => {
    const open = [await events('/user', alice), (await socket(alice, '?stream=user')).reader]
    const deaf = await events('/public', alice)
    const { ctx } = world.house
    const id = await announce(ctx, { text: 'Tea at *five*' })
    for (const reader of open) {
      const told = await reader.next('announcement')
      assert.deepEqual([told.id, told.content, told.read], [String(id), '<p>Tea at <em>five</em></p>', false])
    }
    const path = `/api/v1/announcements/${id}/reactions/${encodeURIComponent('🫖')}`
    await bob.api.put(path)
    const reaction = { name: '🫖', announcement_id: String(id) }
    for (const reader of open)
      assert.deepEqual(await reader.next('announcement.reaction'), { ...reaction, count: 1 })
    await bob.api.delete(path)
    for (const reader of open)
      assert.deepEqual(await reader.next('announcement.reaction'), { ...reaction, count: 0 })
    await withdrawAnnouncement(ctx, id)
    for (const reader of open) assert.equal(String(await reader.next('announcement.delete')), String(id))
    await alice.api.post('/api/v2/filters', { title: 'tea', context: ['home'] })
    for (const reader of open) assert.equal(await reader.next('filters_changed'), null)
    assert.deepEqual(deaf.messages, [])
    for (const reader of [...open, deaf]) reader.close()
  })

  test('every public stream has what belongs there, with or without pictures', async () => {
    const names = ['public', 'public:local', 'public:remote', 'hashtag:local']
    const plain = await socket(bob)
    for (const name of [...names, ...names.slice(0, 3).map((one) => `${one}:media`)])
      plain.reader.send({ type: 'subscribe', stream: name, tag: 'Sea' })
    const onlyMedia = [
      await events('/public?only_media=true', bob),
      await events('/public/local?only_media=1', bob),
    ]
    const remote = await events('/public/remote', bob)
    plain.reader.send({ type: 'subscribe', stream: 'nonsense' })
    await eventually(() => plain.reader.other.length === 1)
    const form = new FormData()
    form.append('file', new Blob([PIXEL], { type: 'image/png' }), 'a.png')
    const media = await alice.api.post('/api/v2/media', form)
    const said = await post(alice, { status: 'only words #sea' })
    const shown = await post(alice, { status: 'the #sea', media_ids: [media.id] })
    for (const reader of onlyMedia) assert.equal((await reader.next('update')).id, shown.id)
    const heard = () =>
      plain.reader.messages
        .filter((one) => one.event === 'update')
        .map((one) => `${one.stream[0]} ${JSON.parse(one.payload).id === said.id ? 'words' : 'picture'}`)
    await eventually(() => heard().length >= 8)
    assert.deepEqual(
      heard().toSorted(),
      ['hashtag:local', 'public', 'public:local']
        .flatMap((name) => [`${name} picture`, `${name} words`])
        .concat(['public:local:media picture', 'public:media picture'])
        .toSorted(),
    )
    assert.deepEqual(remote.messages, [])
    for (const reader of [plain.reader, remote, ...onlyMedia]) reader.close()
  })

  test('a list streams its members only, and only to its owner', async () => {
    const list = await bob.api.post('/api/v1/lists', { title: 'friends' })
    await bob.api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [alice.id] })
    const reader = await events(`/list?list=${list.id}`, bob)
    const status = await post(alice, { status: 'for the list' })
    assert.equal((await reader.next('update')).id, status.id)
    reader.close()
    assert.equal((await openEvents(world.origin, `/list?list=${list.id}`, carol.token)).status, 401)
    assert.equal((await openEvents(world.origin, '/list?list=12', bob.token)).status, 401)
    assert.equal((await openEvents(world.origin, '/list', bob.token)).status, 400)
  })

  test('public streams leave out whom the reader blocks or mutes, and who blocks the reader', async () => {
    const dora = await world.account('dora')
    const emil = await world.account('emil')
    await dora.api.post(`/api/v1/accounts/${carol.id}/block`)
    await emil.api.post(`/api/v1/accounts/${dora.id}/mute`)
    await world.settle()
    const readers = {
      carol: await events('/public', carol),
      emil: await events('/public', emil),
      dora: await events('/public', dora),
    }
    await post(carol, { status: 'carol speaks' })
    await post(dora, { status: 'dora speaks' })
    await post(alice, { status: 'alice speaks' })
    const heard = async (reader: StreamReader) => {
      await reader.next('update', (status) => /alice/.test(status.content))
      return reader.messages.map((one) => JSON.parse(one.payload).account.username)
    }
    assert.deepEqual(await heard(readers.carol), ['carol', 'alice'])
    assert.deepEqual(await heard(readers.emil), ['carol', 'alice'])
    assert.deepEqual(await heard(readers.dora), ['dora', 'alice'])
    for (const reader of Object.values(readers)) reader.close()
  })

  test('each reader of one public post sees their own marks on it', async () => {
    const status = await post(alice, { status: 'to be marked' })
    await world.settle()
    await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    await carol.api.post(`/api/v1/statuses/${status.id}/bookmark`)
    const readers = [
      await events('/public', bob),
      await events('/public', carol),
      await events('/public', alice),
    ]
    await alice.api.put(`/api/v1/statuses/${status.id}`, { status: 'marked' })
    const marks = await Promise.all(
      readers.map(async (reader) => {
        const { favourited, bookmarked, pinned } = await reader.next('status.update')
        reader.close()
        return { favourited, bookmarked, pinned }
      }),
    )
    assert.deepEqual(marks, [
      { favourited: true, bookmarked: false, pinned: undefined },
      { favourited: false, bookmarked: true, pinned: undefined },
      { favourited: false, bookmarked: false, pinned: false },
    ])
  })

  test('a token comes by header, query or WebSocket protocol, which is echoed', async () => {
    const byQuery = await mustOpen(world.origin, { query: `?access_token=${bob.token}&stream=user` })
    const byProtocol = await mustOpen(world.origin, { protocol: bob.token, query: '/?stream=user' })
    assert.equal(byProtocol.protocol, bob.token)
    const byEventsQuery = await openEvents(world.origin, `/user?access_token=${bob.token}`)
    assert.equal(byEventsQuery.status, 200)
    // The order of requests says that the first subscription is done.
    for (const { reader } of [byQuery, byProtocol]) {
      reader.send({ type: 'subscribe', stream: 'hashtag' })
      await eventually(() => reader.other.length === 1)
    }
    const status = await post(alice, { status: 'to all three' })
    for (const { reader } of [byQuery, byProtocol, byEventsQuery]) {
      assert.equal((await reader.next('update')).id, status.id)
      reader.close()
    }
  })

  test('without a token, with a wrong one or without the scope nobody streams', async () => {
    const narrow = await world.tokenFor(bob.accountId, ['read:notifications', 'write'])
    const statuses = await world.tokenFor(bob.accountId, ['read:statuses'])
    const app = await world.tokenFor(null, ['read'])
    const cases: [string, string | undefined, number][] = [
      ['/user', undefined, 401],
      ['/public', undefined, 401],
      ['/public', 'wrong', 401],
      ['/public', app.token, 401],
      ['/user', narrow.token, 401],
      ['/user/notification', statuses.token, 401],
      ['/nonsense', bob.token, 400],
      ['/hashtag', bob.token, 400],
      ['/hashtag/local?tag=', bob.token, 400],
    ]
    for (const [path, token, expected] of cases) {
      const { status, text, reader } = await openEvents(world.origin, path, token)
      reader.close()
      assert.equal(status, expected, path)
      assert.equal(typeof JSON.parse(text).error, 'string')
    }
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const refused = await openSocket(world.origin, { headers: headers })
      assert.ok('status' in refused && refused.status === 401 && refused.message, 'the WebSocket is refused')
    }
    const { reader } = await mustOpen(world.origin, { query: `?access_token=${narrow.token}&stream=user` })
    await eventually(() => reader.other.length === 1)
    assert.equal(JSON.parse(reader.other[0] ?? '').status, 401)
    reader.close()
    const health = await fetch(`${world.origin}/api/v1/streaming/health`)
    assert.equal(await health.text(), 'OK')
  })

  test('a token that may read posts only streams no notifications', async () => {
    const { token } = await world.tokenFor(alice.accountId, ['read:statuses'])
    const { reader } = await openEvents(world.origin, '/user', token)
    const status = await post(alice, { status: 'quiet' })
    await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    await world.settle()
    const after = await post(alice, { status: 'later' })
    await reader.next('update', (one) => one.id === after.id)
    assert.deepEqual(
      reader.messages.map((one) => one.event),
      ['update', 'update'],
    )
    reader.close()
  })

  test('binary messages end the connection, and nonsense is ignored', async () => {
    const { reader } = await socket(bob)
    for (const text of ['{', '[]', '7', '{"type":5}', '{"type":"dance","stream":"user"}', 'null'])
      reader.send(text)
    reader.send({ type: 'subscribe', stream: 'hashtag' })
    await eventually(() => reader.other.length === 1)
    reader.send(Buffer.from([1, 2, 3]))
    assert.equal(await reader.closed, 1003)
    const { reader: second } = await socket(bob)
    second.send('x'.repeat(20_000))
    assert.equal(await second.closed, 1009)
  })

  const within = async (work: Promise<unknown>): Promise<void> => {
    const began = Date.now()
    await work
    assert.ok(Date.now() - began < 1000, 'it took longer than a second')
  }

  test('streams close within a second when the token is revoked, and only those of that token', async () => {
    const app = await alice.api.post('/api/v1/apps', {
      client_name: 'App',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
    })
    const { client_id, client_secret } = app
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64')
    const { secret } = await issueToken(world.house.ctx, {
      appId: Number(app.id),
      accountId: bob.accountId,
      scopes: ['read'],
    })
    const ended = await mustOpen(world.origin, { protocol: secret, query: '?stream=user' })
    const endedEvents = await openEvents(world.origin, '/user', secret)
    const kept = await events('/user', bob)
    await within(
      Promise.all([
        fetch(`${world.origin}/oauth/revoke`, {
          method: 'POST',
          headers: { authorization: `Basic ${basic}` },
          body: new URLSearchParams({ token: secret }),
        }),
        ended.reader.closed,
        endedEvents.reader.closed,
      ]),
    )
    assert.equal(kept.isClosed(), false)
    kept.close()
  })

  test('streams close although the token is revoked by a program that cannot tell the server', async () => {
    const { token, tokenId } = await world.tokenFor(bob.accountId, ['read'])
    const { reader } = await mustOpen(world.origin, { protocol: token, query: '?stream=user' })
    const there = await openEvents(world.origin, '/public', token)
    const kept = await events('/user', bob)
    const { ctx } = world.house
    const silent = { ...ctx.live, publish: () => undefined }
    await revokeAccountTokens({ ...ctx, live: silent }, bob.accountId, tokenId)
    // Without a mark in the database they would live until all tokens are looked at again, after half a minute.
    const tooLate = new Promise((resolve) => setTimeout(resolve, 15_000, 'too late').unref())
    for (const closed of [reader.closed, there.reader.closed])
      assert.notEqual(await Promise.race([closed, tooLate]), 'too late')
    assert.equal(kept.isClosed(), false)
    kept.close()
  })

  test('streams close within a second after a new password, a suspension and a deletion', async () => {
    for (const name of ['frida', 'gustav', 'hilde'] as const) {
      const person = await world.account(name)
      const { reader } = await socket(person, '?stream=user')
      const other = await events('/public', person)
      const { ctx } = world.house
      const { accountId } = person
      const acts = {
        frida: () => changePassword(ctx, accountId, 'a completely new password'),
        gustav: () => ctx.store.write((tx) => recordFact(ctx, tx, { type: 'account-suspended', accountId })),
        hilde: () =>
          ctx.store.write((tx) =>
            recordFact(ctx, tx, { type: 'account-deleted', accountId, uri: 'https://x.test/' }),
          ),
      }
      await within(Promise.all([acts[name](), reader.closed, other.closed]))
    }
  })

  test('somebody who reads too slowly is disconnected instead of filling the memory', async (t) => {
    const wide = await startWorld({
      engine,
      config: { limits: { ...world.house.config.limits, postChars: 400_000 } },
    })
    t.after(() => wide.stop())
    const dora = await wide.account('dora')
    const slow = connect(wide.port, '127.0.0.1')
    slow.on('error', () => {})
    slow.write(
      `GET /api/v1/streaming/public HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${dora.token}\r\n\r\n`,
    )
    await new Promise((resolve) => slow.once('data', resolve))
    slow.pause()
    const quick = await openEvents(wide.origin, '/public', dora.token)
    const ended = new Promise((resolve) => slow.once('close', resolve))
    for (let count = 0; count < 40; count += 1)
      await post(dora, { status: `${count} ${'words '.repeat(60_000)}` })
    await eventually(() => quick.reader.messages.length === 40)
    slow.resume()
    await ended
    assert.equal(quick.reader.isClosed(), false)
  })

  test('one account holds at most a hundred streams, and a place is free again when one closes', async () => {
    const ida = await world.account('ida')
    const opened = await Promise.all(Array.from({ length: 100 }, () => socket(ida)))
    const refused = await openSocket(world.origin, { protocol: ida.token })
    assert.ok('status' in refused && refused.status === 429)
    assert.equal((await openEvents(world.origin, '/user', ida.token)).status, 429)
    opened[0]?.reader.close()
    const again = await eventually(async () => {
      const one = await openSocket(world.origin, { protocol: ida.token })
      return 'reader' in one && one
    })
    for (const { reader } of [...opened, again]) reader.close()
  })

  if (engine === 'postgres')
    test('what is posted through one process reaches streams of another, and so does a revocation', async () => {
      const { config } = world.house
      const second = await buildHouse(
        { ...config, port: 0, workers: 0 },
        { log: silentLog(), worker: { number: 1, line: { send() {}, hear() {} } } },
      )
      const port = await second.start()
      const origin = `http://localhost:${port}`
      const { token, tokenId } = await world.tokenFor(bob.accountId, ['read'])
      const { reader } = await mustOpen(origin, { protocol: token, query: '?stream=user' })
      const there = await openEvents(origin, '/public', token)
      // The others hear a moment later what is listened to here.
      await eventually(async () => {
        await post(alice, { status: 'across processes' })
        return [reader, there.reader].every((one) => one.messages.some(({ event }) => event === 'update'))
      })
      for (const one of [reader, there.reader])
        assert.equal((await one.next('update')).content, '<p>across processes</p>')
      await revokeAccountTokens(world.house.ctx, bob.accountId, tokenId)
      await within(Promise.all([reader.closed, there.reader.closed]))
      await second.stop()
    })

  test('a server that stops ends its streams at once and lets nobody wait', async () => {
    const second = await startWorld({ engine })
    const dora = await second.account('dora')
    const readers = [
      (await openEvents(second.origin, '/user', dora.token)).reader,
      (await mustOpen(second.origin, { protocol: dora.token, query: '?stream=user' })).reader,
    ]
    const began = Date.now()
    await second.stop()
    assert.ok(Date.now() - began < 3000, `stopping took ${Date.now() - began} ms`)
    assert.equal(await (readers[0] as StreamReader).closed, 0)
    assert.equal(await (readers[1] as StreamReader).closed, 1001)
  })
})
