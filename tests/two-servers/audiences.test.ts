// Promises about privacy between servers: a post reaches those it is for, and nobody else, by no way.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { copyOf, find, follow, inHome, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

const READERS = ['follower', 'friend', 'named', 'stranger', 'faraway'] as const
type Reader = (typeof READERS)[number]

/** What is posted, in the words of the API, and who of other servers sees it. The friend follows, and is chosen as well; the named person follows nobody. */
const CASES: readonly { name: string; body: object; sees: readonly Reader[]; home: readonly Reader[] }[] = [
  { name: 'public', body: {}, sees: READERS, home: ['follower', 'friend', 'faraway'] },
  {
    name: 'unlisted',
    body: { visibility: 'unlisted' },
    sees: READERS,
    home: ['follower', 'friend', 'faraway'],
  },
  {
    name: 'for followers',
    body: { visibility: 'private' },
    sees: ['follower', 'friend', 'faraway'],
    home: ['follower', 'friend', 'faraway'],
  },
  { name: 'for a circle', body: { visibility: 'circles' }, sees: ['friend', 'named'], home: ['friend'] },
  { name: 'for chosen people', body: { visibility: 'people' }, sees: ['friend', 'named'], home: ['friend'] },
  { name: 'direct', body: { visibility: 'direct' }, sees: ['friend', 'named'], home: ['friend'] },
  { name: 'local', body: { local_only: true }, sees: [], home: [] },
]
const CHOSEN = ['for a circle', 'for chosen people', 'direct', 'local']

forEachEngine((engine) => {
  let worlds: Worlds
  let b: Server
  let c: Server
  let author: Citizen
  let neighbour: Citizen
  const people = {} as Record<Reader, Citizen>
  const posts = new Map<string, Json>()
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test', 'c.test'] })
    const [a] = worlds.servers as [Server]
    ;[, b, c] = worlds.servers as [Server, Server, Server]
    author = await a.account('author')
    neighbour = await a.account('neighbour')
    for (const name of READERS) people[name] = await (name === 'faraway' ? c : b).account(name)
    await follow(people.follower, author)
    await follow(people.friend, author)
    await follow(people.faraway, author)
    const chosen = [(await find(author, people.named)).id, (await find(author, people.friend)).id]
    // Only people one has to do with can be in a circle.
    await author.api.post(`/api/v1/accounts/${chosen[0]}/follow`)
    await worlds.settle()
    const circle = await author.api.post('/api/v1/circles', { title: 'Close' })
    await author.api.post(`/api/v1/circles/${circle.id}/accounts`, { account_ids: chosen })
    for (const { name, body } of CASES) {
      const names = name === 'direct' ? '@named@b.test @friend@b.test ' : ''
      const extra: Record<string, object> = {
        'for chosen people': { recipient_ids: chosen },
        'for a circle': { circle_ids: [circle.id] },
      }
      const status = `${names}words that are ${name}`
      posts.set(name, await author.api.post('/api/v1/statuses', { status, ...body, ...extra[name] }))
    }
    await worlds.settle()
  })
  after(() => worlds.stop())

  const rowsWith = async (server: Server, words: string): Promise<number> => {
    const { read } = server.house.ctx.store
    const found = await read.selectFrom('posts').select('id').where('content', 'like', `%${words}%`).execute()
    return found.length
  }

  for (const { name, sees, home } of CASES)
    describe(`a post that is ${name}`, () => {
      const words = `words that are ${name}`
      for (const reader of READERS) {
        const may = sees.includes(reader)
        test(`${may ? 'is seen by' : 'stays hidden from'} the ${reader}`, async () => {
          const { api } = people[reader]
          const copy = await copyOf(people[reader], posts.get(name).uri)
          assert.equal(copy !== undefined, may)
          const row = await people[reader].server.house.ctx.store.read
            .selectFrom('posts')
            .select('id')
            .where('uri', '=', posts.get(name).uri)
            .executeTakeFirst()
          if (row) assert.equal(await api.status('GET', `/api/v1/statuses/${row.id}`), may ? 200 : 404)
          assert.equal((await inHome(people[reader], words)) !== undefined, home.includes(reader))
          const { id } = await find(people[reader], author)
          const profile: Json[] = await api.get(`/api/v1/accounts/${id}/statuses`)
          assert.equal(
            profile.some((one) => one.content.includes(words)),
            may,
          )
          const known: Json[] = await api.get('/api/v1/timelines/public')
          assert.equal(
            known.some((one) => one.content.includes(words)),
            may && name === 'public',
          )
        })
      }
    })

  test('what is for chosen people is not even kept by servers of others', async () => {
    for (const name of CHOSEN) assert.equal(await rowsWith(c, `words that are ${name}`), 0, name)
    assert.equal(await rowsWith(b, 'words that are local'), 0)
  })

  test('whoever may not see a post is told that there is none, whatever they ask for', async () => {
    const ask = async (uri: string, type: string): Promise<number> => {
      const answer = await fetch(author.server.local + new URL(uri).pathname, {
        headers: { accept: type },
        redirect: 'manual',
      })
      return answer.status
    }
    const types = ['application/activity+json', 'text/html']
    assert.equal(await ask(posts.get('public').uri, types[0] as string), 200)
    for (const name of ['for followers', ...CHOSEN])
      for (const path of ['', '/activity', '/replies', '/likes', '/shares'])
        for (const type of types) {
          const at = posts.get(name).uri + path
          assert.ok([404, 302].includes(await ask(at, type)), `${at} as ${type}`)
          if (type !== 'text/html') assert.equal(await ask(at, type), 404, at)
        }
    const outbox = await fetch(`${author.server.local}/users/author/outbox?page=true`, {
      headers: { accept: 'application/activity+json' },
    })
    const text = await outbox.text()
    assert.match(text, /words that are public/)
    for (const name of ['for followers', ...CHOSEN])
      assert.doesNotMatch(text, new RegExp(`words that are ${name}`))
  })

  test('a direct message opens a conversation, and its answer goes to nobody else', async () => {
    const { named } = people
    const conversation = await until('the conversation', async () => {
      const list: Json[] = await named.api.get('/api/v1/conversations')
      return list.find((one) => one.last_status?.content.includes('words that are direct'))
    })
    assert.equal(conversation.last_status.visibility, 'direct')
    await named.api.post('/api/v1/statuses', {
      status: '@author@a.test an answer in private',
      visibility: 'direct',
      in_reply_to_id: conversation.last_status.id,
    })
    await until('the answer', async () => {
      const list: Json[] = await author.api.get('/api/v1/conversations')
      return list.find((one) => one.last_status?.content.includes('an answer in private'))
    })
    await worlds.settle()
    assert.equal(await rowsWith(c, 'an answer in private'), 0)
    assert.deepEqual(await neighbour.api.get('/api/v1/conversations'), [])
  })

  test('a local post is read by neighbours, and answers to it stay here too', async () => {
    const local = posts.get('local')
    assert.equal((await neighbour.api.get(`/api/v1/statuses/${local.id}`)).id, local.id)
    const reply = { status: '@named@b.test psst, a local answer', in_reply_to_id: local.id }
    await neighbour.api.post('/api/v1/statuses', reply)
    await worlds.settle()
    assert.equal(await rowsWith(b, 'a local answer'), 0)
  })
})
