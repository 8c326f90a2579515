// Integrity proofs: a forwarded document proves its author, and no option of the proof can be bent.
import assert from 'node:assert/strict'
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, it } from 'node:test'
import { signObject, verifyObject } from '@fedify/fedify'
import { Create, Note } from '@fedify/vocab'
import * as fc from 'fast-check'
import { Refusal } from '../../../src/model/refusal.ts'
import { signBytes } from '../../../src/protocols/activitypub/signing/algorithms.ts'
import { encodeBase58 } from '../../../src/protocols/activitypub/signing/base58.ts'
import {
  createProof,
  readProof,
  verifyProof,
} from '../../../src/protocols/activitypub/signing/integrity-proof.ts'
import { encodeMultikey, parseDidKey } from '../../../src/protocols/activitypub/signing/keys.ts'
import { canonicalizeJson } from '../../../src/protocols/activitypub/signing/jcs.ts'
import type { JsonObject, JsonValue } from '../../../src/protocols/activitypub/signing/types.ts'
import { ALICE, ED25519_KEY_ID, NOW, ed25519, fedifyOptions, otherEd25519, rsa } from './cast.ts'

const CONTEXT = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/data-integrity/v1']
const NOTE: JsonObject = {
  '@context': CONTEXT,
  id: 'https://here.example/posts/1/activity',
  type: 'Create',
  actor: ALICE,
  object: {
    id: 'https://here.example/posts/1',
    type: 'Note',
    attributedTo: ALICE,
    content: '<p>Grüße 👋</p>',
  },
}

function proven(document: JsonObject = NOTE, changes: JsonObject = {}): JsonObject {
  const proof = createProof(document, ed25519.privateKey, {
    verificationMethod: ED25519_KEY_ID,
    created: NOW,
  })
  return { ...document, proof: { ...proof, ...changes } }
}

/** A proof over options of the author's own choice, signed with his real key. */
function provenWith(changes: JsonObject): JsonObject {
  const { proofValue: _, ...usual } = proven()['proof'] as JsonObject
  const options = { ...usual, ...changes }
  const data = [options, NOTE].map((one) => createHash('sha256').update(canonicalizeJson(one)).digest())
  const signature = signBytes('ed25519', Buffer.concat(data), ed25519.privateKey)
  return { ...NOTE, proof: { ...options, proofValue: `z${encodeBase58(signature)}` } }
}

function refuses(document: JsonObject, code: string, now = NOW): void {
  assert.throws(
    () => verifyProof(document, ed25519.publicKey, now),
    (error) => error instanceof Refusal && error.code === code,
  )
}

describe('canonical JSON (RFC 8785)', () => {
  it('agrees with the example of section 3.2.2', () => {
    const input = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`
    assert.equal(
      canonicalizeJson(JSON.parse(input) as JsonValue),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('orders names by UTF-16 code units, as in section 3.2.3', () => {
    const input = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    assert.equal(
      canonicalizeJson(input),
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
  })

  it('writes numbers as in appendix B', () => {
    for (const [bits, text] of [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['8000000000000001', '-5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['c340000000000000', '-9007199254740992'],
      ['4430000000000000', '295147905179352830000'],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['44b52d02c7e14af6', '1e+23'],
      ['44b52d02c7e14af7', '1.0000000000000001e+23'],
      ['444b1ae4d6e2ef4e', '999999999999999700000'],
      ['444b1ae4d6e2ef4f', '999999999999999900000'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555553', '333333333.3333332'],
      ['41b3de4355555557', '333333333.33333343'],
    ] as const) {
      assert.equal(canonicalizeJson(Buffer.from(bits, 'hex').readDoubleBE(0)), text)
    }
  })

  it('refuses what JSON cannot hold, and nesting without end', () => {
    let deep: JsonValue = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '\ud800',
      { '\udc00': 1 },
      deep,
      undefined as never,
    ]) {
      assert.throws(() => canonicalizeJson(value), Refusal)
    }
  })

  it('has the same text for the same value in any order, and reads back as that value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        const value = JSON.parse(JSON.stringify(input)) as JsonValue
        let text: string
        try {
          text = canonicalizeJson(value)
        } catch (error) {
          assert.ok(error instanceof Refusal)
          return
        }
        assert.deepEqual(JSON.parse(text), value)
        assert.equal(canonicalizeJson(shuffled(value)), text)
        assert.equal(canonicalizeJson(JSON.parse(text) as JsonValue), text)
      }),
    )
  })
})

function shuffled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, shuffled(item)]),
  )
}

describe('integrity proofs (FEP-8b32)', () => {
  const vector: JsonObject = {
    '@context': CONTEXT,
    id: 'https://server.example/activities/1',
    type: 'Create',
    actor: 'https://server.example/users/alice',
    object: {
      id: 'https://server.example/objects/1',
      type: 'Note',
      attributedTo: 'https://server.example/users/alice',
      content: 'Hello world',
      location: { type: 'Place', longitude: -71.184902, latitude: 25.273962 },
    },
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'sA2Nk45_dz1RVlqtNqYj9TRPf10ZYPnPPo4SYg6igQ8' }
  const vectorPublic = createPublicKey({ key: jwk, format: 'jwk' })
  const vectorPrivate = createPrivateKey({
    key: { ...jwk, d: 'yW756hDF5BTEcXI6_53nLDX6W3D66X6IMuysfS4rjtY' },
    format: 'jwk',
  })

  it('agrees with the published test vector in both directions', () => {
    const made = createProof(vector, vectorPrivate, {
      verificationMethod: 'https://server.example/users/alice#ed25519-key',
      created: Date.parse('2023-02-24T23:36:38Z'),
    })
    assert.deepEqual(made, {
      '@context': CONTEXT,
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-jcs-2022',
      verificationMethod: 'https://server.example/users/alice#ed25519-key',
      proofPurpose: 'assertionMethod',
      proofValue: 'zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z',
      created: '2023-02-24T23:36:38Z',
    })
    assert.equal(verifyProof({ ...vector, proof: made }, vectorPublic, NOW), true)
  })

  it('a proof is good for its author and its document, and for nothing else', () => {
    assert.equal(verifyProof(proven(), ed25519.publicKey, NOW), true)
    assert.equal(verifyProof(proven(), otherEd25519.publicKey, NOW), false)
    assert.equal(verifyProof(proven(), rsa.publicKey, NOW), false)
    assert.equal(verifyProof({ ...proven(), actor: 'https://evil.example/' }, ed25519.publicKey, NOW), false)
    assert.equal(verifyProof({ ...proven(), to: ['as:Public'] }, ed25519.publicKey, NOW), false)
    assert.equal(verifyProof(NOTE, ed25519.publicKey, NOW), false)
    assert.equal(readProof(NOTE, NOW), undefined)
    assert.equal(readProof(proven(), NOW)?.verificationMethod, ED25519_KEY_ID)
  })

  it('a document without context is proven as well', () => {
    const { '@context': _, ...bare } = NOTE
    assert.equal(verifyProof(proven(bare), ed25519.publicKey, NOW), true)
  })

  it('proofs of peers that leave the context out of the written proof are understood', () => {
    const { '@context': _, ...proof } = proven()['proof'] as JsonObject
    assert.equal(verifyProof({ ...NOTE, proof }, ed25519.publicKey, NOW), true)
    assert.equal(
      verifyProof({ ...NOTE, '@context': CONTEXT.toReversed(), proof }, ed25519.publicKey, NOW),
      false,
    )
  })

  it('the right proof is found among several', () => {
    const mine = proven()['proof'] as JsonObject
    const other = { ...mine, cryptosuite: 'eddsa-rdfc-2022' }
    assert.equal(verifyProof({ ...NOTE, proof: [other, mine] }, ed25519.publicKey, NOW), true)
    assert.equal(verifyProof({ ...NOTE, proof: other }, ed25519.publicKey, NOW), false)
    refuses({ ...NOTE, proof: Array.from({ length: 9 }, () => mine) }, 'invalid')
  })

  it('every option is enforced before a key is fetched', () => {
    refuses(proven(NOTE, { proofPurpose: 'authentication' }), 'unauthorized')
    refuses(proven(NOTE, { domain: 'here.example' }), 'unauthorized')
    refuses(proven(NOTE, { challenge: 'x' }), 'unauthorized')
    refuses(proven(NOTE, { previousProof: 'urn:x' }), 'unauthorized')
    refuses(proven(NOTE, { expires: '2026-11-23T06:59:59Z' }), 'unauthorized')
    refuses(proven(NOTE, { expires: 'never' }), 'invalid')
    refuses(proven(NOTE, { created: '2026-11-23T09:00:00Z' }), 'unauthorized')
    refuses(proven(NOTE, { created: 'yesterday' }), 'invalid')
    refuses(proven(NOTE, { verificationMethod: 'key-1' }), 'invalid')
    refuses(proven(NOTE, { verificationMethod: { id: ED25519_KEY_ID } }), 'invalid')
    refuses(proven(NOTE, { proofValue: 'u1' }), 'invalid')
    refuses(proven(NOTE, { proofValue: `z${'1'.repeat(200)}` }), 'invalid')
    for (const changes of [{ type: 'Proof' }, { cryptosuite: 'eddsa-jcs-2021' }]) {
      assert.equal(verifyProof(proven(NOTE, changes), ed25519.publicKey, NOW), false)
    }
    assert.equal(
      verifyProof(proven(NOTE, { expires: '2030-01-01T00:00:00Z' }), ed25519.publicKey, NOW),
      false,
    )
    assert.equal(verifyProof(proven(NOTE, { id: 'urn:added' }), ed25519.publicKey, NOW), false)
  })

  it('options that the author himself signed are honoured, and cannot widen what a proof is for', () => {
    for (const fine of [
      {},
      { expires: '2026-11-23T08:00:00+01:00' },
      { expires: '2030-01-01T00:00:00.5Z' },
      { id: 'urn:x' },
    ]) {
      assert.equal(verifyProof(provenWith(fine), ed25519.publicKey, NOW), true)
      assert.equal(verifyProof(provenWith(fine), otherEd25519.publicKey, NOW), false)
    }
    refuses(provenWith({ expires: '2026-11-23T06:59:59Z' }), 'unauthorized')
    refuses(provenWith({ domain: 'there.example' }), 'unauthorized')
    refuses(provenWith({ proofPurpose: 'authentication' }), 'unauthorized')
    refuses(provenWith({ '@context': CONTEXT[0] ?? null }), 'unauthorized')
  })

  it('an identity proof made with a did:key names the key that verifies it', () => {
    const multikey = encodeMultikey(ed25519.publicKey)
    for (const method of [`did:key:${multikey}`, `did:key:${multikey}#${multikey}`]) {
      const proof = createProof(NOTE, ed25519.privateKey, { verificationMethod: method, created: NOW })
      const read = readProof({ ...NOTE, proof }, NOW)
      assert.equal(read?.verificationMethod, method)
      assert.equal(parseDidKey(method)?.equals(ed25519.publicKey), true)
      assert.equal(verifyProof({ ...NOTE, proof }, ed25519.publicKey, NOW), true)
    }
    assert.equal(parseDidKey(ED25519_KEY_ID), undefined)
    refuses(proven(NOTE, { verificationMethod: 'did:key:z6Mk' }), 'invalid')
    refuses(proven(NOTE, { verificationMethod: 'did:web:evil.example' }), 'invalid')
  })

  it('a context that was injected into the document or the proof is noticed', () => {
    const injected = [...CONTEXT, { object: 'https://evil.example/ignored' }]
    refuses({ ...proven(), '@context': injected }, 'unauthorized')
    refuses(proven(NOTE, { '@context': injected }), 'unauthorized')
    const { '@context': _, ...bare } = NOTE
    refuses({ ...bare, proof: proven()['proof'] as JsonObject }, 'unauthorized')
  })

  it('whatever stands in a proof, the answer is a verdict or a refusal', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('type', 'created', 'proofValue', 'x'), fc.jsonValue()),
        (changes) => {
          const document = proven(NOTE, JSON.parse(JSON.stringify(changes)) as JsonObject)
          const same = canonicalizeJson(document) === canonicalizeJson(proven())
          try {
            assert.equal(verifyProof(document, ed25519.publicKey, NOW), same)
          } catch (error) {
            assert.ok(error instanceof Refusal, String(error))
          }
        },
      ),
    )
  })
})

describe('integrity proofs between Folkmoot and Fedify', () => {
  it('Fedify accepts our proofs', async () => {
    const key = await verifyObject(Create, proven(), fedifyOptions)
    assert.equal(key?.id?.href, 'https://here.example/posts/1/activity')
    assert.equal(await verifyObject(Create, { ...proven(), actor: `${ALICE}2` }, fedifyOptions), null)
  })

  it('we accept proofs that Fedify made', async () => {
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      ed25519.privateKey.export({ type: 'pkcs8', format: 'der' }),
      'Ed25519',
      true,
      ['sign'],
    )
    const activity = new Create({
      id: new URL('https://here.example/activities/2'),
      actor: new URL(ALICE),
      object: new Note({ id: new URL('https://here.example/posts/2'), content: 'Hello' }),
    })
    const signed = await signObject(activity, privateKey, new URL(ED25519_KEY_ID), fedifyOptions)
    const document = (await signed.toJsonLd({ ...fedifyOptions, format: 'compact' })) as JsonObject
    assert.equal(verifyProof(document, ed25519.publicKey, Date.now()), true)
    assert.equal(verifyProof(document, otherEd25519.publicKey, Date.now()), false)
  })
})
