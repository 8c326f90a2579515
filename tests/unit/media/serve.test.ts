// Promises on how stored media is served: never as a page, seekable, and only under the type that we recorded.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { parseFocus } from '../../../src/platform/media/focus.ts'
import { readRange } from '../../../src/platform/media/range.ts'
import { mediaHeaders } from '../../../src/platform/media/serve.ts'

describe('a stored file', () => {
  it('is shown in place under its recorded type when it is a picture, a video or sound', () => {
    const headers = mediaHeaders({
      contentType: 'image/png',
      byteLength: 9,
      extension: 'png',
      isImmutable: true,
    })
    assert.equal(headers['content-type'], 'image/png')
    assert.equal(headers['content-disposition'], 'inline')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'.*sandbox/)
    assert.match(headers['cache-control'] ?? '', /immutable/)
  })

  it('is only ever downloaded when it could act as a page, a script or somebody else’s actor document', () => {
    const types = [
      'text/html',
      'image/svg+xml',
      'application/activity+json',
      'application/ld+json',
      'text/xml',
      '',
    ]
    for (const contentType of types) {
      const headers = mediaHeaders({ contentType, byteLength: 9, extension: 'html"\r\nx: y' })
      assert.equal(headers['content-type'], 'application/octet-stream')
      assert.equal(headers['content-disposition'], 'attachment; filename="file.bin"')
    }
  })

  it('gets no header that a hostile validator could break out of', () => {
    const file = { contentType: 'image/png', byteLength: 9, extension: 'png' }
    assert.equal(mediaHeaders({ ...file, etag: 'abc123' })['etag'], '"abc123"')
    assert.equal(mediaHeaders({ ...file, etag: 'a"\r\nset-cookie: x' })['etag'], undefined)
  })
})

describe('a player that seeks in a file of 1,000 bytes', () => {
  const part = (header: string) => {
    const answer = readRange(header, 1000)
    return answer.status === 206 ? `${answer.start}-${answer.end}` : answer.status
  }

  it('gets the bytes it asked for', () => {
    assert.equal(part('bytes=0-99'), '0-99')
    assert.equal(part('bytes=990-'), '990-999')
    assert.equal(part('bytes=-10'), '990-999')
    assert.equal(part('bytes=-5000'), '0-999')
    assert.equal(part('bytes=500-99999'), '500-999')
    const answer = readRange('bytes=0-99', 1000)
    assert.deepEqual(answer.headers, { 'content-range': 'bytes 0-99/1000', 'content-length': '100' })
  })

  it('is told when it asks for something behind the end', () => {
    assert.deepEqual(readRange('bytes=1000-', 1000), {
      status: 416,
      headers: { 'content-range': 'bytes */1000' },
    })
    assert.equal(part('bytes=-0'), 416)
    assert.equal(readRange('bytes=0-', 0).status, 416)
  })

  it('gets the whole file when its wish is malformed, manifold or out of date', () => {
    for (const header of [
      'bytes=9-1',
      'bytes=a-b',
      'bytes=0-1,5-9',
      'items=0-1',
      'bytes=-',
      `bytes=${'9'.repeat(99)}-`,
    ]) {
      assert.equal(part(header), 200, header)
    }
    assert.equal(readRange('bytes=0-1', 1000, false).status, 200)
    assert.equal(readRange(undefined, 1000).status, 200)
  })

  it('never gets bytes outside the file, whatever it sends', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 5000 }), (first, last, length) => {
        const answer = readRange(`bytes=${first % 6000}-${last % 6000}`, length)
        if (answer.status !== 206) return
        assert.ok(answer.start >= 0 && answer.start <= answer.end && answer.end < length)
      }),
    )
  })
})

describe('a focal point', () => {
  it('is two numbers from -1 to 1', () => {
    assert.deepEqual(parseFocus('0.5,-0.25'), { x: 0.5, y: -0.25 })
    assert.deepEqual(parseFocus(' 0 , 1.0'), { x: 0, y: 1 })
    assert.deepEqual(parseFocus('-0,-1'), { x: 0, y: -1 })
    for (const text of [
      '',
      '1',
      '1,2',
      '1.01,0',
      'a,b',
      '0,0,0',
      'NaN,0',
      '1e-1,0',
      '0x1,0',
      `${'0'.repeat(70)},0`,
    ]) {
      assert.throws(() => parseFocus(text), { code: 'invalid' }, text)
    }
  })
})
