// Promises about stored files, kept alike on the local disk and in an S3-compatible store.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import S3rver from 's3rver'
import { Refusal, Unreachable } from '../../../src/model/refusal.ts'
import { createBlobs } from '../../../src/platform/blobs.ts'
import type { Blobs } from '../../../src/platform/blobs.ts'
import { keyParts } from '../../../src/platform/blobs/key.ts'
import { readListing } from '../../../src/platform/blobs/s3-listing.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-blobs-'))
const s3rver = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'files', configs: [] }],
})
const stores: Record<string, Blobs> = {}
let s3Endpoint = ''

before(async () => {
  const address: AddressInfo = await s3rver.run()
  s3Endpoint = `http://127.0.0.1:${address.port}`
  const s3 = {
    endpoint: s3Endpoint,
    bucket: 'files',
    region: 'us-east-1',
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
  }
  stores['local disk'] = createBlobs({ dataDirectory: join(folder, 'local') })
  stores['S3'] = createBlobs({
    dataDirectory: join(folder, 'spool'),
    s3: { ...s3, publicUrl: 'https://files.test' },
  })
})
after(async () => {
  await s3rver.close()
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = async (stream: Readable): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
const refusedAs = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  return true
}
async function* pieces(): AsyncGenerator<Buffer> {
  yield Buffer.from('one ')
  yield Buffer.from('two ')
  yield Buffer.from('three')
}
const keysIn = async (blobs: Blobs, prefix: string): Promise<string[]> => {
  const keys: string[] = []
  for await (const entry of blobs.list(prefix)) keys.push(entry.key)
  return keys.sort()
}

for (const name of ['local disk', 'S3']) {
  describe(name, () => {
    const store = (): Blobs => {
      const blobs = stores[name]
      assert.ok(blobs)
      return blobs
    }

    test('a stored file is read back with its bytes, size and type', async () => {
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
      assert.equal(await store().put('media/a/cat.webp', bytes, { contentType: 'image/webp' }), 100_000)
      const found = await store().read('media/a/cat.webp')
      assert.ok(found)
      assert.deepEqual(
        [found.size, found.contentType, found.start, found.end],
        [100_000, 'image/webp', 0, 99_999],
      )
      assert.ok((await bytesOf(found.stream)).equals(bytes))
    })

    test('a type that the name does not tell is kept, and forgotten when the file is replaced', async () => {
      await store().put('odd/file', Buffer.from('x'), { contentType: 'text/x-odd' })
      await store().put('odd/file.png', Buffer.from('x'), { contentType: 'image/gif' })
      const first = await store().read('odd/file')
      const second = await store().read('odd/file.png')
      assert.deepEqual([first?.contentType, second?.contentType], ['text/x-odd', 'image/gif'])
      first?.stream.destroy()
      second?.stream.destroy()
      await store().put('odd/file.png', Buffer.from('longer'), { contentType: 'image/png' })
      const replaced = await store().read('odd/file.png')
      assert.ok(replaced)
      assert.equal(replaced.contentType, 'image/png')
      assert.equal(String(await bytesOf(replaced.stream)), 'longer')
    })

    test('a file that arrives in pieces is stored whole, one that breaks off not at all', async () => {
      assert.equal(await store().put('pieces.txt', pieces(), { contentType: 'text/plain' }), 13)
      const found = await store().read('pieces.txt')
      assert.ok(found)
      assert.equal(String(await bytesOf(found.stream)), 'one two three')
      async function* broken(): AsyncGenerator<Buffer> {
        yield Buffer.from('half')
        throw new Error('connection lost')
      }
      await assert.rejects(
        store().put('broken.txt', broken(), { contentType: 'text/plain' }),
        /connection lost/,
      )
      assert.equal(await store().read('broken.txt'), undefined)
    })

    test('a part of a file is read alone, and a part outside it is refused', async () => {
      await store().put('range.txt', Buffer.from('0123456789'), { contentType: 'text/plain' })
      const part = async (range: { start?: number; end?: number }): Promise<unknown[]> => {
        const found = await store().read('range.txt', range)
        assert.ok(found)
        return [String(await bytesOf(found.stream)), found.start, found.end, found.size]
      }
      assert.deepEqual(await part({ start: 2, end: 4 }), ['234', 2, 4, 10])
      assert.deepEqual(await part({ start: 7 }), ['789', 7, 9, 10])
      assert.deepEqual(await part({ start: 8, end: 99 }), ['89', 8, 9, 10])
      assert.deepEqual(await part({ end: 1 }), ['01', 0, 1, 10])
      await assert.rejects(store().read('range.txt', { start: 10 }), refusedAs('invalid'))
    })

    test('an empty file is a file', async () => {
      await store().put('empty.txt', Buffer.alloc(0), { contentType: 'text/plain' })
      const found = await store().read('empty.txt')
      assert.ok(found)
      assert.equal(found.size, 0)
      assert.equal((await bytesOf(found.stream)).length, 0)
    })

    test('a deleted file is gone, and deleting what is not there is no error', async () => {
      const keys = Array.from({ length: 20 }, (_, index) => `gone/${index}.txt`)
      for (const key of keys) await store().put(key, Buffer.from('x'), { contentType: 'text/x' })
      await store().delete([...keys, 'gone/never.txt'])
      assert.equal(await store().read('gone/3.txt'), undefined)
      assert.deepEqual(await keysIn(store(), 'gone/'), [])
      assert.equal(await store().read('never'), undefined)
      assert.equal(await store().read('odd'), undefined)
    })

    test('a folder lists its files and those below it, and no other folder', async () => {
      for (const key of ['list/a.txt', 'list/deep/er/b.txt', 'listing/c.txt']) {
        await store().put(key, Buffer.from('xyz'), { contentType: 'text/x-kept-beside' })
      }
      assert.deepEqual(await keysIn(store(), 'list/'), ['list/a.txt', 'list/deep/er/b.txt'])
      assert.deepEqual(await keysIn(store(), 'list'), ['list/a.txt', 'list/deep/er/b.txt'])
      assert.deepEqual(await keysIn(store(), 'nothing'), [])
      assert.ok((await keysIn(store(), '')).includes('listing/c.txt'))
      for await (const entry of store().list('list')) {
        assert.equal(entry.size, 3)
        assert.ok(Math.abs(entry.modifiedAt - Date.now()) < 60_000)
      }
    })

    test('no key leads out of the store', async () => {
      writeFileSync(join(folder, 'secret'), 'secret')
      const bad = [
        '',
        '.',
        '..',
        '../secret',
        'a/../../secret',
        '/etc/passwd',
        'a//b',
        'a/',
        'a\\..\\b',
        'a\0b',
        '.env',
      ]
      for (const key of [
        ...bad,
        'a/~x',
        'a%2fb',
        'a b',
        'ä',
        '~fresh/x',
        'x'.repeat(500),
        'a/'.repeat(9) + 'a',
      ]) {
        await assert.rejects(store().read(key), refusedAs('invalid'), key)
        await assert.rejects(
          store().put(key, Buffer.from('x'), { contentType: 'text/plain' }),
          refusedAs('invalid'),
        )
        await assert.rejects(store().delete([key]), refusedAs('invalid'))
      }
    })

    test('files written at once under one key leave one whole file', async () => {
      const writes = Array.from({ length: 8 }, (_, index) =>
        store().put('race.txt', Buffer.alloc(10_000 + index, 65 + index), { contentType: 'text/plain' }),
      )
      await Promise.all(writes)
      const found = await store().read('race.txt')
      assert.ok(found)
      const bytes = await bytesOf(found.stream)
      assert.ok(bytes.every((byte) => byte === bytes[0]))
      assert.equal(bytes.length, 10_000 + (bytes[0] ?? 0) - 65)
    })
  })
}

test('nothing half-written is left behind', () => {
  assert.deepEqual(readdirSync(join(folder, 'local', 'blobs', '~fresh')), [])
  assert.deepEqual(readdirSync(join(folder, 'spool', 'spool')), [])
})

test('the public address of a file is known where the operator named one', () => {
  assert.equal(stores['S3']?.publicUrl('media/cat.webp'), 'https://files.test/media/cat.webp')
  assert.equal(stores['local disk']?.publicUrl('media/cat.webp'), undefined)
})

test('a store that refuses us or is away is trouble that may pass', async () => {
  const s3 = {
    endpoint: s3Endpoint,
    bucket: 'files',
    region: 'us-east-1',
    accessKey: 'nobody',
    secretKey: 'wrong',
  }
  const refused = createBlobs({ dataDirectory: folder, s3 })
  await assert.rejects(refused.read('a'), Unreachable)
  await assert.rejects(refused.put('a', Buffer.from('x'), { contentType: 'text/plain' }), Unreachable)
})

test('a long listing goes on where it stopped, and odd characters are read', () => {
  const xml = `<R><IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>
    <Contents><Key>a&#38;b&lt;</Key><Size>5</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents></R>`
  const modifiedAt = Date.parse('2026-01-02T03:04:05Z')
  assert.deepEqual(readListing(xml), { entries: [{ key: 'a&b<', size: 5, modifiedAt }], next: 'a&b' })
  assert.deepEqual(readListing('nonsense'), { entries: [] })
})

test('whatever text is taken for a key, its names stay inside the store', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('.', '/', '\\', '~', 'a', '\0', '%', '-'), maxLength: 12 }),
      (text) => {
        try {
          for (const part of keyParts(text)) assert.match(part, /^[\w-][\w.-]*$/)
        } catch (error) {
          assert.ok(error instanceof Refusal)
        }
      },
    ),
  )
})
