// Promises about privacy: each audience, for each kind of reader, by every way to read; what is hidden looks absent.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient, Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen, openEvents } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const AUDIENCES = ['public', 'unlisted', 'private', 'people', 'direct'] as const
type Audience = (typeof AUDIENCES)[number]
const READERS = ['author', 'follower', 'named', 'stranger', 'blocked', 'asking', 'anyone'] as const
type ReaderName = (typeof READERS)[number]

/** Who may see a post of this audience. The named person does not follow; the blocked one was a follower once. */
const MAY_SEE: Record<Audience, readonly ReaderName[]> = {
  public: ['author', 'follower', 'named', 'stranger', 'asking', 'anyone'],
  unlisted: ['author', 'follower', 'named', 'stranger', 'asking', 'anyone'],
  private: ['author', 'follower', 'named'],
  people: ['author', 'named'],
  direct: ['author', 'named'],
}
const SECRET = 'heliotrope'

forEachEngine((engine) => {
  let world: World
  const people = {} as Record<Exclude<ReaderName, 'anyone'>, Person>
  const posts = {} as Record<Audience, Json>
  const roots = {} as Record<Audience, Json>
  /** By post id. */
  const audiences = new Map<string, Audience>()
  const clientOf = (reader: ReaderName): ApiClient =>
    reader === 'anyone' ? world.client() : people[reader].api

  before(async () => {
    world = await startWorld({ engine })
    for (const name of READERS) if (name !== 'anyone') people[name] = await world.account(name)
    const { author, follower, named, blocked, asking } = people
    for (const person of [follower, blocked]) await person.api.post(`/api/v1/accounts/${author.id}/follow`)
    await author.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    await asking.api.post(`/api/v1/accounts/${author.id}/follow`)
    await author.api.post(`/api/v1/accounts/${blocked.id}/block`)
    await world.settle()
    for (const visibility of AUDIENCES) {
      roots[visibility] = await author.api.post('/api/v1/statuses', { status: 'a public start' })
      posts[visibility] = await author.api.post('/api/v1/statuses', {
        status: `@named the ${SECRET} #${SECRET}`,
        visibility,
        in_reply_to_id: roots[visibility].id,
        recipient_ids: visibility === 'people' ? [named.id] : [],
      })
      audiences.set(posts[visibility].id, visibility)
    }
    await world.settle()
  })
  after(() => world.stop())

  const ids = (list: Json[]): string[] => list.map((one) => one.id)

  for (const audience of AUDIENCES)
    for (const reader of READERS) {
      const sees = MAY_SEE[audience].includes(reader)
      describe(`a ${audience} post and the reader "${reader}"`, () => {
        test(`${sees ? 'is shown' : 'looks absent'} by its address, with all around it`, async () => {
          const api = clientOf(reader)
          const at = `/api/v1/statuses/${posts[audience].id}`
          const expected = sees ? 200 : 404
          for (const path of ['', '/context', '/history', '/favourited_by', '/reblogged_by']) {
            const answer = await api.ask('GET', at + path)
            assert.equal(answer.status, expected, path)
            if (!sees) assert.deepEqual(answer.body, { error: 'Record not found' })
          }
          assert.deepEqual(
            ids(await api.get(`/api/v1/statuses?id[]=${posts[audience].id}`)),
            sees ? [posts[audience].id] : [],
          )
        })

        test(`${sees ? 'stands' : 'is missing'} in the thread and on the profile`, async () => {
          const api = clientOf(reader)
          if (reader !== 'blocked') {
            const thread = await api.get(`/api/v1/statuses/${roots[audience].id}/context`)
            assert.equal(ids(thread.descendants).includes(posts[audience].id), sees)
          }
          const profile = await api.get(`/api/v1/accounts/${people.author.id}/statuses?limit=40`)
          assert.equal(ids(profile).includes(posts[audience].id), sees)
          const tagged = await api.get(`/api/v1/accounts/${people.author.id}/statuses?tagged=${SECRET}`)
          assert.equal(ids(tagged).includes(posts[audience].id), sees)
        })

        test('stands in public timelines only when it is public and seen', async () => {
          const api = clientOf(reader)
          const expected = sees && audience === 'public'
          for (const path of ['public', 'public?local=true', `tag/${SECRET}`]) {
            const list = await api.get(`/api/v1/timelines/${path}${path.includes('?') ? '&' : '?'}limit=40`)
            assert.equal(ids(list).includes(posts[audience].id), expected, path)
          }
        })

        if (reader !== 'anyone')
          test('is found by search and stands at home only for those who may see it', async () => {
            const { api } = people[reader]
            const found = await api.get(`/api/v2/search?q=${SECRET}&type=statuses`)
            for (const status of found.statuses) assert.ok(maySee(status, reader))
            const home = await api.get('/api/v1/timelines/home?limit=40')
            for (const status of home) assert.ok(maySee(status, reader))
            if (!sees) assert.ok(!JSON.stringify([found, home]).includes(`"id":"${posts[audience].id}"`))
          })

        if (reader !== 'anyone' && !sees)
          test('cannot be acted on: the answer is the same as for a post that does not exist', async () => {
            const { api } = people[reader]
            const deeds = [
              'favourite',
              'unfavourite',
              'bookmark',
              'unbookmark',
              'reblog',
              'unreblog',
              'mute',
              'pin',
            ]
            for (const deed of deeds) {
              const hidden = await api.ask('POST', `/api/v1/statuses/${posts[audience].id}/${deed}`)
              const absent = await api.ask('POST', `/api/v1/statuses/123456789/${deed}`)
              assert.deepEqual([hidden.status, hidden.body], [absent.status, absent.body], deed)
            }
            const draft = { status: 'x', in_reply_to_id: posts[audience].id }
            assert.equal(await api.status('POST', '/api/v1/statuses', draft), 404)
            const quote = { status: 'x', quoted_status_id: posts[audience].id }
            assert.ok([404, 422].includes(await api.status('POST', '/api/v1/statuses', quote)))
            assert.equal(await api.status('DELETE', `/api/v1/statuses/${posts[audience].id}`), 404)
            assert.equal(
              await api.status('PUT', `/api/v1/statuses/${posts[audience].id}`, { status: 'x' }),
              404,
            )
          })
      })
    }

  const maySee = (status: Json, reader: ReaderName): boolean => {
    const audience = audiences.get(status.id) ?? (status.visibility as Audience)
    return MAY_SEE[audience].includes(reader)
  }

  test('streams carry each post to those who may see it and to nobody else', async () => {
    const open: Record<string, StreamReader[]> = {}
    for (const reader of READERS) {
      if (reader === 'anyone') continue
      const { token } = people[reader]
      const { reader: socket } = await mustOpen(world.origin, { protocol: token })
      for (const stream of ['user', 'public', 'public:local', 'direct', 'user:notification'])
        socket.send({ type: 'subscribe', stream })
      socket.send({ type: 'subscribe', stream: 'hashtag', tag: SECRET })
      const events = await openEvents(world.origin, '/public', token)
      open[reader] = [socket, events.reader]
    }
    const fresh: Partial<Record<Audience, string>> = {}
    for (const visibility of AUDIENCES) {
      const status = await people.author.api.post('/api/v1/statuses', {
        status: `@named streams ${visibility} ${SECRET}s #${SECRET}`,
        visibility,
        recipient_ids: visibility === 'people' ? [people.named.id] : [],
      })
      fresh[visibility] = status.id
      await people.author.api.put(`/api/v1/statuses/${status.id}`, {
        status: `@named streams ${visibility} ${SECRET}s again #${SECRET}`,
      })
    }
    // A post of somebody whom all may hear comes last: what stands before it is all there is.
    const last = await people.named.api.post('/api/v1/statuses', { status: 'the last one' })
    for (const [name, readers] of Object.entries(open))
      for (const reader of readers) {
        await reader.next('update', (status) => status.id === last.id)
        const heard = JSON.stringify(reader.messages)
        for (const audience of AUDIENCES)
          if (!MAY_SEE[audience].includes(name as ReaderName))
            assert.ok(!heard.includes(fresh[audience] ?? '?'), `${name} heard of a ${audience} post`)
        reader.close()
      }
  })

  test('pages in a browser and documents for other servers show open posts to anybody, and nothing else', async () => {
    for (const audience of AUDIENCES) {
      const { url, uri } = posts[audience]
      for (const [address, accept] of [
        [url, 'text/html'],
        [uri, 'application/activity+json'],
        [uri, 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'],
      ]) {
        const response = await fetch(address, { headers: { accept } })
        const text = await response.text()
        const isOpen = MAY_SEE[audience].includes('anyone')
        assert.equal(text.includes(SECRET), isOpen, `${audience} at ${address} as ${accept}`)
        assert.equal(response.status, isOpen ? 200 : 404, `${audience} at ${address} as ${accept}`)
      }
    }
    const profile = `${world.origin}/@author`
    for (const path of [
      profile,
      `${profile}.rss`,
      `${profile}/feed.atom`,
      `${world.origin}/users/author/outbox?page=true`,
    ]) {
      const text = await (await fetch(path)).text()
      for (const audience of ['private', 'people', 'direct'] as const)
        assert.ok(!text.includes(`/${posts[audience].id}`), `${path} names a ${audience} post`)
    }
  })

  test('a boost shows nothing that its reader may not see', async () => {
    const own = await people.author.api.post(`/api/v1/statuses/${posts.private.id}/reblog`)
    await world.settle()
    for (const reader of ['stranger', 'asking', 'anyone', 'blocked'] as const) {
      const api = clientOf(reader)
      assert.equal(await api.status('GET', `/api/v1/statuses/${own.id}`), 404, reader)
      const profile = await api.get(`/api/v1/accounts/${people.author.id}/statuses?limit=40`)
      assert.ok(!ids(profile).includes(own.id), reader)
    }
    assert.equal((await people.follower.api.get(`/api/v1/statuses/${own.id}`)).reblog.id, posts.private.id)
  })

  test('who boosts a post for the own followers only is named to nobody as its booster', async () => {
    const { follower, stranger } = people
    const at = `/api/v1/statuses/${posts.public.id}`
    const quiet = await follower.api.post(`${at}/reblog`, { visibility: 'private' })
    await stranger.api.post(`${at}/reblog`)
    await world.settle()
    for (const reader of ['author', 'named', 'stranger', 'anyone'] as const) {
      const shown = ids(await clientOf(reader).get(`${at}/reblogged_by`))
      assert.deepEqual(shown, [stranger.id], reader)
      assert.equal(await clientOf(reader).status('GET', `/api/v1/statuses/${quiet.id}`), 404, reader)
    }
  })

  test('a quote of a post that the reader may not see shows that there is one, and nothing of it', async () => {
    const quoted = await people.author.api.post('/api/v1/statuses', {
      status: `quoted ${SECRET}`,
      visibility: 'private',
    })
    const answer = await people.author.api.ask('POST', '/api/v1/statuses', {
      body: { status: 'look at this', quoted_status_id: quoted.id, visibility: 'private' },
    })
    if (answer.status === 200) {
      const shown = await people.follower.api.get(`/api/v1/statuses/${answer.body.id}`)
      assert.equal(shown.quote.quoted_status.id, quoted.id)
    }
    for (const reader of ['stranger', 'anyone', 'blocked'] as const)
      assert.equal(await clientOf(reader).status('GET', `/api/v1/statuses/${quoted.id}`), 404)
  })

  test('who is blocked afterwards sees nothing any more, and favourites of hidden posts are hidden too', async () => {
    const late = await world.account('late')
    const status = await people.named.api.post('/api/v1/statuses', { status: 'liked before the block' })
    await late.api.post(`/api/v1/statuses/${status.id}/favourite`)
    await late.api.post(`/api/v1/statuses/${status.id}/bookmark`)
    await people.named.api.post(`/api/v1/accounts/${late.id}/block`)
    await world.settle()
    for (const path of ['favourites', 'bookmarks', 'notifications', 'timelines/home'])
      assert.ok(!JSON.stringify(await late.api.get(`/api/v1/${path}`)).includes(status.id), path)
  })

  test('polls are seen and voted on only by who may see their post', async () => {
    const status = await people.author.api.post('/api/v1/statuses', {
      status: 'a quiet question',
      visibility: 'private',
      poll: { options: ['a', 'b'], expires_in: 3600 },
    })
    assert.equal(await people.stranger.api.status('GET', `/api/v1/polls/${status.poll.id}`), 404)
    assert.equal(
      await people.stranger.api.status('POST', `/api/v1/polls/${status.poll.id}/votes`, { choices: [0] }),
      404,
    )
    assert.equal(
      await people.follower.api.status('POST', `/api/v1/polls/${status.poll.id}/votes`, { choices: [0] }),
      200,
    )
  })
})
