// Writes a compressed archive entry by entry, with a list of checksums at its end.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack as createPack } from 'tar-stream'
import { MANIFEST, SUMS } from './manifest.ts'
import type { Manifest } from './manifest.ts'

export interface ArchiveWriter {
  /** Adds an entry of exactly `size` bytes. */
  add(name: string, data: Entry): Promise<void>
  /** Writes checksums and manifest and ends the archive. */
  finish(manifest: Omit<Manifest, 'entries' | 'sumsSha256'>): Promise<void>
  /** Gives up; what was written so far is no backup. */
  abandon(): Promise<void>
}

export interface Entry {
  size: number
  body: Uint8Array | AsyncIterable<Uint8Array>
  /** The content type of a file, kept beside its name. */
  contentType?: string
}

const CONTENT_TYPE = 'FOLKMOOT.type'

/** The content type that `add` was given. */
export function contentTypeOf(header: object): string | undefined {
  const pax = 'pax' in header ? (header.pax as Record<string, string> | null) : null
  return pax?.[CONTENT_TYPE]
}

export function writeArchive(out: Writable): ArchiveWriter {
  const pack = createPack()
  const written = pipeline(pack, createGzip(), out)
  // A full disk is told by whoever waits for the next entry.
  const failed = written.then(() => new Promise<never>(() => {}))
  failed.catch(() => {})
  const sums: string[] = []
  const put = async (name: string, { size, body, contentType }: Entry): Promise<string> => {
    const hash = createHash('sha256')
    const header = {
      name,
      size,
      mode: 0o600,
      ...(contentType === undefined ? {} : { pax: { [CONTENT_TYPE]: contentType } }),
    }
    const source = Readable.from(hashed(body instanceof Uint8Array ? [body] : body, hash))
    await Promise.race([failed, pipeline(source, pack.entry(header))])
    return hash.digest('hex')
  }
  return {
    async add(name, entry) {
      sums.push(`${await put(name, entry)}  ${name}\n`)
    },
    async finish(manifest) {
      const list = Buffer.from(sums.join(''))
      const sumsSha256 = await put(SUMS, { size: list.byteLength, body: list })
      const full: Manifest = { ...manifest, entries: sums.length, sumsSha256 }
      const text = Buffer.from(`${JSON.stringify(full, null, 2)}\n`)
      await put(MANIFEST, { size: text.byteLength, body: text })
      pack.finalize()
      await written
    },
    async abandon() {
      pack.destroy()
      await written.catch(() => {})
    },
  }
}

async function* hashed(
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const part of body) {
    hash.update(part)
    yield part
  }
}
