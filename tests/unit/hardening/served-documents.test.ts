// The promise that other servers are shown what everyone may see and nothing else, whoever asks first and whatever is kept.
import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { blockAccount } from '../../../src/domain/follows/block-account.ts'
import { pinPost } from '../../../src/domain/posts/pin-post.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import type { PostDraft } from '../../../src/model/post.ts'
import { addRoutes } from '../../../src/protocols/activitypub/routes.ts'
import { castTest, draft } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

const AP = 'application/activity+json'
const SECRET = 'bougainvillea'

type Get = (path: string, signer?: number) => Promise<{ status: number; text: string; headers: Headers }>

function openSite(cast: Cast, authorizedFetch = false): Get {
  const app = new Hono()
  const ctx = { ...cast.ctx, config: { ...cast.ctx.config, authorizedFetch } }
  addRoutes(app, ctx, (request) => Promise.resolve(Number(request.req.header('x-signer')) || undefined))
  return async (path, signer) => {
    const headers = { accept: AP, ...(signer === undefined ? {} : { 'x-signer': String(signer) }) }
    const answer = await app.request(path, { headers })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
}

async function post(cast: Cast, text: string, change: Partial<PostDraft> = {}): Promise<number> {
  const { postId } = await publishPost(cast.ctx, cast.alice, draft(text, change))
  await cast.settle()
  return postId
}

const COLLECTIONS = [
  '/users/alice/outbox',
  '/users/alice/outbox?page=true',
  '/users/alice/followers',
  '/users/alice/followers?page=true',
  '/users/alice/following',
  '/users/alice/following?page=true',
  '/users/alice/collections/featured',
  '/users/alice/collections/tags',
]

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void =>
    castTest(engine, name, async (cast) => {
      await cast.ctx.store.write((tx) => tx.updateTable('users').set({ approved_at: 1 }).execute())
      await run(cast)
    })

  promise(
    'no collection shows a private post, to the unsigned, to strangers, to followers or to the blocked',
    async (cast) => {
      await cast.follow(cast.dave, cast.alice)
      const open = await post(cast, 'Open #garden')
      const ids = [open]
      for (const audience of ['followers', 'direct', 'people'] as const)
        ids.push(await post(cast, `${SECRET} #garden @dave@far.test`, { audience, inReplyToId: open }))
      ids.push(await post(cast, `${SECRET} here #garden`, { localOnly: true }))
      const get = openSite(cast)
      const paths = [
        ...COLLECTIONS,
        '/tags/garden?page=true',
        `/contexts/${open}?page=true`,
        `/users/alice/posts/${open}/replies`,
        `/users/alice/posts/${open}/replies?page=true`,
      ]
      for (const signer of [undefined, cast.erin, cast.dave])
        for (const path of paths) {
          const shown = await get(path, signer)
          assert.equal(shown.status, 200, `${path} to ${signer}`)
          assert.ok(!shown.text.includes(SECRET), `${path} to ${signer}`)
          for (const id of ids.slice(1))
            assert.ok(!shown.text.includes(String(id)), `${path} names ${id} to ${signer}`)
        }
    },
  )

  promise(
    'who is blocked, and who lives on a blocked server, is shown no collection; nobody else notices',
    async (cast) => {
      await pinPost(cast.ctx, cast.alice, await post(cast, 'Pinned'))
      await blockAccount(cast.ctx, cast.alice, cast.dave)
      await cast.ctx.store.write((tx) =>
        tx
          .insertInto('account_domain_blocks')
          .values({ id: cast.ctx.ids.next(), account_id: cast.alice, domain: 'other.test', created_at: 0 })
          .execute(),
      )
      const frank = await cast.addRemote('frank', 'third.test')
      for (const get of [openSite(cast), openSite(cast, true)])
        for (const path of COLLECTIONS) {
          const allowed = await get(path, frank)
          assert.equal(allowed.status, 200, path)
          assert.match(allowed.headers.get('vary') ?? '', /Signature/)
          for (const blocked of [cast.dave, cast.erin]) {
            const refused = await get(path, blocked)
            assert.equal(refused.status, 404, path)
            assert.equal(refused.headers.get('cache-control'), 'private, no-store')
          }
          assert.equal((await get(path, frank)).text, allowed.text)
        }
    },
  )

  promise('a page and a document at one address are told apart by every cache', async (cast) => {
    const id = await post(cast, 'Hello')
    const get = openSite(cast)
    for (const path of [
      '/users/alice',
      '/@alice',
      `/@alice/${id}`,
      `/users/alice/posts/${id}`,
      '/tags/hello?page=true',
    ]) {
      const { headers } = await get(path)
      const vary = (headers.get('vary') ?? '').split(', ')
      assert.ok(vary.includes('Accept') && vary.includes('Signature'), `${path}: ${vary.join()}`)
    }
    const secret = await post(cast, SECRET, { audience: 'followers' })
    await cast.follow(cast.dave, cast.alice)
    const shown = await get(`/users/alice/posts/${secret}`, cast.dave)
    assert.deepEqual([shown.status, shown.headers.get('cache-control')], [200, 'private, no-store'])
    assert.equal((await get(`/users/alice/posts/${secret}`)).status, 404)
  })
})
