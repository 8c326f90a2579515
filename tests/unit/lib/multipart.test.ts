// Promises about forms with files: every form arrives as it was sent, however it is cut up on the way, and none can hurt.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { boundaryOf, MultipartError, readMultipart } from '../../../src/lib/multipart.ts'

interface Part {
  name: string
  isFile: boolean
  bytes: Buffer
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function read(bytes: Uint8Array, boundary: string, sizes: readonly number[] = [1024]): Promise<Part[]> {
  const parts: Part[] = []
  for await (const event of readMultipart(cut(bytes, sizes), boundary)) {
    if (event.type === 'part') parts.push({ name: event.name, isFile: event.isFile, bytes: Buffer.alloc(0) })
    const part = parts.at(-1)
    if (event.type === 'data' && part) part.bytes = Buffer.concat([part.bytes, event.chunk])
  }
  return parts
}

// Browsers do not escape %, so a name that looks escaped cannot be told from one that is.
const plain = (text: string): boolean => !/%(?:22|0d|0a)/i.test(text)
const field = fc.record({
  name: fc.string({ minLength: 1, unit: 'grapheme' }).filter(plain),
  value: fc.string(),
})
const file = fc.record({
  name: fc.string({ minLength: 1 }).filter(plain),
  bytes: fc.uint8Array({ maxLength: 300 }),
})
const sizes = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 6 })

test('every form of fields and files is read as it was sent, however the network cuts it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(field, { maxLength: 4 }),
      fc.array(file, { maxLength: 3 }),
      sizes,
      async (fields, files, cuts) => {
        const form = new FormData()
        for (const { name, value } of fields) form.append(name, value)
        for (const { name, bytes } of files) form.append(name, new File([bytes], 'a "name"\r\n.png'))
        const sent = new Response(form)
        const bytes = new Uint8Array(await sent.arrayBuffer())
        const boundary = boundaryOf(sent.headers.get('content-type') ?? '')
        assert.ok(boundary)
        // A browser sends every line break of names and texts as CR LF.
        const lines = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n')
        const wanted = [
          ...fields.map(({ name, value }) => ({
            name: lines(name),
            isFile: false,
            bytes: Buffer.from(lines(value)),
          })),
          ...files.map((one) => ({ name: lines(one.name), isFile: true, bytes: Buffer.from(one.bytes) })),
        ]
        assert.deepEqual(await read(bytes, boundary, cuts), wanted)
      },
    ),
    { numRuns: 200 },
  )
})

test('what is no form is refused as such, and nothing else happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom(
          '--b',
          '\r\n',
          '\r\n--b',
          '--',
          'x',
          'content-disposition: form-data; name="a"',
          '\r\n\r\n',
          ' ',
        ),
      ),
      sizes,
      async (pieces, cuts) => {
        try {
          await read(Buffer.from(pieces.join('')), 'b', cuts)
        } catch (error) {
          assert.ok(error instanceof MultipartError)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('a head without end, a flood of parts and a body that breaks off are refused', async () => {
  const start = '--b\r\nContent-Disposition: form-data; name="a"\r\n'
  await assert.rejects(read(Buffer.from(start + `X: ${'y'.repeat(20_000)}`), 'b'), /too long/)
  await assert.rejects(read(Buffer.from(`${start}\r\nx\r\n`.repeat(600)), 'b'), /too many parts/)
  await assert.rejects(read(Buffer.from(`${start}\r\nhalf of a fi`), 'b'), /breaks off/)
  await assert.rejects(read(Buffer.from('--b\r\n\r\nx\r\n--b--'), 'b'), MultipartError)
})

test('only a form with a boundary is taken for one', () => {
  assert.equal(boundaryOf('multipart/form-data; boundary=abc'), 'abc')
  assert.equal(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"'), 'a b')
  for (const type of ['multipart/form-data', 'multipart/mixed; boundary=a', 'application/json', ''])
    assert.equal(boundaryOf(type), undefined)
})
