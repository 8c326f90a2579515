// Reads an archive entry by entry, and proves that it is whole before anything is done with it.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract as createExtract } from 'tar-stream'
import { Refusal } from '../../../model/refusal.ts'
import { MANIFEST_BYTES, PART_BYTES, readEntryName, readManifest } from './manifest.ts'
import type { EntryName, Manifest } from './manifest.ts'
import { contentTypeOf } from './write-archive.ts'

export interface ArchiveEntry {
  name: string
  is: EntryName
  size: number
  contentType: string | undefined
  /** Must be read to its end before the next entry. */
  body: AsyncIterable<Uint8Array>
}

/** The entries of a file, in order. Throws Refusal `invalid` where the file is cut off or no such archive. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const extract = createExtract()
  const fed = pipeline(createReadStream(path), createGunzip(), extract)
  fed.catch(() => {})
  try {
    for await (const entry of extract) {
      const { name, size, type } = entry.header
      const is = readEntryName(name)
      if (type !== 'file')
        throw new Refusal('invalid', `This is no backup of Folkmoot: "${name}" is not a plain file`)
      yield { name, is, size, contentType: contentTypeOf(entry.header), body: bytesOf(entry) }
      entry.resume()
    }
    await fed
  } catch (error) {
    throw readableTrouble(error, path)
  } finally {
    extract.destroy()
    await fed.catch(() => {})
  }
}

/** The bytes of one entry; where the file ends too early, this is where it shows. */
async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of entry) yield part as Uint8Array
  } catch (error) {
    throw readableTrouble(error, '')
  }
}

function readableTrouble(error: unknown, path: string): Refusal {
  if (error instanceof Refusal) return error
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return new Refusal('not-found', `There is no file ${path}`)
  return new Refusal('invalid', 'The backup is damaged or cut off', error)
}

/** Reads the whole file and compares every checksum; gives its manifest. Throws Refusal when anything is amiss. */
export async function verifyArchive(path: string): Promise<Manifest> {
  const lines = createHash('sha256')
  let entries = 0
  let sums: string | undefined
  let manifest: Manifest | undefined
  for await (const entry of readArchive(path)) {
    if (manifest || (sums !== undefined && entry.is.kind !== 'manifest'))
      throw new Refusal('invalid', 'The backup was altered: something follows its end')
    if (entry.is.kind === 'manifest') {
      manifest = readManifest((await readWhole(entry, MANIFEST_BYTES)).toString('utf8'))
      continue
    }
    if (entry.is.kind === 'table' && entry.size > PART_BYTES) throw tooLarge(entry.name)
    const hash = await hashOf(entry.body)
    if (entry.is.kind === 'sums') {
      sums = hash
      continue
    }
    lines.update(`${hash}  ${entry.name}\n`)
    entries += 1
  }
  if (!manifest || sums === undefined)
    throw new Refusal('invalid', 'The backup is cut off: its end is missing')
  const isWhole = manifest.entries === entries && manifest.sumsSha256 === sums && lines.digest('hex') === sums
  if (!isWhole)
    throw new Refusal('invalid', 'The backup is damaged: its checksums are not those of its contents')
  return manifest
}

/** All bytes of an entry; refuses more than `max`. */
export async function readWhole(entry: ArchiveEntry, max: number): Promise<Buffer> {
  if (entry.size > max) throw tooLarge(entry.name)
  const parts: Uint8Array[] = []
  for await (const part of entry.body) parts.push(part)
  return Buffer.concat(parts)
}

async function hashOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of body) hash.update(part)
  return hash.digest('hex')
}

const tooLarge = (name: string): Refusal =>
  new Refusal('invalid', `This is no backup of Folkmoot: its entry "${name}" is too large`)
