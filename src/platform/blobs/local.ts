// Files on the local disk, spread over folders so that none grows too large.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { opendir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { BlobEntry, Blobs } from './shapes.ts'
import { moveIntoPlace, writeFresh } from './atomic-file.ts'
import { typeOfKey } from './content-type.ts'
import { folderParts, keyParts, rangeWithin } from './key.ts'

/**
 * Files below `root`. The key `media/cat.webp` lies at `media/~3f/cat.webp`, where 3f is a hash of its name; `~` cannot
 * stand in a key. A content type that the key's ending does not say is kept beside the file in `cat.webp~type`.
 */
export const localBlobs = (root: string): Blobs => {
  const pathOf = (key: string): string => {
    const parts = keyParts(key)
    const name = parts.at(-1) ?? ''
    const shard = createHash('sha256').update(name).digest('hex').slice(0, 2)
    return join(root, ...parts.slice(0, -1), `~${shard}`, name)
  }
  const fresh = join(root, '~fresh')
  return {
    put: async (key, data, { contentType }) => {
      const path = pathOf(key)
      const written = await writeFresh(fresh, data)
      if (contentType === typeOfKey(key)) await rm(`${path}~type`, { force: true })
      else await moveIntoPlace((await writeFresh(fresh, Buffer.from(contentType))).path, `${path}~type`)
      await moveIntoPlace(written.path, path)
      return written.size
    },
    read: async (key, range = {}) => {
      const path = pathOf(key)
      const size = await sizeOf(path)
      if (size === undefined) return undefined
      const { start, end } = rangeWithin(size, range)
      const contentType = await readFile(`${path}~type`, 'utf8').catch(() => typeOfKey(key))
      const stream = size === 0 ? Readable.from([]) : createReadStream(path, { start, end })
      return { stream, size, contentType, start, end }
    },
    delete: async (keys) => {
      for (const path of keys.map(pathOf)) {
        await rm(path, { force: true })
        await rm(`${path}~type`, { force: true })
      }
    },
    list: (folder) => walk(root, folderParts(folder)),
    publicUrl: () => undefined,
  }
}

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

async function* walk(root: string, parts: string[]): AsyncGenerator<BlobEntry> {
  const folder = join(root, ...parts)
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return
  for await (const entry of entries) {
    if (entry.isDirectory() && entry.name !== '~fresh') yield* walk(root, [...parts, entry.name])
    if (!entry.isFile() || entry.name.includes('~')) continue
    const found = await stat(join(folder, entry.name)).catch(() => undefined)
    if (!found) continue
    const key = [...parts.filter((part) => !part.startsWith('~')), entry.name].join('/')
    yield { key, size: found.size, modifiedAt: Math.round(found.mtimeMs) }
  }
}
