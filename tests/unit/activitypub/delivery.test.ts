// What people here and operators elsewhere may expect of deliveries, over real sockets.
import assert from 'node:assert/strict'
import type { Fact } from '../../../src/model/facts.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { deletePost } from '../../../src/domain/posts/delete-post.ts'
import { followersDigest } from '../../../src/protocols/activitypub/deliver/followers-digest.ts'
import { forwardActivity } from '../../../src/protocols/activitypub/outbox.ts'
import { verifyProof } from '../../../src/protocols/activitypub/signing/integrity-proof.ts'
import { parseMultikey } from '../../../src/protocols/activitypub/signing/keys.ts'
import {
  readSignature,
  verifySignature,
} from '../../../src/protocols/activitypub/signing/request-signature.ts'
import type { JsonObject } from '../../../src/protocols/activitypub/signing/types.ts'
import { claimDeliveries } from '../../../src/store/deliveries.ts'
import { draft } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import type { Delivered, Peer } from './peer.ts'
import { sceneTest } from './scene.ts'
import type { Scene } from './scene.ts'

const HOUR = 3_600_000

function requestOf(peer: Peer, delivered: Delivered) {
  const { rawHeaders: headers, body, path } = delivered
  return { method: 'POST', url: `${peer.origin}${path}`, headers, body }
}

function isSignedByAlice(scene: Scene, peer: Peer, delivered: Delivered): boolean {
  const request = requestOf(peer, delivered)
  const now = scene.ctx.clock.now()
  const signature = readSignature(request, now)
  return signature !== undefined && verifySignature(request, signature, scene.aliceKey, now)
}

/** Alice has one follower on the peer. */
async function followedFrom(scene: Scene): Promise<{ peer: Peer; follower: number }> {
  const peer = await scene.peer()
  const follower = await scene.personAt(peer, 'fay')
  await scene.follow(follower, scene.alice)
  return { peer, follower }
}

async function hostRow(scene: Scene, peer: Peer) {
  return scene.ctx.store.read
    .selectFrom('hosts')
    .selectAll()
    .where('domain', '=', peer.host)
    .executeTakeFirst()
}

forEachEngine((engine) => {
  const promise = (name: string, run: (scene: Scene) => Promise<void>): void => sceneTest(engine, name, run)

  promise('a public post reaches every server with followers once, signed in three ways', async (scene) => {
    const [one, two] = [await scene.peer(), await scene.peer()]
    for (const [peer, name] of [
      [one, 'ann'],
      [one, 'ben'],
      [two, 'cleo'],
    ] as const) {
      await scene.follow(await scene.personAt(peer, name), scene.alice)
    }
    await publishPost(scene.ctx, scene.alice, draft('Hello #World'))
    await scene.deliver()
    assert.deepEqual([one.received.length, two.received.length], [1, 1])
    const delivered = one.received[0]
    assert.ok(delivered)
    assert.equal(delivered.path, '/inbox')
    assert.equal(delivered.headers['content-type'], 'application/activity+json')
    assert.equal(delivered.json['type'], 'Create')
    assert.ok(isSignedByAlice(scene, one, delivered))
    const { signature, ...unsigned } = delivered.json as JsonObject
    assert.equal((signature as JsonObject)['type'], 'RsaSignature2017')
    assert.ok(verifyProof(unsigned, parseMultikey(scene.aliceMultikey), scene.ctx.clock.now()))
    assert.deepEqual(two.received[0]?.body, delivered.body)
    assert.deepEqual(await scene.deliveries(), [])
  })

  promise(
    'a post for followers says whom we count as followers, and carries nothing to pass it on by',
    async (scene) => {
      const { peer } = await followedFrom(scene)
      await publishPost(scene.ctx, scene.alice, draft('Among us', { audience: 'followers' }))
      await scene.deliver()
      const delivered = peer.received[0]
      assert.ok(delivered)
      assert.equal(delivered.json['signature'], undefined)
      assert.equal(delivered.json['proof'], undefined)
      const digest = followersDigest([`${peer.origin}/users/fay`])
      const collection = 'https://here.test/users/alice/followers'
      assert.equal(
        delivered.headers['collection-synchronization'],
        `collectionId="${collection}", url="${collection}_synchronization", digest="${digest}"`,
      )
    },
  )

  promise('a server that an operator suspended, and any below it, gets nothing', async (scene) => {
    const { peer } = await followedFrom(scene)
    const policy = { id: 1, domain: '127.0.0.1', severity: 'suspend', created_at: 0 }
    await scene.ctx.store.write((tx) => tx.insertInto('domain_policies').values(policy).execute())
    await publishPost(scene.ctx, scene.alice, draft('Hello'))
    await scene.deliver()
    assert.equal(peer.received.length, 0)
    assert.deepEqual(await scene.deliveries(), [])
  })

  promise('a post for this server alone never leaves', async (scene) => {
    const { peer } = await followedFrom(scene)
    await publishPost(scene.ctx, scene.alice, draft('Here only', { localOnly: true }))
    await scene.deliver()
    assert.equal(peer.received.length, 0)
  })

  promise('members of a circle are told of nobody on other servers', async (scene) => {
    const [one, two] = [await scene.peer(), await scene.peer()]
    const ann = await scene.personAt(one, 'ann')
    const cleo = await scene.personAt(two, 'cleo')
    await scene.ctx.store.write(async (tx) => {
      const circle = { id: 5, account_id: scene.alice, name: 'Friends', created_at: 0 }
      await tx.insertInto('circles').values(circle).execute()
      for (const account_id of [ann, cleo]) {
        await tx.insertInto('circle_members').values({ circle_id: 5, account_id, created_at: 0 }).execute()
      }
    })
    await publishPost(scene.ctx, scene.alice, draft('For friends', { audience: 'circles', circleIds: [5] }))
    await scene.deliver()
    assert.deepEqual([one.received.length, two.received.length], [1, 1])
    assert.ok(one.received[0]?.body.includes(`${one.origin}/users/ann`))
    assert.ok(!one.received[0]?.body.includes(two.host))
    assert.ok(!two.received[0]?.body.includes(one.host))
  })

  promise('a deleted post is taken back wherever it went, from those who boosted it too', async (scene) => {
    const { peer } = await followedFrom(scene)
    const other = await scene.peer()
    const booster = await scene.personAt(other, 'dan')
    const { postId } = await publishPost(scene.ctx, scene.alice, draft('Oops'))
    const boost = {
      id: 99,
      uri: `${other.origin}/boosts/1`,
      account_id: booster,
      local: 0,
      audience: 'public',
    }
    await scene.ctx.store.write((tx) =>
      tx
        .insertInto('posts')
        .values({ ...boost, thread_id: 99, boost_of_id: postId, published_at: 1, created_at: 1 })
        .execute(),
    )
    await scene.deliver()
    await deletePost(scene.ctx, scene.alice, postId)
    const job = await scene.ctx.store.read
      .selectFrom('jobs')
      .select('payload')
      .where('kind', '=', 'post-deleted')
      .executeTakeFirstOrThrow()
    await scene.tell(JSON.parse(job.payload) as Fact)
    await scene.deliverer.idle()
    assert.deepEqual(
      peer.received.map((delivered) => delivered.json['type']),
      ['Create', 'Delete'],
    )
    assert.equal(other.received[0]?.json['type'], 'Delete')
    const tombstone = peer.received[1]?.json['object'] as JsonObject
    assert.equal(tombstone['type'], 'Tombstone')
    assert.equal(tombstone['id'], `https://here.test/users/alice/posts/${postId}`)
  })

  promise('a server that is down gets the post once it is back, within days', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 503 })
    await publishPost(scene.ctx, scene.alice, draft('Patience'))
    await scene.deliver()
    for (let hours = 0; hours < 48; hours += 4) {
      scene.pass(4 * HOUR)
      await scene.deliverer.idle()
    }
    assert.equal((await scene.deliveries()).length, 1)
    const tries = peer.received.length
    assert.ok(tries > 5 && tries < 20, `${tries} tries in two days`)
    peer.answer = () => ({ status: 202 })
    scene.pass(9 * HOUR)
    await scene.deliverer.idle()
    assert.deepEqual(await scene.deliveries(), [])
    assert.equal((await hostRow(scene, peer))?.failures, 0)
  })

  promise('once a server is back, everything that waited for it follows', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 500 })
    for (let count = 0; count < 3; count += 1) {
      await publishPost(scene.ctx, scene.alice, draft(`Post ${count}`))
      await scene.deliver()
      scene.pass(2 * HOUR)
    }
    peer.answer = () => ({ status: 202 })
    scene.pass(8 * HOUR)
    await publishPost(scene.ctx, scene.alice, draft('Back?'))
    await scene.deliver()
    assert.deepEqual(await scene.deliveries(), [])
  })

  promise('a follow carries no more words than it needs', async (scene) => {
    const { peer, follower } = await followedFrom(scene)
    await followAccount(scene.ctx, scene.alice, follower)
    await scene.deliver()
    assert.ok((peer.received[0]?.body.length ?? Infinity) < 600)
  })

  promise('a server that stays down is given up after three days', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 500 })
    await publishPost(scene.ctx, scene.alice, draft('In vain'))
    await scene.deliver()
    scene.pass(73 * HOUR)
    await scene.deliverer.idle()
    assert.deepEqual(await scene.deliveries(), [])
  })

  promise('a server that fails again and again is left in peace for a while', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 500 })
    for (let count = 0; count < 6; count += 1) {
      await publishPost(scene.ctx, scene.alice, draft(`Post ${count}`))
      await scene.deliver()
    }
    const host = await hostRow(scene, peer)
    assert.ok(host && host.broken_until > scene.ctx.clock.now())
    const before = peer.received.length
    await publishPost(scene.ctx, scene.alice, draft('While broken'))
    await scene.deliver()
    assert.equal(peer.received.length, before)
    assert.equal((await scene.deliveries()).length, 7)
  })

  promise('a server that asks for a pause gets it, and that is no failure', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 429, headers: { 'retry-after': '600' } })
    await publishPost(scene.ctx, scene.alice, draft('Slowly'))
    await scene.deliver()
    const host = await hostRow(scene, peer)
    assert.equal(host?.failures, 0)
    peer.answer = () => ({ status: 202 })
    scene.pass(599_000)
    await scene.deliverer.idle()
    assert.equal(peer.received.length, 1)
    scene.pass(2000)
    await scene.deliverer.idle()
    assert.equal(peer.received.length, 2)
  })

  promise(
    'a server that only understands the newer signatures is asked once and remembered',
    async (scene) => {
      const { peer } = await followedFrom(scene)
      peer.answer = (delivered) => ({
        status: delivered.headers['signature-input'] === undefined ? 401 : 202,
      })
      await publishPost(scene.ctx, scene.alice, draft('First'))
      await scene.deliver()
      assert.equal(peer.received.length, 2)
      const second = peer.received[1]
      assert.ok(second && isSignedByAlice(scene, peer, second))
      assert.equal((await hostRow(scene, peer))?.dialect, 'rfc9421')
      await publishPost(scene.ctx, scene.alice, draft('Second'))
      await scene.deliver()
      assert.equal(peer.received.length, 3)
    },
  )

  promise(
    'an inbox that is gone is not tried again, and its people are reached one by one',
    async (scene) => {
      const { peer } = await followedFrom(scene)
      peer.answer = (delivered) => ({ status: delivered.path === '/inbox' ? 410 : 202 })
      await publishPost(scene.ctx, scene.alice, draft('One'))
      await scene.deliver()
      assert.deepEqual(await scene.deliveries(), [])
      await publishPost(scene.ctx, scene.alice, draft('Two'))
      await scene.deliver()
      assert.deepEqual(
        peer.received.map((delivered) => delivered.path),
        ['/inbox', '/users/fay/inbox'],
      )
    },
  )

  promise('a refused activity is not sent again', async (scene) => {
    const { peer } = await followedFrom(scene)
    peer.answer = () => ({ status: 422 })
    await publishPost(scene.ctx, scene.alice, draft('No'))
    await scene.deliver()
    assert.deepEqual(await scene.deliveries(), [])
    assert.equal(peer.received.length, 1)
  })

  promise('redirects of an inbox are not followed', async (scene) => {
    const { peer } = await followedFrom(scene)
    const other = await scene.peer()
    peer.answer = () => ({ status: 307, headers: { location: `${other.origin}/inbox` } })
    await publishPost(scene.ctx, scene.alice, draft('Here'))
    await scene.deliver()
    assert.equal(other.received.length, 0)
    assert.equal((await scene.deliveries()).length, 1)
  })

  promise('what a dead worker held is delivered by another', async (scene) => {
    const { peer } = await followedFrom(scene)
    await publishPost(scene.ctx, scene.alice, draft('Survives'))
    await scene.settle()
    await scene.tell(...scene.facts)
    const claim = { now: scene.ctx.clock.now(), leaseMs: 60_000, limit: 10, perHost: 4, busy: [] }
    const claimed = await scene.ctx.store.write((tx) => claimDeliveries(tx, claim))
    assert.equal(claimed.length, 1)
    await scene.deliverer.idle()
    assert.equal(peer.received.length, 0)
    scene.pass(61_000)
    await scene.deliverer.idle()
    assert.equal(peer.received.length, 1)
  })

  promise('one server never has more than four requests of ours at once', async (scene) => {
    const peer = await scene.peer()
    for (let count = 0; count < 12; count += 1) {
      await scene.follow(await scene.personAt(peer, `p${count}`, { shared: false }), scene.alice)
    }
    let waiting: (() => void)[] = []
    peer.answer = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        if (waiting.length >= 4 || peer.received.length === 12) {
          waiting.forEach((release) => release())
          waiting = []
        }
      })
      return { status: 202 }
    }
    await publishPost(scene.ctx, scene.alice, draft('To many'))
    await scene.deliver()
    assert.equal(peer.received.length, 12)
    assert.equal(peer.mostAtOnce, 4)
  })

  promise('a running worker delivers what is written, without being asked', async (scene) => {
    const { peer } = await followedFrom(scene)
    const arrived = new Promise<void>((resolve) => {
      peer.answer = () => {
        resolve()
        return { status: 202 }
      }
    })
    scene.deliverer.start()
    await publishPost(scene.ctx, scene.alice, draft('At once'))
    await scene.settle()
    await scene.tell(...scene.facts)
    await arrived
    await scene.deliverer.stop()
    assert.deepEqual(await scene.deliveries(), [])
  })

  promise('a worker that stops gives back what it did not finish', async (scene) => {
    const { peer } = await followedFrom(scene)
    let release = (): void => {}
    const arrived = new Promise<void>((resolve) => {
      peer.answer = () =>
        new Promise((answer) => {
          release = () => answer({ status: 202 })
          resolve()
        })
    })
    scene.deliverer.start()
    await publishPost(scene.ctx, scene.alice, draft('Interrupted'))
    await scene.settle()
    await scene.tell(...scene.facts)
    await arrived
    await scene.deliverer.stop(0)
    release()
    const [left] = await scene.deliveries()
    assert.equal(left?.attempts, 0)
    assert.equal(left?.next_at, scene.ctx.clock.now())
  })

  promise('what others do under our posts is passed on unchanged to followers', async (scene) => {
    const { peer } = await followedFrom(scene)
    const { postId } = await publishPost(scene.ctx, scene.alice, draft('Talk'))
    await scene.deliver()
    const raw = '{ "type":"Like",  "signature": {"type":"RsaSignature2017"} }'
    await scene.ctx.store.write((tx) => forwardActivity(scene.ctx, tx, { raw, postId }))
    await scene.deliverer.idle()
    assert.equal(peer.received[1]?.body.toString(), raw)
    assert.ok(peer.received[1] && isSignedByAlice(scene, peer, peer.received[1]))
  })

  promise('bytes and rows do not pile up once everyone has them', async (scene) => {
    await followedFrom(scene)
    await publishPost(scene.ctx, scene.alice, draft('Once'))
    await scene.deliver()
    scene.pass(2 * HOUR)
    scene.deliverer.start()
    const count = () =>
      scene.ctx.store.read
        .selectFrom('outgoing_activities')
        .select((eb) => eb.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow()
    for (let tries = 0; tries < 200 && (await count()).rows > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    assert.equal((await count()).rows, 0)
  })
})
