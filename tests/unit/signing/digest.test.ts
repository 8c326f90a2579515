// Body digests: a delivery is believed only when what it promises about its body is true.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  contentDigestMatches,
  createContentDigest,
  createDigest,
  digestMatches,
} from '../../../src/protocols/activitypub/signing/digest.ts'
import { anyText } from './cast.ts'

const BODY = Buffer.from('a body')
const sha = (algorithm: string, body: Uint8Array = BODY) =>
  createHash(algorithm).update(body).digest('base64')
describe('body digests', () => {
  it('both spellings are accepted for the body they were made for, and for no other', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (body, other) => {
        const same = Buffer.compare(body, other) === 0
        assert.equal(digestMatches(createDigest(body), other), same)
        assert.equal(contentDigestMatches(createContentDigest(body), other), same)
      }),
    )
  })

  it('every known algorithm in the header must fit, unknown ones prove nothing', () => {
    assert.equal(digestMatches(`SHA-512=${sha('sha512')}`, BODY), true)
    assert.equal(digestMatches(`sha-256=${sha('sha256')}, sha-512=${sha('sha512')}`, BODY), true)
    assert.equal(digestMatches(`MD5=AAAA,SHA-256=${sha('sha256')}`, BODY), true)
    assert.equal(digestMatches(`SHA-256=${sha('sha256')},SHA-512=${sha('sha256')}`, BODY), false)
    assert.equal(
      digestMatches(`SHA-256=${sha('sha256')},SHA-512=${sha('sha512', Buffer.from('x'))}`, BODY),
      false,
    )
    assert.equal(digestMatches(`MD5=${sha('md5')}`, BODY), false)
    assert.equal(contentDigestMatches(`sha-512=:${sha('sha512')}:, sha-256=:${sha('sha256')}:`, BODY), true)
    assert.equal(contentDigestMatches(`sha-256=${sha('sha256')}`, BODY), false)
    assert.equal(digestMatches(`SHA-256=:${sha('sha256')}:`, BODY), false)
  })

  it('a header with two digests of one algorithm is worthless, whichever comes first', () => {
    const good = `SHA-256=${sha('sha256')}`
    const bad = `SHA-256=${sha('sha256', Buffer.from('x'))}`
    for (const header of [`${good},${bad}`, `${bad},${good}`, `${good},${good}`, `${good},sha-256=AAAA`]) {
      assert.equal(digestMatches(header, BODY), false)
    }
  })

  it('nonsense is a digest of nothing', () => {
    fc.assert(
      fc.property(anyText, (header) => {
        assert.equal(digestMatches(header, BODY), false)
        assert.equal(contentDigestMatches(header, BODY), false)
      }),
    )
    assert.equal(digestMatches(`SHA-256=${sha('sha256')}${' '.repeat(5000)}`, BODY), false)
  })
})
