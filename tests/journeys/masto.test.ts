// The promise that apps made for Mastodon work: a person's session, done by the client library that web apps use.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from 'masto'
import type { mastodon } from 'masto'
import { WebSocket } from 'ws'
import { forEachEngine } from '../database.ts'
import { quartered } from '../unit/media/pictures.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
  })
  after(() => world.stop())

  const rest = (person?: Person): mastodon.rest.Client =>
    createRestAPIClient({ url: world.origin, ...(person ? { accessToken: person.token } : {}) })

  test('an app registers itself and gets a token of its own', async () => {
    const app = await rest().v1.apps.create({
      clientName: 'Masto',
      redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: 'read write',
    })
    const oauth = createOAuthAPIClient({ url: world.origin })
    const token = await oauth.token.create({
      grantType: 'client_credentials',
      clientId: app.clientId ?? '',
      clientSecret: app.clientSecret ?? '',
      redirectUri: 'urn:ietf:wg:oauth:2.0:oob',
    })
    const own = createRestAPIClient({ url: world.origin, accessToken: token.accessToken })
    assert.equal((await own.v1.apps.verifyCredentials()).name, 'Masto')
    await oauth.revoke({
      clientId: app.clientId ?? '',
      clientSecret: app.clientSecret ?? '',
      token: token.accessToken,
    })
    await assert.rejects(own.v1.apps.verifyCredentials())
  })

  test('a person posts a picture and a poll, follows, replies, boosts, edits, writes in private and deletes', async () => {
    const hers = rest(alice)
    const his = rest(bob)
    const me = await hers.v1.accounts.verifyCredentials()
    assert.equal(me.username, 'alice')
    assert.equal((await his.v1.accounts.$select(me.id).follow()).following, true)

    const file = new Blob([new Uint8Array(await quartered())], { type: 'image/png' })
    const media = await hers.v2.media.create({ file, description: 'four colours' })
    const picture = await hers.v1.statuses.create({ status: 'A picture', mediaIds: [media.id] })
    assert.deepEqual(
      picture.mediaAttachments.map((one) => [one.type, one.description]),
      [['image', 'four colours']],
    )
    const shown = await fetch(picture.mediaAttachments[0]?.url ?? '')
    assert.equal(shown.status, 200)

    const asked = await hers.v1.statuses.create({
      status: 'Tea?',
      poll: { options: ['yes', 'no'], expiresIn: 3600 },
    })
    const voted = await his.v1.polls.$select(asked.poll?.id ?? '').votes.create({ choices: [0] })
    assert.equal(voted.votesCount, 1)

    await world.settle()
    const home = await his.v1.timelines.home.list({ limit: 5 })
    assert.deepEqual(
      home.map((one) => one.id),
      [asked.id, picture.id],
    )

    const reply = await his.v1.statuses.create({ status: '@alice lovely', inReplyToId: picture.id })
    assert.equal((await his.v1.statuses.$select(picture.id).favourite()).favouritesCount, 1)
    assert.equal((await his.v1.statuses.$select(picture.id).reblog()).reblog?.id, picture.id)
    await world.settle()
    const context = await hers.v1.statuses.$select(picture.id).context.fetch()
    assert.deepEqual(
      context.descendants.map((one) => one.id),
      [reply.id],
    )
    const notices = await hers.v1.notifications.list()
    assert.deepEqual(notices.map((one) => one.type).toSorted(), ['favourite', 'follow', 'mention', 'reblog'])

    const edited = await his.v1.statuses.$select(reply.id).update({ status: '@alice really lovely' })
    assert.match(edited.content, /really lovely/)
    assert.equal((await hers.v1.statuses.$select(reply.id).history.list()).length, 2)

    const secret = await his.v1.statuses.create({ status: '@alice between us', visibility: 'direct' })
    await world.settle()
    const [conversation] = await hers.v1.conversations.list()
    assert.equal(conversation?.lastStatus?.id, secret.id)

    await hers.v1.statuses.$select(picture.id).remove()
    await assert.rejects(
      his.v1.statuses.$select(picture.id).fetch(),
      ({ statusCode, status }: { statusCode?: number; status?: number }) => (statusCode ?? status) === 404,
    )
  })

  test('a timeline is walked with for await, page after page', async () => {
    const hers = rest(alice)
    const written: string[] = []
    for (let count = 0; count < 7; count += 1)
      written.unshift((await hers.v1.statuses.create({ status: `page ${count} #walking` })).id)
    await world.settle()
    const seen: string[] = []
    for await (const page of rest(bob).v1.timelines.tag.$select('walking').list({ limit: 3 }))
      seen.push(...page.map((one) => one.id))
    assert.deepEqual(seen, written)
  })

  test('the streaming client hears what happens, over the address that the instance names', async () => {
    const { configuration } = await rest().v2.instance.fetch()
    const streaming = createStreamingAPIClient({
      streamingApiUrl: configuration.urls.streaming,
      accessToken: bob.token,
      implementation: WebSocket,
      retry: false,
    })
    const heard: string[] = []
    const subscription = streaming.user.subscribe()
    const reading = (async () => {
      for await (const event of subscription) heard.push(event.event)
    })()
    const { live } = world.house.ctx
    await eventually(() => live.hasSubscribers?.('home:'))
    const status = await rest(alice).v1.statuses.create({ status: 'hear me @bob' })
    await eventually(() => heard.includes('update') && heard.includes('notification'))
    await rest(alice).v1.statuses.$select(status.id).remove()
    await eventually(() => heard.includes('delete'))
    subscription.unsubscribe()
    streaming.close()
    await reading
  })

  test('lists, filters of people, bookmarks, markers and search work through the library', async () => {
    const hers = rest(alice)
    await hers.v1.accounts.$select(bob.id).follow()
    const list = await hers.v1.lists.create({ title: 'Friends' })
    await hers.v1.lists.$select(list.id).accounts.create({ accountIds: [bob.id] })
    assert.deepEqual(
      (await hers.v1.lists.$select(list.id).accounts.list()).map((one) => one.username),
      ['bob'],
    )
    const status = await rest(bob).v1.statuses.create({ status: 'keep this' })
    await hers.v1.statuses.$select(status.id).bookmark()
    assert.deepEqual(
      (await hers.v1.bookmarks.list()).map((one) => one.id),
      [status.id],
    )
    await hers.v1.markers.create({ home: { lastReadId: status.id } })
    assert.equal((await hers.v1.markers.fetch({ timeline: ['home'] })).home.lastReadId, status.id)
    const found = await hers.v2.search.list({ q: 'bob', type: 'accounts' })
    assert.deepEqual(
      found.accounts.map((one) => one.username),
      ['bob'],
    )
    const [relationship] = await hers.v1.accounts.relationships.fetch({ id: [bob.id] })
    assert.equal(relationship?.following, true)
  })
})
