// Groups, relays and servers that pass on for others are heard, and believed only as far as they can be.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signRequest as fedifySign } from '@fedify/fedify'
import { addRelay, listRelays, removeRelay } from '../../../src/domain/moderation/relays.ts'
import { forEachEngine } from '../../database.ts'
import { AP, postTo } from './peer.ts'
import type { Json, PeerActor } from './peer.ts'
import { activityBy, noteBy, openStage, START } from './stage.ts'
import type { Stage } from './stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const SIGNATURE = {
  type: 'RsaSignature2017',
  creator: 'x',
  created: new Date(START).toISOString(),
  signatureValue: 'AAAA',
}

forEachEngine((engine) => {
  describe('a neighbour', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())

    const send = async (actor: PeerActor, activity: Json, key?: PeerActor): Promise<number> => {
      const status = await stage.deliver(actor, activity, key ? { key } : {})
      await stage.settle()
      return status
    }
    const read = () => stage.ctx.store.read
    const post = async (uri: string) =>
      read().selectFrom('posts').selectAll().where('uri', '=', uri).executeTakeFirst()
    const serve = (note: Json & { id: string }): void => stage.far.serve(new URL(note.id).pathname, note)

    it('passes on a signed post, which is taken from its own server', async () => {
      const real = noteBy(stage.dave, { content: '<p>Real</p>' })
      serve(real)
      const forged = { ...real, content: '<p>Forged</p>' }
      const create = activityBy(stage.dave, 'Create', forged, { signature: SIGNATURE })
      assert.equal(await send(stage.dave, create, stage.mallory), 202)
      assert.equal((await post(real.id))?.content, '<p>Real</p>')
      const edited = { ...real, content: '<p>Edited</p>', updated: new Date(START).toISOString() }
      serve(edited)
      await send(
        stage.dave,
        activityBy(stage.dave, 'Update', { ...edited, content: '<p>Bad</p>' }, { signature: SIGNATURE }),
        stage.mallory,
      )
      assert.equal((await post(real.id))?.content, '<p>Edited</p>')
    })

    it('cannot delete what is still there, and can tell of what is gone', async () => {
      const note = noteBy(stage.dave)
      serve(note)
      await send(stage.dave, activityBy(stage.dave, 'Create', note))
      const forged = () => activityBy(stage.dave, 'Delete', note.id, { signature: SIGNATURE })
      await send(stage.dave, forged(), stage.mallory)
      assert.ok(await post(note.id))
      const account = activityBy(stage.dave, 'Delete', stage.dave.uri, { signature: SIGNATURE })
      await send(stage.dave, account, stage.mallory)
      assert.ok(await stage.ctx.remote.accountByUri(stage.dave.uri))
      stage.far.remove(new URL(note.id).pathname, 410)
      await send(stage.dave, forged(), stage.mallory)
      assert.equal(await post(note.id), undefined)
    })

    it('makes nobody like, follow or undo by passing on what cannot be looked up', async () => {
      const note = noteBy(stage.dave)
      await send(stage.dave, activityBy(stage.dave, 'Create', note))
      for (const type of ['Like', 'Announce', 'Follow', 'Block'])
        await send(
          stage.dave,
          activityBy(stage.dave, type, note.id, { signature: SIGNATURE, to: [PUBLIC] }),
          stage.mallory,
        )
      const row = await post(note.id)
      assert.deepEqual([row?.likes_count, row?.boosts_count], [0, 0])
    })

    it('that is a group spreads posts and votes of others', async () => {
      const group = await stage.far.actor('cats', { type: 'Group' })
      const page = noteBy(stage.dave, {
        type: 'Page',
        name: 'Cats',
        audience: group.uri,
        to: [group.uri, PUBLIC],
      })
      serve(page)
      const create = activityBy(stage.dave, 'Create', { ...page, content: 'forged' })
      await send(group, activityBy(group, 'Announce', create, { to: [PUBLIC] }))
      assert.equal((await post(page.id))?.content, '<p>Hello</p>')
      const like = activityBy(stage.dave, 'Like', page.id)
      await send(group, activityBy(group, 'Announce', like, { to: [PUBLIC] }))
      assert.equal((await post(page.id))?.likes_count, 1)
      await send(group, activityBy(group, 'Announce', activityBy(stage.dave, 'Undo', like), { to: [PUBLIC] }))
      assert.equal((await post(page.id))?.likes_count, 0)
      const foreign = activityBy(stage.mallory, 'Dislike', page.id)
      await send(group, activityBy(group, 'Announce', foreign, { to: [PUBLIC] }))
      assert.equal((await post(page.id))?.dislikes_count, 0, 'not to be had from its own server')
      stage.evil.serve(new URL(String(foreign['id'])).pathname, foreign)
      stage.pass(3_600_000)
      await send(group, activityBy(group, 'Announce', foreign, { to: [PUBLIC] }))
      assert.equal((await post(page.id))?.dislikes_count, 1)
      await send(
        stage.mallory,
        activityBy(stage.mallory, 'Announce', activityBy(stage.dave, 'Like', page.id), { to: [PUBLIC] }),
      )
      assert.equal((await post(page.id))?.likes_count, 0, 'a person is no group')
      await send(
        group,
        activityBy(group, 'Announce', activityBy(stage.dave, 'Delete', page.id), { to: [PUBLIC] }),
      )
      assert.ok(await post(page.id), 'it is still there')
      stage.far.remove(new URL(page.id).pathname, 410)
      await send(
        group,
        activityBy(group, 'Announce', activityBy(stage.dave, 'Delete', page.id), { to: [PUBLIC] }),
      )
      assert.equal(await post(page.id), undefined)
    })

    it('that is a relay brings posts once it accepted us, and no boosts', async () => {
      const relay = await stage.far.actor('relay', {
        type: 'Application',
        inbox: 'http://far.test/relay/inbox',
      })
      const note = noteBy(stage.dave)
      serve(note)
      const { followUri, id } = await addRelay(stage.ctx, 'http://far.test/relay/inbox')
      await stage.settle()
      const follow = stage.far.received.find(({ path }) => path === '/relay/inbox')?.body
      assert.deepEqual([follow?.['id'], follow?.['object']], [followUri, PUBLIC])
      const accept = { type: 'Follow', id: followUri, actor: 'http://here.test/actor', object: PUBLIC }
      await send(stage.mallory, activityBy(stage.mallory, 'Accept', accept))
      assert.equal((await listRelays(stage.ctx))[0]?.state, 'pending', 'only the relay itself answers')
      await send(relay, activityBy(relay, 'Accept', accept))
      assert.equal((await listRelays(stage.ctx))[0]?.state, 'accepted')
      await send(relay, activityBy(relay, 'Announce', note.id, { to: [PUBLIC] }))
      assert.equal((await post(note.id))?.boosts_count, 0)
      await removeRelay(stage.ctx, id)
      await stage.settle()
      assert.equal(stage.far.received.at(-1)?.body['type'], 'Undo')
      await assert.rejects(addRelay(stage.ctx, 'nonsense'), /web address/)
    })

    it('that runs other software signs and is understood', async () => {
      const fedora = await stage.far.actor('fedora')
      const privateKey = await crypto.subtle.importKey(
        'pkcs8',
        fedora.privateKey.export({ type: 'pkcs8', format: 'der' }),
        { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        true,
        ['sign'],
      )
      for (const spec of ['draft-cavage-http-signatures-12', 'rfc9421'] as const) {
        const note = noteBy(fedora)
        const body = Buffer.from(
          JSON.stringify({
            '@context': 'https://www.w3.org/ns/activitystreams',
            ...activityBy(fedora, 'Create', note),
          }),
        )
        const request = new Request('http://here.test/inbox', {
          method: 'POST',
          body,
          headers: { 'content-type': AP },
        })
        const signed = await fedifySign(request, privateKey, new URL(fedora.keyId), {
          spec,
          currentTime: Temporal.Instant.fromEpochMilliseconds(stage.now()),
        })
        const answer = await postTo(stage.port, { body, headers: Object.fromEntries(signed.headers) })
        assert.equal(answer.status, 202, answer.text)
        await stage.settle()
        assert.ok(await post(note.id), spec)
      }
    })
  })
})
