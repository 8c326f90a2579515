// What other servers are shown, and what they are not.
import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { readActor } from '../../../src/protocols/activitypub/read/actor.ts'
import { readNote } from '../../../src/protocols/activitypub/read/note.ts'
import { isIgnored } from '../../../src/protocols/activitypub/read/reading.ts'
import { addRoutes } from '../../../src/protocols/activitypub/routes.ts'
import { castTest, draft } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import { giveKeys } from './scene.ts'

const AP = 'application/activity+json'

interface Shown {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown>
}

interface Site {
  /** Asks for a document, as `signer` or as nobody. */
  get(path: string, options?: { signer?: number; accept?: string }): Promise<Shown>
}

function openSite(cast: Cast, config: Partial<Cast['ctx']['config']> = {}): Site {
  const app = new Hono()
  const ctx = { ...cast.ctx, config: { ...cast.ctx.config, ...config } }
  addRoutes(app, ctx, (request) => Promise.resolve(Number(request.req.header('x-signer')) || undefined))
  return {
    async get(path, { signer, accept = AP } = {}) {
      const headers = { accept, ...(signer === undefined ? {} : { 'x-signer': String(signer) }) }
      const answer = await app.request(path, { headers })
      const text = await answer.text()
      const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
      return { status: answer.status, headers: answer.headers, text, json }
    },
  }
}

const path = (uri: unknown): string => String(uri).replace('https://here.test', '')

/** A person elsewhere who follows alice. */
async function follower(cast: Cast): Promise<number> {
  await cast.follow(cast.dave, cast.alice)
  return cast.dave
}

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast, site: Site) => Promise<void>): void =>
    castTest(engine, name, async (cast) => {
      await cast.ctx.store.write((tx) => tx.updateTable('users').set({ approved_at: 1 }).execute())
      await run(cast, openSite(cast))
    })

  promise('a server finds a person with keys, and a browser is led to the page', async (cast, site) => {
    await giveKeys(cast, cast.alice, 'https://here.test/users/alice')
    const shown = await site.get('/users/alice')
    assert.equal(shown.status, 200)
    assert.match(shown.headers.get('content-type') ?? '', /^application\/activity\+json/)
    assert.equal(shown.headers.get('vary'), 'Accept, Signature')
    const account = readActor(shown.json, { now: cast.ctx.clock.now() })
    assert.ok(!isIgnored(account))
    assert.equal(account.username, 'alice')
    assert.deepEqual(
      account.keys.map((key) => key.kind),
      ['rsa', 'ed25519'],
    )
    const page = await site.get('/users/alice', { accept: 'text/html,*/*;q=0.8' })
    assert.equal(page.status, 302)
    assert.equal(page.headers.get('location'), 'https://here.test/@alice')
    assert.equal((await site.get('/@alice')).json['id'], 'https://here.test/users/alice')
  })

  promise('odd Accept headers break nothing', async (_, site) => {
    for (const accept of [
      'application/json+activity',
      ';q=',
      '*/',
      'application/ld+json',
      ','.repeat(8000),
    ]) {
      const { status } = await site.get('/users/alice', { accept })
      assert.ok(status === 200 || status === 302, accept.slice(0, 40))
    }
  })

  promise('a public post is read back as it was written', async (cast, site) => {
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('Hello #World'))
    await cast.settle()
    const { json, status, headers } = await site.get(`/users/alice/posts/${postId}`)
    assert.equal(status, 200)
    assert.match(headers.get('cache-control') ?? '', /^public/)
    const post = readNote(json, { now: cast.ctx.clock.now() })
    assert.ok(!isIgnored(post))
    assert.equal(post.audience, 'public')
    assert.deepEqual(
      post.tags.map((tag) => tag.name),
      ['world'],
    )
    assert.equal(post.contextUri, `https://here.test/contexts/${postId}`)
    const create = await site.get(`/users/alice/posts/${postId}/activity`)
    assert.deepEqual((create.json['object'] as Record<string, unknown>)['id'], json['id'])
  })

  promise(
    'a post for followers is shown to a follower who signs, and looks absent to all others',
    async (cast, site) => {
      const dave = await follower(cast)
      const { postId } = await publishPost(cast.ctx, cast.alice, draft('Among us', { audience: 'followers' }))
      await cast.settle()
      const at = `/users/alice/posts/${postId}`
      const seen = await site.get(at, { signer: dave })
      assert.equal(seen.status, 200)
      assert.equal(seen.headers.get('cache-control'), 'private, no-store')
      const absent = await site.get('/users/alice/posts/12345')
      for (const suffix of ['', '/activity', '/replies', '/likes', '/shares']) {
        for (const signer of [undefined, cast.erin]) {
          const hidden = await site.get(at + suffix, signer === undefined ? {} : { signer })
          assert.deepEqual([hidden.status, hidden.text], [404, absent.text])
          assert.deepEqual([...hidden.headers], [...absent.headers])
        }
      }
    },
  )

  promise('a direct post is for those it names', async (cast, site) => {
    const text = draft('Psst @dave@far.test', { audience: 'direct' })
    const { postId } = await publishPost(cast.ctx, cast.alice, text)
    await cast.settle()
    const at = `/users/alice/posts/${postId}`
    assert.equal((await site.get(at, { signer: cast.dave })).status, 200)
    assert.equal((await site.get(at, { signer: cast.erin })).status, 404)
  })

  promise(
    'a post is found under its own author only, and posts for this server alone never',
    async (cast, site) => {
      const { postId } = await publishPost(cast.ctx, cast.alice, draft('Mine'))
      const local = await publishPost(cast.ctx, cast.alice, draft('Here', { localOnly: true }))
      await cast.settle()
      assert.equal((await site.get(`/users/bob/posts/${postId}`)).status, 404)
      assert.equal((await site.get(`/users/alice/posts/${local.postId}`, { signer: cast.dave })).status, 404)
    },
  )

  promise('outbox, thread and pins show what everyone may see and nothing else', async (cast, site) => {
    const open = await publishPost(cast.ctx, cast.alice, draft('Open'))
    const quiet = await publishPost(
      cast.ctx,
      cast.alice,
      draft('Quiet', { audience: 'unlisted', inReplyToId: open.postId }),
    )
    for (const audience of ['followers', 'direct'] as const) {
      const hidden = await publishPost(
        cast.ctx,
        cast.alice,
        draft('@bob Secret', { audience, inReplyToId: open.postId }),
      )
      const pin = { id: hidden.postId, account_id: cast.alice, post_id: hidden.postId }
      await cast.ctx.store.write((tx) => tx.insertInto('pins').values(pin).execute())
    }
    await cast.settle()
    const outbox = await site.get('/users/alice/outbox')
    const page = await site.get(path(outbox.json['first']))
    const items = page.json['orderedItems'] as { object: { id: string } }[]
    assert.deepEqual(
      items.map((item) => item.object.id),
      [quiet, open].map((post) => `https://here.test/users/alice/posts/${post.postId}`),
    )
    const thread = await site.get(`/contexts/${open.postId}?page=true`)
    assert.equal((thread.json['orderedItems'] as string[]).length, 2)
    const replies = await site.get(`/users/alice/posts/${open.postId}/replies`)
    assert.deepEqual((replies.json['first'] as { items: string[] }).items, [
      `https://here.test/users/alice/posts/${quiet.postId}`,
    ])
    const pins = await site.get('/users/alice/collections/featured', { signer: cast.dave })
    assert.deepEqual(pins.json['orderedItems'], [])
    for (const shown of [outbox, page, thread, replies, pins]) assert.ok(!shown.text.includes('Secret'))
  })

  promise('pages of the outbox are cut by id and end', async (cast, site) => {
    for (let count = 0; count < 25; count += 1)
      await publishPost(cast.ctx, cast.alice, draft(`Post ${count}`))
    await cast.settle()
    const seen: string[] = []
    let next: unknown = 'https://here.test/users/alice/outbox?page=true'
    for (let pages = 0; next !== undefined && pages < 5; pages += 1) {
      const page = await site.get(path(next))
      seen.push(...(page.json['orderedItems'] as { id: string }[]).map((item) => item.id))
      next = page.json['next']
    }
    assert.equal(new Set(seen).size, 25)
    assert.equal(next, undefined)
  })

  promise('who hides contacts shows their number alone', async (cast, site) => {
    await follower(cast)
    const first = await site.get('/users/alice/followers?page=true')
    assert.deepEqual(first.json['orderedItems'], ['https://far.test/users/dave'])
    await cast.ctx.store.write((tx) =>
      tx.updateTable('accounts').set({ hide_collections: 1 }).where('id', '=', cast.alice).execute(),
    )
    const hidden = await site.get('/users/alice/followers')
    assert.equal(hidden.json['first'], undefined)
    assert.equal(typeof hidden.json['totalItems'], 'number')
    assert.equal((await site.get('/users/alice/followers?page=true')).status, 404)
  })

  promise('a server learns which of its own people follow, and nothing of others', async (cast, site) => {
    const dave = await follower(cast)
    await cast.follow(cast.erin, cast.alice)
    const at = '/users/alice/followers_synchronization'
    const shown = await site.get(at, { signer: dave })
    assert.deepEqual(shown.json['orderedItems'], ['https://far.test/users/dave'])
    assert.equal(shown.headers.get('cache-control'), 'private, no-store')
    assert.equal((await site.get(at)).status, 401)
  })

  promise('what is deleted says so', async (cast, site) => {
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('Gone'))
    await deletePost(cast.ctx, cast.alice, postId)
    await cast.settle()
    const post = await site.get(`/users/alice/posts/${postId}`)
    assert.deepEqual([post.status, post.json['type']], [410, 'Tombstone'])
    await cast.ctx.store.write((tx) =>
      tx.updateTable('accounts').set({ deleted_at: 1 }).where('id', '=', cast.bob).execute(),
    )
    const account = await site.get('/users/bob')
    assert.deepEqual([account.status, account.json['type']], [410, 'Tombstone'])
  })

  promise('where fetches must be signed, the unsigned and the suspended learn nothing', async (cast) => {
    const site = openSite(cast, { authorizedFetch: true })
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('Hello'))
    await cast.settle()
    const at = `/users/alice/posts/${postId}`
    for (const one of [at, '/users/alice', '/users/alice/outbox?page=true', `/contexts/${postId}`]) {
      assert.equal((await site.get(one)).status, 401, one)
    }
    const shown = await site.get(at, { signer: cast.dave })
    assert.deepEqual([shown.status, shown.headers.get('cache-control')], [200, 'private, no-store'])
    const policy = { id: 1, domain: 'far.test', severity: 'suspend', created_at: 0 }
    await cast.ctx.store.write((tx) => tx.insertInto('domain_policies').values(policy).execute())
    assert.equal((await site.get(at, { signer: cast.dave })).status, 404)
  })

  promise('someone who is blocked by the author sees none of the posts', async (cast, site) => {
    const { postId } = await publishPost(cast.ctx, cast.alice, draft('Hello'))
    await cast.settle()
    const block = { account_id: cast.alice, target_id: cast.dave, id: 1, created_at: 0 }
    await cast.ctx.store.write((tx) => tx.insertInto('blocks').values(block).execute())
    assert.equal((await site.get(`/users/alice/posts/${postId}`, { signer: cast.dave })).status, 404)
  })

  promise('people who were not let in yet are not shown', async (cast, site) => {
    const frank = await cast.addLocal('frank')
    assert.equal((await site.get('/users/frank')).status, 200)
    for (const missing of [{ approved_at: null }, { approved_at: 1, confirmed_at: null }]) {
      await cast.ctx.store.write((tx) =>
        tx.updateTable('users').set(missing).where('account_id', '=', frank).execute(),
      )
      assert.equal((await site.get('/users/frank')).status, 404)
    }
  })

  promise('ids that are none are not found', async (_, site) => {
    const bad = ['0', '-1', '1e3', '99999999999999999999', 'x', '1%00']
    for (const id of bad) {
      assert.equal((await site.get(`/users/alice/posts/${id}`)).status, 404, id)
      assert.equal((await site.get(`/contexts/${id}`)).status, 404, id)
      assert.equal((await site.get(`/emojis/${id}`)).status, 404, id)
    }
    assert.equal((await site.get('/users/alice/outbox?max_id=x')).status, 404)
  })
})
