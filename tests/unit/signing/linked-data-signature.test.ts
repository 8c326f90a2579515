// Linked Data signatures: Mastodon and Friendica forward our posts only when one is there and is good.
import assert from 'node:assert/strict'
import { createHash, verify } from 'node:crypto'
import { describe, it } from 'node:test'
import { verifyJsonLd } from '@fedify/fedify'
import { bundledContexts } from '../../../src/protocols/activitypub/contexts/bundled-contexts.ts'
import { createLinkedDataSignature } from '../../../src/protocols/activitypub/signing/linked-data-signature.ts'
import type { JsonObject } from '../../../src/protocols/activitypub/signing/types.ts'
import { ALICE, NOW, RSA_KEY_ID, fedifyOptions, rsa } from './cast.ts'

const CREATE: JsonObject = {
  '@context': [
    'https://www.w3.org/ns/activitystreams',
    'https://w3id.org/security/v1',
    {
      sensitive: 'as:sensitive',
      toot: 'http://joinmastodon.org/ns#',
      Emoji: 'toot:Emoji',
      Hashtag: 'as:Hashtag',
    },
  ],
  id: 'https://here.example/posts/1/activity',
  type: 'Create',
  actor: ALICE,
  published: '2026-11-23T07:00:00Z',
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  cc: [`${ALICE}/followers`],
  object: {
    id: 'https://here.example/posts/1',
    type: 'Note',
    attributedTo: ALICE,
    content: '<p>Grüße 👋</p>',
    sensitive: false,
    tag: [{ type: 'Hashtag', name: '#grüße', href: 'https://here.example/tags/gruesse' }],
  },
}
const SIGNER = { creator: RSA_KEY_ID, created: NOW }

describe('Linked Data signatures', () => {
  it('an independent verifier accepts the signature and notices a changed word', async () => {
    const signature = await createLinkedDataSignature(CREATE, rsa.privateKey, SIGNER)
    assert.ok(signature)
    const signed = { ...CREATE, signature: { ...signature } }
    assert.equal(await verifyJsonLd(signed, fedifyOptions), true)
    const object = { ...(CREATE['object'] as JsonObject), content: 'forged' }
    assert.equal(await verifyJsonLd({ ...signed, object }, fedifyOptions), false)
    const redated = { ...signed, signature: { ...signature, created: '2026-11-23T07:00:01Z' } }
    assert.equal(await verifyJsonLd(redated, fedifyOptions), false)
  })

  it('the signed text is what canonicalisation gives for the document and for the options', async () => {
    const jsonld = (await import('jsonld')).default
    const canonize = jsonld.canonize as unknown as (document: object, options: object) => Promise<string>
    const documentLoader = (url: string) =>
      Promise.resolve({ documentUrl: url, document: bundledContexts.get(url) })
    const signature = await createLinkedDataSignature(CREATE, rsa.privateKey, SIGNER)
    const options = {
      '@context': 'https://w3id.org/identity/v1',
      creator: RSA_KEY_ID,
      created: signature?.created,
    }
    const hashes = []
    for (const part of [options, CREATE]) {
      hashes.push(
        createHash('sha256')
          .update(await canonize(part, { safe: false, documentLoader }))
          .digest('hex'),
      )
    }
    const bytes = Buffer.from(signature?.signatureValue ?? '', 'base64')
    assert.equal(verify('sha256', Buffer.from(hashes.join('')), rsa.publicKey, bytes), true)
  })

  it('an older signature in the document is not signed along', async () => {
    const first = await createLinkedDataSignature(CREATE, rsa.privateKey, SIGNER)
    const again = await createLinkedDataSignature(
      { ...CREATE, signature: { ...first } },
      rsa.privateKey,
      SIGNER,
    )
    assert.deepEqual(again, first)
  })

  it('a document with a context that is not bundled is left unsigned and nothing is fetched', async () => {
    for (const context of [
      'https://evil.example/context.jsonld',
      'http://127.0.0.1/ctx',
      'file:///etc/passwd',
    ]) {
      const document = { ...CREATE, '@context': ['https://www.w3.org/ns/activitystreams', context] }
      assert.equal(await createLinkedDataSignature(document, rsa.privateKey, SIGNER), undefined)
    }
  })

  it('the five bundled contexts are there under the names that peers use', () => {
    assert.deepEqual([...bundledContexts.keys()].sort(), [
      'https://w3id.org/identity/v1',
      'https://w3id.org/security/data-integrity/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/v1',
      'https://www.w3.org/ns/activitystreams',
    ])
  })
})
