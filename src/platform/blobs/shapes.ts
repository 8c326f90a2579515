// What every store of files offers, wherever it keeps them.
import type { Readable } from 'node:stream'

/** What is stored: all at once, or piece by piece. */
export type BlobData = Uint8Array | AsyncIterable<Uint8Array>

/** A part of a file; both ends count, as in an HTTP Range. */
export interface BlobRange {
  start?: number | undefined
  end?: number | undefined
}

/** A file that is being read. The stream must be read or destroyed. */
export interface StoredBlob {
  stream: Readable
  /** Of the whole file, in bytes. */
  size: number
  contentType: string
  /** First and last byte of what the stream gives; `end` is -1 for an empty file. */
  start: number
  end: number
}

/** A file as a listing shows it. `modifiedAt` in milliseconds since 1970. */
export interface BlobEntry {
  key: string
  size: number
  modifiedAt: number
}

/**
 * Files by key. A key is one to eight names joined by `/`, of letters, digits, `.`, `_` and `-`, none starting with a
 * dot; other keys are refused with Refusal `invalid`. Reads see a whole old or whole new file, never half of one.
 */
export interface Blobs {
  /** Stores a file, replacing one of that key, and gives its size. The file is on disk when this returns. */
  put: (key: string, data: BlobData, about: { contentType: string }) => Promise<number>
  /** Undefined when there is no such file; Refusal `invalid` when the range lies outside it. */
  read: (key: string, range?: BlobRange) => Promise<StoredBlob | undefined>
  /** Deletes files; those that do not exist are no error. */
  delete: (keys: readonly string[]) => Promise<void>
  /** Every file whose key starts with the given folder (`media/`), or every file for an empty text. */
  list: (folder: string) => AsyncIterable<BlobEntry>
  /** Where the public reads the file without this server, if the operator set up such a place. */
  publicUrl: (key: string) => string | undefined
}
