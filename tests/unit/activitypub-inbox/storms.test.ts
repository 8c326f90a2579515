// What comes in masses, endlessly or in circles costs this server little.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { forEachEngine } from '../../database.ts'
import { draft } from '../../cast.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { postTo, signedHeaders } from './peer.ts'
import type { Json } from './peer.ts'
import { activityBy, noteBy, openStage, START } from './stage.ts'
import type { Stage } from './stage.ts'

forEachEngine((engine) => {
  describe('the server', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())
    beforeEach(() => {
      stage.far.asked.length = 0
      stage.evil.asked.length = 0
    })
    const read = () => stage.ctx.store.read
    const count = async (table: 'posts' | 'accounts' | 'jobs' | 'media'): Promise<number> =>
      (await read().selectFrom(table).select('id').execute()).length

    it('asks nobody when a thousand accounts it never knew are deleted', async () => {
      const before = { jobs: await count('jobs'), accounts: await count('accounts') }
      const statuses = new Set<number>()
      for (let batch = 0; batch < 20; batch++)
        await Promise.all(
          Array.from({ length: 50 }, async (_, index) => {
            const uri = `http://far.test/users/gone${batch * 50 + index}`
            const body = Buffer.from(
              JSON.stringify({
                id: `${uri}#delete`,
                type: 'Delete',
                actor: uri,
                object: uri,
                to: ['as:Public'],
              }),
            )
            const key = { keyId: `${uri}#main-key`, privateKey: stage.dave.privateKey }
            const headers = signedHeaders(key, body, { now: stage.now() })
            statuses.add((await postTo(stage.port, { body, headers })).status)
          }),
        )
      assert.deepEqual([...statuses], [202])
      assert.deepEqual([...stage.far.asked, ...stage.evil.asked], [])
      assert.deepEqual({ jobs: await count('jobs'), accounts: await count('accounts') }, before)
    })

    it('does once what arrives ten times at the same moment', async () => {
      const { postId } = await publishPost(stage.ctx, stage.alice, draft('Ten times'))
      const { uri } = await read()
        .selectFrom('posts')
        .select('uri')
        .where('id', '=', postId)
        .executeTakeFirstOrThrow()
      const note = noteBy(stage.dave)
      const activities = [
        activityBy(stage.dave, 'Create', note),
        activityBy(stage.dave, 'Like', uri),
        activityBy(stage.dave, 'Announce', uri, { to: ['as:Public'] }),
        activityBy(stage.dave, 'Follow', stage.ctx.urls.account('alice')),
      ]
      const copies = activities.flatMap((activity) => Array.from({ length: 10 }, () => activity))
      const statuses = await Promise.all(copies.map((activity) => stage.deliver(stage.dave, activity)))
      assert.ok(statuses.every((status) => status === 202))
      await stage.settle()
      const row = await read()
        .selectFrom('posts')
        .select(['likes_count', 'boosts_count'])
        .where('id', '=', postId)
        .executeTakeFirst()
      assert.deepEqual(row, { likes_count: 1, boosts_count: 1 })
      assert.equal(
        (await read().selectFrom('posts').select('id').where('uri', '=', note.id).execute()).length,
        1,
      )
      const alice = await read()
        .selectFrom('accounts')
        .select('followers_count')
        .where('id', '=', stage.alice)
        .executeTakeFirst()
      assert.equal(alice?.followers_count, 1)
      assert.equal(stage.facts.filter((fact) => fact.type === 'reaction-added').length, 1)
      assert.ok(stage.far.asked.filter((path) => path === '/users/dave').length <= 1)
    })

    it('keeps of an oversized object what can be kept, and the rest not', async () => {
      const many = <T>(make: (index: number) => T): T[] =>
        Array.from({ length: 2000 }, (_, index) => make(index))
      const note = noteBy(stage.dave, {
        tag: many((index) => ({
          type: 'Hashtag',
          name: `#tag${index}`,
          href: `http://far.test/tags/tag${index}`,
        })),
        attachment: many((index) => ({
          type: 'Document',
          mediaType: 'image/png',
          url: `http://far.test/${index}.png`,
        })),
      })
      const poll = noteBy(stage.dave, {
        type: 'Question',
        endTime: '9999-01-01T00:00:00Z',
        oneOf: many((index) => ({
          type: 'Note',
          name: `option ${index} ${'x'.repeat(100)}`,
          replies: { type: 'Collection', totalItems: 1e300 },
        })),
      })
      const media = await count('media')
      for (const object of [note, poll])
        assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', object)), 202)
      await stage.settle()
      const tags = await read().selectFrom('post_tags').select('tag_id').execute()
      assert.ok(tags.length <= 100, `${tags.length} tags`)
      assert.ok((await count('media')) - media <= 32)
      const row = await read()
        .selectFrom('polls')
        .innerJoin('posts', 'posts.id', 'polls.post_id')
        .select('options')
        .where('posts.uri', '=', poll.id)
        .executeTakeFirst()
      assert.ok((JSON.parse(row?.options ?? '[]') as unknown[]).length <= 50)
    })

    it('keeps of an oversized profile what can be kept', async () => {
      const huge = await stage.far.actor('huge', {
        name: '👩‍👩‍👧'.repeat(20_000),
        summary: `<p>${'x'.repeat(300_000)}</p>`,
        alsoKnownAs: Array.from({ length: 5000 }, (_, index) => `http://far.test/alias/${index}`),
        attachment: Array.from({ length: 3000 }, (_, index) => ({
          type: 'PropertyValue',
          name: `f${index}`,
          value: 'v',
        })),
      })
      const id = await stage.ctx.remote.accountByUri(huge.uri)
      const row = await read()
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', id ?? 0)
        .executeTakeFirstOrThrow()
      assert.ok(row.name.length <= 4000 && row.note.length <= 60_000)
      assert.ok((JSON.parse(row.fields) as unknown[]).length <= 16)
      assert.ok((JSON.parse(row.also_known_as) as unknown[]).length <= 20)
    })

    it('climbs an endless thread only so far', async () => {
      let served = 0
      const page = (path: string, parent: string): void => {
        const id = `http://evil.test${path}`
        stage.evil.serve(path, {
          handle: (_, outgoing) => {
            served += 1
            const next = `/climb/${served}`
            page(next, `/climb/${served + 1}`)
            outgoing.writeHead(200, { 'content-type': 'application/activity+json' })
            outgoing.end(
              JSON.stringify({ ...noteBy(stage.mallory), id, inReplyTo: `http://evil.test${parent}` }),
            )
          },
        })
      }
      page('/climb/0', '/climb/1')
      const note = noteBy(stage.mallory, { inReplyTo: 'http://evil.test/climb/0' })
      assert.equal(await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', note)), 202)
      await stage.settle()
      assert.ok(served > 3 && served <= 31, `${served} fetched`)
    })

    it('joins a thread whose beginning arrives later', async () => {
      const root = noteBy(stage.dave)
      stage.far.serve(new URL(root.id).pathname, root)
      const middle = noteBy(stage.dave, { inReplyTo: root.id })
      stage.far.serve(new URL(middle.id).pathname, middle)
      const leaf = noteBy(stage.dave, { inReplyTo: middle.id })
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', leaf))
      await stage.settle()
      const threads = await read()
        .selectFrom('posts')
        .select('thread_id')
        .distinct()
        .where('uri', 'in', [root.id, middle.id, leaf.id])
        .execute()
      assert.equal(threads.length, 1)
    })

    it('reads replies that go in circles or on for ever to an end', async () => {
      let served = 0
      const root = noteBy(stage.dave, { replies: 'http://far.test/replies' })
      const rootPath = new URL(root.id).pathname
      stage.far.serve(rootPath, root)
      const reply = noteBy(stage.dave, { inReplyTo: root.id })
      stage.far.serve(new URL(reply.id).pathname, reply)
      stage.far.serve('/replies', {
        id: 'http://far.test/replies',
        type: 'Collection',
        first: 'http://far.test/replies?page=1',
      })
      for (let number = 1; number < 500; number++)
        stage.far.serve(`/replies?page=${number}`, {
          handle: (_, outgoing) => {
            served += 1
            outgoing.writeHead(200, { 'content-type': 'application/activity+json' })
            const next = `http://far.test/replies?page=${number + 1}`
            outgoing.end(
              JSON.stringify({
                id: `http://far.test/replies?page=${number}`,
                type: 'CollectionPage',
                next,
                items: [reply.id, root.id],
              }),
            )
          },
        })
      const postId = await stage.ctx.remote.postByUri(root.id)
      await stage.ctx.remote.completeThreadSoon?.(postId ?? 0)
      await stage.settle()
      assert.ok(await read().selectFrom('posts').select('id').where('uri', '=', reply.id).executeTakeFirst())
      assert.ok(served <= 3, `${served} pages`)
      await stage.ctx.remote.completeThreadSoon?.(postId ?? 0)
      await stage.settle()
      assert.ok(served <= 3, 'not again so soon')

      const circle = noteBy(stage.dave, { replies: 'http://far.test/circle' })
      stage.far.serve(new URL(circle.id).pathname, circle)
      stage.far.serve('/circle', {
        id: 'http://far.test/circle',
        type: 'Collection',
        first: 'http://far.test/circle',
        next: 'http://far.test/circle',
      })
      const circleId = await stage.ctx.remote.postByUri(circle.id)
      stage.far.asked.length = 0
      await stage.ctx.remote.completeThreadSoon?.(circleId ?? 0)
      await stage.settle()
      assert.ok(stage.far.asked.filter((path) => path === '/circle').length <= 2)
    })

    it('follows pages of a collection only on its own server', async () => {
      const root = noteBy(stage.mallory, { replies: 'http://evil.test/replies' })
      stage.evil.serve(new URL(root.id).pathname, root)
      stage.evil.serve('/replies', {
        id: 'http://evil.test/replies',
        type: 'Collection',
        first: 'http://far.test/secret',
      })
      const postId = await stage.ctx.remote.postByUri(root.id)
      await stage.ctx.remote.completeThreadSoon?.(postId ?? 0)
      await stage.settle()
      assert.ok(!stage.far.asked.includes('/secret'))
    })

    it('signs in the other dialect where the first is refused, once, and remembers it', async () => {
      const picky = noteBy(stage.dave)
      const dialects: string[] = []
      stage.far.serve(new URL(picky.id).pathname, {
        handle: (incoming, outgoing) => {
          const isNew = incoming.headers['signature-input'] !== undefined
          dialects.push(isNew ? 'rfc9421' : 'cavage')
          outgoing.writeHead(isNew ? 200 : 401, { 'content-type': 'application/activity+json' })
          outgoing.end(JSON.stringify(picky))
        },
      })
      assert.ok(await stage.ctx.remote.postByUri(picky.id))
      await stage.ctx.remote.postByUri(picky.id, { fresh: true })
      assert.deepEqual(dialects, ['cavage', 'rfc9421', 'rfc9421'])
      const host = await read()
        .selectFrom('hosts')
        .select('dialect')
        .where('domain', '=', 'far.test')
        .executeTakeFirst()
      assert.equal(host?.dialect, 'rfc9421')
    })

    it('learns once which software a server runs, from that server alone', async () => {
      const asked = () => stage.far.asked.filter((path) => path.includes('nodeinfo')).length
      stage.pass(8 * 86_400_000)
      const info = { version: '2.0', software: { name: 'friendica', version: '2024.12' } }
      const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.0'
      const list = (href: string) => ({
        type: 'application/json',
        body: JSON.stringify({ links: [{ rel, href }] }),
      })
      stage.far.serve('/.well-known/nodeinfo', list('http://far.test/nodeinfo/2.0'))
      stage.far.serve('/nodeinfo/2.0', { type: 'application/json', body: JSON.stringify(info) })
      stage.evil.serve('/.well-known/nodeinfo', list('http://far.test/nodeinfo/secret'))
      for (const name of ['nora', 'nick']) {
        const actor = await stage.far.actor(name)
        assert.ok(await stage.ctx.remote.accountByUri(actor.uri))
        await stage.settle()
      }
      const other = await stage.evil.actor('nina')
      assert.ok(await stage.ctx.remote.accountByUri(other.uri))
      await stage.settle()
      const rows = await read().selectFrom('hosts').select(['domain', 'software']).orderBy('domain').execute()
      assert.deepEqual(rows, [
        { domain: 'evil.test', software: null },
        { domain: 'far.test', software: 'friendica' },
      ])
      assert.equal(asked(), 2)
    })

    it('leaves a server alone that does not answer', async () => {
      stage.evil.serve('/slow', { status: 503, body: '' })
      for (let attempt = 0; attempt < 20; attempt++)
        await assert.rejects(async () =>
          stage.ctx.remote
            .postByUri(`http://evil.test/slow?${attempt % 2}`)
            .then((id) => id ?? Promise.reject(new Error('none'))),
        )
      assert.ok(stage.evil.asked.length <= 2)
    })

    it('follows neither endless redirects nor bodies beyond a mebibyte', async () => {
      stage.pass(3_600_000)
      stage.evil.serve('/loop', { status: 302, body: '', headers: { location: 'http://evil.test/loop' } })
      assert.equal(await stage.ctx.remote.postByUri('http://evil.test/loop'), undefined)
      assert.ok(stage.evil.asked.length <= 4)
      const large = noteBy(stage.mallory, { content: 'x'.repeat(2_000_000) })
      stage.evil.serve(new URL(large.id).pathname, large)
      assert.equal(await stage.ctx.remote.postByUri(large.id), undefined)
    })

    it('completes a profile that is looked at, once a day', async () => {
      const first = noteBy(stage.dave)
      const pinned = noteBy(stage.dave, { content: '<p>Pinned</p>' })
      stage.far.serve(new URL(pinned.id).pathname, pinned)
      stage.far.serve('/users/dave/followers', {
        id: 'http://far.test/users/dave/followers',
        type: 'OrderedCollection',
        totalItems: 42,
      })
      stage.far.serve('/users/dave/outbox', {
        id: 'http://far.test/users/dave/outbox',
        type: 'OrderedCollection',
        totalItems: 7,
        first: {
          type: 'OrderedCollectionPage',
          orderedItems: [
            activityBy(stage.dave, 'Create', first),
            activityBy(stage.dave, 'Create', noteBy(stage.mallory)),
          ],
        },
      })
      stage.far.serve('/users/dave/featured', {
        id: 'http://far.test/users/dave/featured',
        type: 'OrderedCollection',
        orderedItems: [pinned.id],
      })
      const id = (await stage.ctx.remote.accountByUri(stage.dave.uri)) ?? 0
      await stage.ctx.remote.refreshSoon?.(id)
      await stage.settle()
      const row = await read()
        .selectFrom('accounts')
        .select(['followers_count', 'posts_count'])
        .where('id', '=', id)
        .executeTakeFirst()
      assert.deepEqual(row, { followers_count: 42, posts_count: 7 })
      const uris = await read()
        .selectFrom('posts')
        .select('uri')
        .where('uri', 'in', [first.id, pinned.id])
        .execute()
      assert.equal(uris.length, 2)
      assert.equal(
        (await read().selectFrom('pins').select('post_id').where('account_id', '=', id).execute()).length,
        1,
      )
      stage.far.asked.length = 0
      await stage.ctx.remote.refreshSoon?.(id)
      await stage.settle()
      assert.deepEqual(stage.far.asked, [])
    })

    it('finds people and posts by handle, address and page, in agreement of both sides', async () => {
      const erin: Json = (await stage.far.actor('erin')).document
      assert.ok(await stage.ctx.remote.accountByHandle('erin@far.test'))
      assert.equal(await stage.ctx.remote.accountByHandle('nobody@far.test'), undefined)
      stage.evil.serve('/.well-known/webfinger?resource=acct%3Aerin%40evil.test', {
        type: 'application/jrd+json',
        body: JSON.stringify({
          subject: 'acct:erin@evil.test',
          links: [{ rel: 'self', type: 'application/activity+json', href: erin['id'] }],
        }),
      })
      await stage.ctx.remote.accountByHandle('erin@evil.test')
      const row = await read()
        .selectFrom('accounts')
        .select('domain')
        .where('uri', '=', String(erin['id']))
        .executeTakeFirst()
      assert.equal(row?.domain, 'far.test', 'another server cannot claim the account')
      const note = noteBy(stage.dave, { published: new Date(START).toISOString() })
      stage.far.serve(new URL(note.id).pathname, note)
      stage.far.serve('/@dave/1', {
        type: 'text/html',
        body: `<html><head><link rel="alternate" type="application/activity+json" href="${note.id}"></head></html>`,
      })
      assert.ok(await stage.ctx.remote.postByUri('http://far.test/@dave/1'))
    })
  })
})
