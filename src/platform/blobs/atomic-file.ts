// Writes a file so that it is either there as a whole, and on the disk, or not at all.
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobData } from './shapes.ts'

/** Writes to a fresh file in `directory` and syncs it; gives its path and size. Nothing stays behind on failure. */
export const writeFresh = async (
  directory: string,
  data: BlobData,
): Promise<{ path: string; size: number }> => {
  await mkdir(directory, { recursive: true })
  const path = join(directory, randomUUID())
  const file = await open(path, 'wx', 0o640)
  let size = 0
  try {
    for await (const part of data instanceof Uint8Array ? [data] : data) {
      await file.writeFile(part)
      size += part.byteLength
    }
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  await file.close()
  return { path, size }
}

/** Moves a written file to its place, replacing what is there, and syncs the folder so that the move lasts. */
export const moveIntoPlace = async (from: string, to: string): Promise<void> => {
  const folder = dirname(to)
  await mkdir(folder, { recursive: true })
  await rename(from, to)
  // Windows cannot sync a folder and does not need to.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
