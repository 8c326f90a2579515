// An activity that somebody else passes on is believed when its author's own proof is in it, and only then.
import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createProof } from '../../../src/protocols/activitypub/signing/integrity-proof.ts'
import { encodeMultikey, generateEd25519KeyPair } from '../../../src/protocols/activitypub/signing/keys.ts'
import type { JsonObject } from '../../../src/protocols/activitypub/signing/types.ts'
import { forEachEngine } from '../../database.ts'
import type { Json, PeerActor } from './peer.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const CONTEXT = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/data-integrity/v1']

forEachEngine((engine) => {
  describe('an integrity proof', () => {
    let stage: Stage
    let erin: PeerActor
    let privateKey: KeyObject
    const keyId = 'http://far.test/users/erin#ed25519-key'

    before(async () => {
      stage = await openStage(engine)
      const pair = await generateEd25519KeyPair()
      privateKey = createPrivateKey(pair.privateKeyPem)
      const controller = 'http://far.test/users/erin'
      const publicKeyMultibase = encodeMultikey(createPublicKey(pair.publicKeyPem))
      erin = await stage.far.actor('erin', {
        assertionMethod: [{ id: keyId, type: 'Multikey', controller, publicKeyMultibase }],
      })
    })
    after(() => stage.close())

    /** A Create by erin with her proof in it; her server does not serve the post, so only the proof can vouch for it. */
    const proven = (change: { key?: KeyObject; method?: string; created?: number } = {}): [Json, string] => {
      const note = noteBy(erin)
      const create = { '@context': CONTEXT, ...activityBy(erin, 'Create', note) } as JsonObject
      const proof = createProof(create, change.key ?? privateKey, {
        verificationMethod: change.method ?? keyId,
        created: change.created ?? stage.now(),
      })
      return [{ ...create, proof }, note.id]
    }
    const arrives = async ([create, uri]: [Json, string]): Promise<boolean> => {
      assert.equal(await stage.deliver(erin, create, { key: stage.mallory }), 202)
      await stage.settle()
      const { read } = stage.ctx.store
      const row = await read.selectFrom('posts').select('id').where('uri', '=', uri).executeTakeFirst()
      return row !== undefined
    }

    it('vouches for an activity that another server passes on', async () => {
      assert.equal(await arrives(proven()), true)
    })

    it('is worth nothing once a word has changed', async () => {
      const [create, uri] = proven()
      const object = { ...(create['object'] as Json), content: '<p>Changed</p>' }
      assert.equal(await arrives([{ ...create, object }, uri]), false)
    })

    it("is worth nothing by another's key, or by a key that the author does not list", async () => {
      const other = createPrivateKey((await generateEd25519KeyPair()).privateKeyPem)
      assert.equal(await arrives(proven({ key: other })), false)
      assert.equal(await arrives(proven({ method: 'http://evil.test/users/mallory#ed25519-key' })), false)
      assert.equal(await arrives(proven({ key: other, method: 'http://far.test/users/erin#other' })), false)
    })

    it('is worth nothing when it is old, so that nobody sends old activities again', async () => {
      assert.equal(await arrives(proven({ created: stage.now() - 2 * 3_600_000 })), false)
    })
  })
})
