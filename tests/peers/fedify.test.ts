// Fedify, an implementation that is not ours, talks with our server in both directions, in each dialect of signatures.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { parseNodeInfo } from '@fedify/fedify'
import {
  Accept,
  Announce,
  Create,
  Delete,
  Follow,
  Image,
  Like,
  Mention,
  Note,
  OrderedCollection,
  Person,
  PUBLIC_COLLECTION,
  Tombstone,
  Undo,
  Update,
} from '@fedify/vocab'
import type { Activity } from '@fedify/vocab'
import { recordHostSuccess } from '../../src/domain/federation/deliveries.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { until } from '../two-worlds.ts'
import { startWorld } from '../world.ts'
import type { Person as Local, World } from '../world.ts'
import { startFedify } from './fedify-peer.ts'
import type { FedifyPeer, Knock } from './fedify-peer.ts'

const VARIANTS: readonly { name: string; knock: Knock; withProofs: boolean }[] = [
  { name: 'RFC 9421 and integrity proofs', knock: 'rfc9421', withProofs: true },
  { name: 'RFC 9421 alone', knock: 'rfc9421', withProofs: false },
  { name: 'draft-cavage and integrity proofs', knock: 'draft-cavage-http-signatures-12', withProofs: true },
  { name: 'draft-cavage alone', knock: 'draft-cavage-http-signatures-12', withProofs: false },
]

forEachEngine((engine) => {
  for (const variant of VARIANTS)
    describe(`with ${variant.name}`, () => {
      let world: World
      let peer: FedifyPeer
      let alice: Local
      let aliceUri: string
      before(async () => {
        peer = await startFedify(variant)
        world = await startWorld({ engine, config: { allowPrivate: ['127.0.0.0/8', '::1/128'] } })
        alice = await world.account('alice')
        aliceUri = `${world.origin}/users/alice`
        // We write in the dialect that this host is known to read; the other way round is proved with the other variants.
        const dialect = variant.knock === 'rfc9421' ? 'rfc9421' : 'cavage'
        const host = new URL(peer.origin).host
        await world.house.ctx.store.write((tx) => recordHostSuccess(tx, host, Date.now(), dialect))
      })
      after(async () => {
        await world.stop()
        await peer.close()
      })

      const arrived = <T extends Activity>(
        what: string,
        type: abstract new (...args: never[]) => T,
        fits: (activity: T) => boolean = () => true,
      ): Promise<T> =>
        until(what, () => peer.received.find((one): one is T => one instanceof type && fits(one)))
      const home = (words: string): Promise<Json> =>
        until(`"${words}" at home`, async () => {
          const list: Json[] = await alice.api.get('/api/v1/timelines/home')
          return list.find((one) => (one.reblog ?? one).content.includes(words))
        })
      const aliceThere = async () => {
        const actor = await peer.ctx.lookupObject(aliceUri)
        assert.ok(actor instanceof Person)
        return actor
      }
      let count = 0
      const id = (): URL => new URL(`#activities/${(count += 1)}`, peer.actorUri)
      const by = { actor: new URL('http://unset.test') }

      test('it finds our people, posts, collections and server by every public way', async () => {
        by.actor = new URL(peer.actorUri)
        const person = await aliceThere()
        assert.equal(person.preferredUsername, 'alice')
        assert.equal(person.inboxId?.href, `${aliceUri}/inbox`)
        assert.ok((await person.getPublicKey(peer.ctx))?.publicKey)
        const finger = await peer.ctx.lookupWebFinger(new URL(aliceUri))
        assert.ok(finger?.links?.some((link) => link.rel === 'self' && link.href === aliceUri))
        const { links }: Json = await (await fetch(`${world.origin}/.well-known/nodeinfo`)).json()
        for (const { href } of links) {
          const node = parseNodeInfo(await (await fetch(href)).json())
          assert.equal(node?.software.name, 'folkmoot')
          assert.ok(node.protocols.includes('activitypub'))
        }
        const status = await alice.api.post('/api/v1/statuses', { status: 'to be looked up' })
        const note = await peer.ctx.lookupObject(status.uri)
        assert.ok(note instanceof Note)
        assert.match(String(note.content), /to be looked up/)
        for (const uri of [person.outboxId, person.followersId, person.featuredId]) {
          assert.ok(uri)
          assert.ok((await peer.ctx.lookupObject(uri)) instanceof OrderedCollection, uri.href)
        }
        const outbox = await person.getOutbox(peer.ctx)
        assert.ok(outbox)
        const items = []
        for await (const item of peer.ctx.traverseCollection(outbox)) items.push(item)
        assert.ok(items[0] instanceof Create)
      })

      test('we follow it, and its posts, edits, boosts and deletions are seen at home', async () => {
        const query = `resolve=true&type=accounts&q=${encodeURIComponent(peer.handle)}`
        const { accounts } = await alice.api.get(`/api/v2/search?${query}`)
        assert.equal(accounts[0]?.display_name, 'Fay of Fedify')
        await alice.api.post(`/api/v1/accounts/${accounts[0].id}/follow`)
        const follow = await arrived('our Follow', Follow)
        assert.equal(follow.objectId?.href, peer.actorUri)
        await until('the Accept', async () => {
          const [relation] = await alice.api.get(`/api/v1/accounts/relationships?id[]=${accounts[0].id}`)
          return relation.following
        })
        const person = await aliceThere()
        const note = peer.note('<p>Hello from Fedify</p>')
        await peer.send(person, new Create({ id: id(), ...by, object: note, to: PUBLIC_COLLECTION }))
        const status = await home('Hello from Fedify')
        assert.equal(status.account.acct, peer.handle.slice(1))
        assert.equal(status.uri, note.id?.href)
        const updated = note.clone({
          content: '<p>Hello again</p>',
          updated: Temporal.Now.instant(),
        })
        peer.notes.set('1', updated)
        await peer.send(person, new Update({ id: id(), ...by, object: updated, to: PUBLIC_COLLECTION }))
        await home('Hello again')
        const mine = await alice.api.post('/api/v1/statuses', { status: 'boost me, Fay' })
        const boost = new Announce({ id: id(), ...by, object: new URL(mine.uri), to: PUBLIC_COLLECTION })
        await peer.send(person, boost)
        await until(
          'the boost',
          async () => (await alice.api.get(`/api/v1/statuses/${mine.id}`)).reblogs_count === 1,
        )
        const gone = new Tombstone({ id: note.id })
        await peer.send(person, new Delete({ id: id(), ...by, object: gone, to: PUBLIC_COLLECTION }))
        await until(
          'the deletion',
          async () => (await alice.api.status('GET', `/api/v1/statuses/${status.id}`)) === 404,
        )
        assert.deepEqual(peer.refused, [])
      })

      test('it follows us, likes, mentions and takes back, and is notified of nothing false', async () => {
        const person = await aliceThere()
        const follow = new Follow({ id: id(), ...by, object: new URL(aliceUri) })
        await peer.send(person, follow)
        const accept = await arrived('our Accept', Accept)
        assert.equal(accept.objectId?.href, follow.id?.href)
        const followers: Json[] = await alice.api.get(`/api/v1/accounts/${alice.id}/followers`)
        assert.equal(followers.length, 1)
        const mine = await alice.api.post('/api/v1/statuses', { status: 'like me, Fay' })
        const like = new Like({ id: id(), ...by, object: new URL(mine.uri) })
        await peer.send(person, like)
        const liked = async () => (await alice.api.get(`/api/v1/statuses/${mine.id}`)).favourites_count
        await until('the like', async () => (await liked()) === 1)
        await peer.send(person, new Undo({ id: id(), ...by, object: like }))
        await until('the end of the like', async () => (await liked()) === 0)
        const reply = peer.note(`<p><a href="${aliceUri}">@alice</a> a reply</p>`, {
          replyTarget: new URL(mine.uri),
          tags: [new Mention({ href: new URL(aliceUri), name: '@alice' })],
        })
        await peer.send(person, new Create({ id: id(), ...by, object: reply, to: PUBLIC_COLLECTION }))
        await until('the mention', async () => {
          const list: Json[] = await alice.api.get('/api/v1/notifications?types[]=mention')
          return list.find((one) => one.status.in_reply_to_id === mine.id)
        })
        assert.deepEqual(peer.refused, [])
      })

      test('it believes and understands all that we send', async () => {
        const form = new FormData()
        const pixel =
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
        form.set('file', new File([Buffer.from(pixel, 'base64')], 'dot.png', { type: 'image/png' }))
        form.set('description', 'A dot')
        const media = await alice.api.post('/api/v2/media', form)
        const mine = await alice.api.post('/api/v1/statuses', {
          status: 'Hello Fay #fedify',
          spoiler_text: 'Greetings',
          media_ids: [media.id],
        })
        const create = await arrived('our Create', Create, (one) => String(one.objectId) === mine.uri)
        const note = (await create.getObject(peer.ctx)) as Note
        assert.match(String(note.content), /Hello Fay/)
        assert.equal(String(note.summary), 'Greetings')
        for await (const attachment of note.getAttachments(peer.ctx))
          assert.equal(String((attachment as Image).name), 'A dot')
        await alice.api.put(`/api/v1/statuses/${mine.id}`, { status: 'Hello dear Fay' })
        const update = await arrived('our Update', Update, (one) => String(one.objectId) === mine.uri)
        assert.match(String(((await update.getObject(peer.ctx)) as Note).content), /Hello dear Fay/)

        const theirs = peer.note('<p>Worth sharing</p>')
        await peer.send(
          await aliceThere(),
          new Create({ id: id(), ...by, object: theirs, to: PUBLIC_COLLECTION }),
        )
        const { id: copyId } = await home('Worth sharing')
        await alice.api.post(`/api/v1/statuses/${copyId}/favourite`)
        await alice.api.post(`/api/v1/statuses/${copyId}/reblog`)
        const isTheirs = (one: Like | Announce): boolean => one.objectId?.href === theirs.id?.href
        const like = await arrived('our Like', Like, isTheirs)
        await arrived('our Announce', Announce, isTheirs)
        await alice.api.post(`/api/v1/statuses/${copyId}/unfavourite`)
        await arrived('our Undo', Undo, (one) => one.objectId?.href === like.id?.href)
        await alice.api.delete(`/api/v1/statuses/${mine.id}`)
        await arrived('our Delete', Delete, (one) => String(one.objectId) === mine.uri)
        assert.equal((await peer.ctx.lookupObject(mine.uri)) instanceof Note, false)
        const spoken = variant.knock === 'rfc9421' ? 'rfc9421' : 'cavage'
        assert.deepEqual([...new Set(peer.dialects)], [spoken])
      })
    })
})
