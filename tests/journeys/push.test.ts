// Promises to people whose apps sleep: what they asked to hear of is pushed, readable by their app alone.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { deleteTokens } from '../../src/store/tokens.ts'
import { forEachEngine } from '../database.ts'
import { startPushReceiver } from '../push-receiver.ts'
import type { PushReceiver } from '../push-receiver.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const PATH = '/api/v1/push/subscription'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let app: PushReceiver
  before(async () => {
    world = await startWorld({ engine, config: { allowPrivate: ['127.0.0.1'] } })
    alice = await world.account('alice')
    bob = await world.account('bob')
  })
  beforeEach(async () => {
    await app?.close()
    app = await startPushReceiver()
  })
  after(async () => {
    await app.close()
    await world.stop()
  })

  const subscribe = (standard: boolean, data: object = { alerts: { mention: true, favourite: true } }) =>
    alice.api.post(PATH, { subscription: app.subscription(standard), data })
  const mention = async (text = 'hello @alice', more: object = {}): Promise<void> => {
    await bob.api.post('/api/v1/statuses', { status: text, ...more })
    await world.settle()
  }

  for (const standard of [true, false])
    test(`a mention is pushed and can be read by the app (${standard ? 'standard' : 'draft'})`, async () => {
      const made = await subscribe(standard)
      assert.deepEqual(made.alerts, { mention: true, favourite: true })
      assert.deepEqual([made.standard, made.policy], [standard, 'all'])
      await mention(`hello @alice ${'x'.repeat(200)}`)
      const message = await eventually(() => app.messages[0])
      const [notification] = await alice.api.get('/api/v1/notifications?limit=1')
      assert.equal(message.notification_id, Number(notification.id))
      assert.equal(message.notification_type, 'mention')
      assert.equal(message.title, 'You were mentioned by bob')
      assert.equal([...message.body].length, 140)
      assert.equal(message.icon, notification.account.avatar_static)
      assert.deepEqual([message.access_token, message.preferred_locale], [alice.token, 'en'])
      assert.equal(app.headers()['content-encoding'], standard ? 'aes128gcm' : 'aesgcm')
      assertSigned(made.server_key, app)
    })

  /** The push service knows by this that the message is from us (RFC 8292). */
  function assertSigned(serverKey: string, receiver: PushReceiver): void {
    const text = receiver.headers()['authorization'] ?? ''
    const token = /(?:t=|WebPush )([\w.-]+)/.exec(text)?.[1] ?? ''
    const [head, claims, signature] = token.split('.') as [string, string, string]
    const point = Buffer.from(serverKey, 'base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [
      string,
      string,
    ]
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const signed = Buffer.from(`${head}.${claims}`)
    const proof = { key, dsaEncoding: 'ieee-p1363' } as const
    assert.ok(verify('sha256', signed, proof, Buffer.from(signature, 'base64url')))
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
    assert.equal(said.aud, new URL(receiver.subscription(true).endpoint).origin)
    assert.match(said.sub, /^(mailto|https):/)
  }

  test('the token that is pushed lies sealed in the database, and only under its own subscription', async () => {
    await subscribe(true)
    const { store } = world.house.ctx
    const [row] = await store.read.selectFrom('push_subscriptions').selectAll().execute()
    assert.ok(row?.sealed_token && !JSON.stringify(row).includes(alice.token))
    const { mode } = statSync(join(world.house.config.dataDirectory, 'push-tokens.key'))
    if (process.platform !== 'win32') assert.equal(mode & 0o077, 0)
    const mallory = await world.account('mallory')
    await mallory.api.post(PATH, {
      subscription: app.subscription(true),
      data: { alerts: { mention: true } },
    })
    await store.write((tx) =>
      tx.updateTable('push_subscriptions').set({ sealed_token: row.sealed_token }).execute(),
    )
    await alice.api.delete(PATH)
    await mention('hello @mallory')
    assert.equal((await eventually(() => app.messages[0])).access_token, '')
  })

  test('an app whose token cannot be opened any more gets it pushed again when it changes its wishes', async () => {
    await subscribe(true)
    await world.house.ctx.store.write((tx) =>
      tx.updateTable('push_subscriptions').set({ sealed_token: 'from elsewhere' }).execute(),
    )
    await mention()
    assert.equal((await eventually(() => app.messages[0])).access_token, '')
    await alice.api.put(PATH, { data: { alerts: { mention: true } } })
    await mention()
    assert.equal((await eventually(() => app.messages[1])).access_token, alice.token)
  })

  test('a warning is shown in place of what it hides', async () => {
    await subscribe(true)
    await mention('the butler @alice', { spoiler_text: 'who did it' })
    assert.equal((await eventually(() => app.messages[0])).body, 'who did it')
  })

  test('only what was asked for is pushed', async () => {
    await subscribe(true, { alerts: { follow: true, mention: false } })
    await mention()
    assert.equal(app.calls(), 0)
    await alice.api.put(PATH, { data: { alerts: { mention: true }, policy: 'followed' } })
    await mention()
    assert.equal(app.calls(), 0)
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await mention()
    await eventually(() => app.calls() === 1)
    await alice.api.put(PATH, { data: { alerts: { mention: true }, policy: 'none' } })
    await mention()
    assert.equal(app.calls(), 1)
    assert.deepEqual((await alice.api.get(PATH)).alerts, { mention: true })
  })

  test('a token has one subscription, which ends with it', async () => {
    const { token, tokenId } = await world.tokenFor(alice.accountId, ['push', 'read'])
    const phone = world.client(token)
    assert.equal(await phone.status('GET', PATH), 404)
    await phone.post(PATH, { subscription: app.subscription(true), data: { alerts: { mention: true } } })
    await phone.post(PATH, { subscription: app.subscription(true), data: { alerts: { mention: true } } })
    await alice.api.delete(PATH)
    assert.equal(await alice.api.status('GET', PATH), 404)
    await mention()
    await eventually(() => app.calls() === 1)
    await world.house.ctx.store.write((tx) => deleteTokens(tx, [tokenId]))
    await mention()
    assert.equal(app.calls(), 1)
  })

  test('whoever changes or ends a subscription changes that of the own token, whatever ids are sent along', async () => {
    const kept = await subscribe(true)
    const phone = world.client((await world.tokenFor(alice.accountId, ['push'])).token)
    const change = { data: { alerts: { mention: false }, policy: 'none' } }
    const named = { id: kept.id, subscription_id: kept.id, token_id: alice.tokenId, account_id: alice.id }
    for (const other of [bob.api, phone]) {
      assert.equal(await other.status('PUT', `${PATH}?id=${kept.id}`, { ...change, ...named }), 404)
      await other.delete(`${PATH}?id=${kept.id}`, named)
      const sent = { subscription: app.subscription(true), ...change, ...named }
      assert.notEqual((await other.post(PATH, sent)).id, kept.id)
    }
    assert.deepEqual(await alice.api.get(PATH), kept)
  })

  test('a subscription that is refused ends, one that is only busy does not', async () => {
    await subscribe(true)
    app.answer(429)
    await mention()
    await eventually(() => app.calls() === 1)
    assert.equal((await alice.api.get(PATH)).policy, 'all')
    app.answer(410)
    await mention()
    await eventually(async () => (await alice.api.status('GET', PATH)) === 404)
  })

  test('what is no subscription is refused', async () => {
    const good = app.subscription(true)
    for (const subscription of [
      { ...good, endpoint: 'ftp://127.0.0.1/' },
      { ...good, endpoint: `https://push.test/${'x'.repeat(3000)}` },
      { ...good, keys: { ...good.keys, p256dh: 'BAAA' } },
      { ...good, keys: { ...good.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } },
      { ...good, keys: { ...good.keys, auth: 'short' } },
    ])
      assert.equal(await alice.api.status('POST', PATH, { subscription }), 422, JSON.stringify(subscription))
    assert.equal(await alice.api.status('POST', PATH, {}), 400)
    assert.equal(await alice.api.status('GET', PATH), 404)
    const { token } = await world.tokenFor(alice.accountId, ['read', 'write'])
    assert.equal(await world.client(token).status('GET', PATH), 403)
  })
})
