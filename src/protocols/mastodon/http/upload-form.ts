// Reads a form with files: fields as parameters, files straight to a private folder on the disk.
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boundaryOf, MultipartError, readMultipart } from '../../../lib/multipart.ts'
import { Refusal } from '../../../model/refusal.ts'
import { readBodyTree } from './body.ts'
import type { ApiRequest } from './endpoint.ts'
import { nestPairs, readParams } from './params.ts'
import type { Params } from './params.ts'

/** A file that was sent; it goes away when the request ends. */
export interface SentFile {
  path: string
  byteLength: number
}

export interface UploadForm {
  params: Params
  /** Undefined when none was sent, or an empty one. */
  file(name: string): SentFile | undefined
  /** The bytes of a small file; refuses more than `maxBytes` of them. */
  bytes(name: string, maxBytes: number): Promise<Uint8Array | undefined>
}

const FIELD_BYTES = 1_048_576
const MAX_FILES = 4
/** At least this much must arrive in a second once the first 20 seconds are over. */
const SLOWEST_BYTES = 16 * 1024
const PATIENCE_MS = 20_000

/** Reads the body, at most `maxBytes` of it, hands it to `use`, and removes its files afterwards. */
export async function withUploadForm<T>(
  request: ApiRequest,
  maxBytes: number,
  use: (form: UploadForm) => Promise<T>,
): Promise<T> {
  const boundary = boundaryOf(request.header('content-type') ?? '')
  if (boundary === undefined) {
    const body = await readBodyTree(request.raw, FIELD_BYTES)
    const params = readParams(Object.assign(request.params.tree, body))
    return use({ params, file: () => undefined, bytes: () => Promise.resolve(undefined) })
  }
  if (Number(request.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-upload-'))
  try {
    const read = await readParts(watched(request.raw.req.raw.body, maxBytes), boundary, folder)
    const params = readParams(Object.assign(request.params.tree, nestPairs(read.fields)))
    const file = (name: string): SentFile | undefined => read.files.get(name)
    return await use({ params, file, bytes: (name, most) => bytesOf(file(name), most) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Parts {
  fields: [string, string][]
  files: Map<string, SentFile>
}

/** The part that is being read. */
interface Current {
  name: string
  path: string
  byteLength: number
  /** Of a field. */
  chunks: Buffer[]
  /** Of a file. */
  out?: FileHandle
}

async function readParts(body: AsyncIterable<Uint8Array>, boundary: string, folder: string): Promise<Parts> {
  const parts: Parts = { fields: [], files: new Map() }
  let fieldBytes = 0
  let files = 0
  let part: Current | undefined
  try {
    for await (const event of readMultipart(body, boundary)) {
      if (event.type === 'part') {
        part = { name: event.name, path: join(folder, String(files)), byteLength: 0, chunks: [] }
        if (!event.isFile) continue
        if (++files > MAX_FILES) throw new Refusal('invalid', 'The request has too many files')
        part.out = await open(part.path, 'wx', 0o600)
      } else if (event.type === 'data' && part) {
        part.byteLength += event.chunk.length
        if (part.out) await part.out.writeFile(event.chunk)
        else {
          fieldBytes += event.chunk.length
          if (fieldBytes > FIELD_BYTES) throw tooLarge(FIELD_BYTES)
          part.chunks.push(event.chunk)
        }
      } else if (part) {
        await part.out?.close()
        finish(part, parts)
        part = undefined
      }
    }
    return parts
  } catch (error) {
    await part?.out?.close()
    if (!(error instanceof MultipartError)) throw error
    throw new Refusal('invalid', `The multipart body cannot be read. ${error.message}.`, error)
  }
}

function finish({ name, path, byteLength, chunks, out }: Current, parts: Parts): void {
  if (!out) parts.fields.push([name, Buffer.concat(chunks).toString('utf8')])
  else if (byteLength > 0) parts.files.set(name, { path, byteLength })
}

/** The body with an eye on size and speed. */
async function* watched(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  if (!body) return
  const start = performance.now()
  let total = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    total += chunk.length
    if (total > maxBytes) throw tooLarge(maxBytes)
    if (performance.now() - start > PATIENCE_MS + (total / SLOWEST_BYTES) * 1000)
      throw new Refusal('invalid', 'The request arrived too slowly.')
    yield chunk
  }
}

async function bytesOf(file: SentFile | undefined, maxBytes: number): Promise<Uint8Array | undefined> {
  if (!file) return undefined
  if (file.byteLength > maxBytes) {
    const megabytes = Math.floor(maxBytes / 1_048_576)
    throw new Refusal('too-large', `This file is too large: at most ${megabytes} MB are taken.`)
  }
  return readFile(file.path)
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too-large', `The request is larger than ${Math.floor(maxBytes / 1024)} kB`)
}
