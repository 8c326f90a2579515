// Packs a compressed archive straight into the store of files: nothing is ever held as a whole.
import { Readable, pipeline as join } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack as createPack } from 'tar-stream'

type Bytes = AsyncIterable<Uint8Array>

/** The store of files as this needs it. */
export interface ArchiveFiles {
  put(key: string, data: Bytes, about: { contentType: string }): Promise<number>
  read(key: string): Promise<{ stream: Readable; size: number } | undefined>
  delete(keys: readonly string[]): Promise<void>
}

/** One file of the archive: another kept file, or text that is written as it comes. */
export type ArchiveEntry = { name: string } & ({ key: string } | { text: AsyncIterable<string> })

export const ARCHIVE_TYPE = 'application/gzip'

/** Gives the size; entries whose file is gone are left out. */
export async function packArchive(
  files: ArchiveFiles,
  key: string,
  entries: AsyncIterable<ArchiveEntry>,
): Promise<number> {
  const pack = createPack()
  const gzip = createGzip()
  // Trouble is told by whoever waits for the file.
  join(pack, gzip, () => {})
  const stored = files.put(key, gzip, { contentType: ARCHIVE_TYPE })
  const failed = stored.then(() => new Promise<never>(() => {}))
  failed.catch(() => {})
  try {
    for await (const entry of entries)
      await ('key' in entry
        ? copy(entry.name, entry.key)
        : Promise.race([failed, spool(entry.name, entry.text)]))
    pack.finalize()
    return await stored
  } catch (error) {
    pack.destroy()
    await stored.catch(() => {})
    throw error
  }

  async function copy(name: string, from: string): Promise<void> {
    const kept = await files.read(from)
    if (!kept) return
    const sink = pack.entry({ name, size: kept.size, mode: 0o600 })
    await Promise.race([failed, pipeline(kept.stream, sink)])
  }

  /** An entry begins with its size, which a text has only at its end: so it is put down first. */
  async function spool(name: string, text: AsyncIterable<string>): Promise<void> {
    const part = `${key}.part`
    try {
      await files.put(part, Readable.from(encoded(text)), { contentType: 'text/plain' })
      await copy(name, part)
    } finally {
      await files.delete([part])
    }
  }
}

async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) yield Buffer.from(piece)
}
