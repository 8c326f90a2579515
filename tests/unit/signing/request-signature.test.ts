// Signed requests: what we sign others accept, what others sign we accept, and nothing that was tampered with.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signRequest as fedifySign, verifyRequest as fedifyVerify } from '@fedify/fedify'
import { Refusal } from '../../../src/model/refusal.ts'
import {
  readSignature,
  signRequest,
  verifySignature,
} from '../../../src/protocols/activitypub/signing/request-signature.ts'
import type {
  ReceivedRequest,
  SignatureDialect,
  SigningKey,
} from '../../../src/protocols/activitypub/signing/types.ts'
import {
  BODY,
  ED25519_KEY_ID,
  INBOX,
  NOW,
  RSA_KEY_ID,
  ed25519,
  fedifyOptions,
  otherEd25519,
  otherRsa,
  rsa,
} from './cast.ts'

const TYPE = { 'content-type': 'application/activity+json' }
const DIALECTS: readonly SignatureDialect[] = ['cavage', 'rfc9421']
const rsaKey: SigningKey = { keyId: RSA_KEY_ID, privateKey: rsa.privateKey }
const edKey: SigningKey = { keyId: ED25519_KEY_ID, privateKey: ed25519.privateKey }

type Signed = Omit<ReceivedRequest, 'headers'> & { headers: Readonly<Record<string, string>> }

function post(key: SigningKey = rsaKey, url = INBOX): Signed {
  return {
    method: 'POST',
    url,
    body: BODY,
    headers: signRequest({ method: 'POST', url, body: BODY, headers: TYPE }, key, NOW),
  }
}

function get(key: SigningKey = rsaKey, url = INBOX): Signed {
  return { method: 'GET', url, headers: signRequest({ method: 'GET', url }, key, NOW) }
}

function accepts(request: ReceivedRequest, publicKey = rsa.publicKey, now = NOW): boolean {
  const parsed = readSignature(request, now)
  return parsed !== undefined && verifySignature(request, parsed, publicKey, now)
}

function refuses(request: ReceivedRequest, code: string, now = NOW): void {
  assert.throws(
    () => readSignature(request, now),
    (error) => error instanceof Refusal && error.code === code,
  )
}

function instant(ms: number) {
  return Temporal.Instant.fromEpochMilliseconds(ms)
}

describe('signed requests', () => {
  for (const dialect of DIALECTS) {
    it(`a peer that checks ${dialect} signatures accepts our deliveries and fetches`, () => {
      for (const [base, publicKey] of [
        [rsaKey, rsa.publicKey],
        [edKey, ed25519.publicKey],
      ] as const) {
        const key = { ...base, dialect }
        assert.equal(accepts(post(key), publicKey), true)
        assert.equal(accepts(get(key), publicKey), true)
        assert.equal(accepts(get(key, `${INBOX}?page=2&min=%2F`), publicKey), true)
        const parsed = readSignature(post(key), NOW)
        assert.equal(parsed?.dialect, dialect)
        assert.equal(parsed?.keyId, base.keyId)
      }
    })

    it(`a stranger's key does not verify a ${dialect} signature`, () => {
      assert.equal(accepts(post({ ...rsaKey, dialect }), otherRsa.publicKey), false)
      assert.equal(accepts(post({ ...rsaKey, dialect }), ed25519.publicKey), false)
      assert.equal(accepts(post({ ...edKey, dialect }), otherEd25519.publicKey), false)
      assert.equal(accepts(post({ ...edKey, dialect }), rsa.publicKey), false)
    })

    it(`an operator sees no ${dialect} delivery accepted with another body, method, path or host`, () => {
      const request = post({ ...rsaKey, dialect })
      refuses({ ...request, body: Buffer.from('{"type":"Delete"}') }, 'unauthorized')
      refuses({ ...request, body: Buffer.alloc(0) }, 'unauthorized')
      const { body: _, ...withoutBody } = request
      refuses(withoutBody, 'unauthorized')
      assert.equal(accepts({ ...request, method: 'PUT' }), false)
      assert.equal(accepts({ ...request, url: 'https://there.example/inbox' }), false)
      assert.equal(accepts({ ...request, url: `${INBOX}?as=admin` }), dialect === 'cavage')
      assert.equal(accepts({ ...request, url: INBOX.replace('there', 'third') }), false)
      assert.equal(
        accepts({
          ...request,
          url: INBOX.replace('there', 'third'),
          headers: { ...request.headers, host: 'third.example' },
        }),
        false,
      )
    })

    it(`a ${dialect} delivery cannot be replayed an hour later or dated into the future`, () => {
      const request = post({ ...rsaKey, dialect })
      assert.equal(accepts(request, rsa.publicKey, NOW + 3_599_000), true)
      assert.equal(accepts(request, rsa.publicKey, NOW - 3_599_000), true)
      refuses(request, 'unauthorized', NOW + 3_601_000)
      refuses(request, 'unauthorized', NOW - 3_601_000)
    })

    it(`a signed ${dialect} fetch cannot be replayed as a delivery`, () => {
      refuses({ ...get({ ...rsaKey, dialect }), method: 'POST', body: BODY }, 'unauthorized')
      refuses({ ...get({ ...rsaKey, dialect }), body: BODY }, 'unauthorized')
      assert.equal(accepts({ ...post({ ...rsaKey, dialect }), method: 'GET' }), false)
    })
  }

  it('a request without a signature is told apart from one with a broken signature', () => {
    assert.equal(readSignature({ method: 'GET', url: INBOX, headers: {} }, NOW), undefined)
    refuses({ method: 'GET', url: INBOX, headers: { signature: '' } }, 'invalid')
    refuses({ method: 'GET', url: INBOX, headers: { 'signature-input': '' } }, 'invalid')
  })
})

describe('signed requests between Folkmoot and Fedify', () => {
  for (const [dialect, spec] of [
    ['cavage', 'draft-cavage-http-signatures-12'],
    ['rfc9421', 'rfc9421'],
  ] as const) {
    it(`Fedify accepts what we sign as ${dialect}`, async () => {
      for (const url of [INBOX, `${INBOX}?page=true`]) {
        const key = { ...rsaKey, dialect, withoutQuery: true }
        const request = post(key, url)
        const verified = await fedifyVerify(
          new Request(url, { method: 'POST', headers: request.headers, body: BODY }),
          {
            ...fedifyOptions,
            spec,
            currentTime: instant(NOW),
          },
        )
        assert.equal(verified?.id?.href, RSA_KEY_ID)
        const fetched = await fedifyVerify(new Request(url, { headers: get(key, url).headers }), {
          ...fedifyOptions,
          spec,
          currentTime: instant(NOW),
        })
        assert.equal(fetched?.id?.href, RSA_KEY_ID)
      }
    })

    it(`we accept what Fedify signs as ${dialect}`, async () => {
      const privateKey = await crypto.subtle.importKey(
        'pkcs8',
        rsa.privateKey.export({ type: 'pkcs8', format: 'der' }),
        { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        true,
        ['sign'],
      )
      for (const init of [{ method: 'POST', body: BODY, headers: TYPE }, { method: 'GET' }]) {
        const url = `${INBOX}?page=true`
        const signed = await fedifySign(new Request(url, init), privateKey, new URL(RSA_KEY_ID), {
          spec,
          currentTime: instant(NOW),
        })
        const request: ReceivedRequest = {
          method: signed.method,
          url,
          headers: { host: 'there.example', ...Object.fromEntries(signed.headers) },
          ...(init.method === 'POST' ? { body: BODY } : {}),
        }
        assert.equal(readSignature(request, NOW)?.dialect, dialect)
        assert.equal(accepts(request), true)
        assert.equal(accepts(request, otherRsa.publicKey), false)
      }
    })
  }
})
