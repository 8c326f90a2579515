// What a backup asks of the place where files are kept.
import type { Readable } from 'node:stream'

export interface StoredFile {
  stream: Readable
  size: number
  contentType: string
}

/** Files by key. `list('')` gives every file, unfinished ones never. */
export interface BackupFiles {
  put(key: string, data: AsyncIterable<Uint8Array>, about: { contentType: string }): Promise<number>
  read(key: string): Promise<StoredFile | undefined>
  delete(keys: readonly string[]): Promise<void>
  list(folder: string): AsyncIterable<{ key: string }>
}

/** Copies of what other servers have begin so; they can be fetched again. */
export const CACHE_FOLDER = 'cache/'

/** Told now and then, in a few words for a person who waits. */
export type Progress = (text: string) => void
