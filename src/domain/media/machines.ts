// What media need beside rows: a machine that makes files safe, and a place that keeps them.
import type { Context } from '../context.ts'

/** Bytes at hand, or a file on the local disk that its owner removes afterwards. */
export type MediaSource = { bytes: Uint8Array } | { path: string }

export interface Focus {
  x: number
  y: number
}

/** A file that is ready to be kept; type and extension (without a dot) say what was really written. */
export interface MadeFile {
  body: MediaSource
  byteLength: number
  contentType: string
  extension: string
}

/** Safe files and what is known of them. `release` is called once they are kept. */
export interface MadeMedia {
  kind: 'image' | 'gifv' | 'video' | 'audio'
  files: { original: MadeFile; small?: MadeFile }
  /** As clients are shown it. */
  meta: object
  blurhash: string | null
  contentType: string
  release(): Promise<void>
}

/** A picture of somebody or something; `static` is there only when `original` moves. */
export interface MadePicture {
  original: MadeFile
  static?: MadeFile
}

export interface MadePreview {
  small: MadeFile & { width: number; height: number }
  blurhash: string
  colours: object
}

/** What a file turned out to be by its content alone. */
export interface Recognised {
  family: 'image' | 'video' | 'audio'
  contentType: string
  extension: string
  byteLength: number
  /** Making it safe takes so long that nobody should wait for it. */
  isSlow: boolean
}

/** Everything here throws Refusal for files that are not taken, with a sentence for whoever sent them. */
export interface MediaWorks {
  /** Refuses kinds that are not taken and files above the limit of their kind. */
  recognise(source: MediaSource): Promise<Recognised>
  make(source: MediaSource, options?: { focus?: Focus; thumbnail?: Uint8Array }): Promise<MadeMedia>
  /** As `make`, but a picture stays a picture even when it moves. */
  picture(bytes: Uint8Array): Promise<MadeMedia>
  /** A still preview of a picture. */
  preview(bytes: Uint8Array): Promise<MadePreview>
  avatar(bytes: Uint8Array): Promise<MadePicture>
  header(bytes: Uint8Array): Promise<MadePicture>
  /** `maxBytes` replaces the limit that our own emojis have. */
  emoji(bytes: Uint8Array, maxBytes?: number): Promise<MadePicture>
}

export interface MediaFiles {
  put(key: string, file: MadeFile): Promise<void>
  /** Keeps a file as it came, to be made safe later. */
  park(key: string, source: MediaSource): Promise<void>
  /** Lends a parked file as a file on the local disk; undefined when there is none. */
  lend<T>(key: string, use: (path: string) => Promise<T>): Promise<T | undefined>
  /** Files that do not exist are no error. */
  delete(keys: readonly string[]): Promise<void>
}

/** What verbs about media work with. */
export interface MediaContext extends Context {
  readonly media: { readonly works: MediaWorks; readonly files: MediaFiles }
}
