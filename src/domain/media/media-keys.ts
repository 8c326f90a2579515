// Names the files of media: with a random part, so that knowing an id is not enough to find a file.
import { randomBytes } from 'node:crypto'

/** Folders whose files are served to whoever knows their name. */
export const SERVED_FOLDERS = ['media', 'accounts', 'emojis', 'server', 'cache'] as const

/** Files as they were uploaded wait here; they are never served. */
const PARKED = 'uploads'

/** 96 bits: no more guessable than a password reset link. */
const token = (): string => randomBytes(12).toString('base64url')

/** Makes the keys of one upload or copy; `cache` marks copies of what another server has. */
export function mediaKeys(id: number, origin: 'own' | 'cache') {
  const base = `${origin === 'own' ? 'media' : 'cache/media'}/${id}-${token()}`
  return {
    original: (extension: string): string => `${base}.${extension}`,
    small: (extension: string): string => `${base}-small.${extension}`,
  }
}

/** Makes the keys of a picture that stands for something and of its still version. */
export function pictureKeys(
  folder: 'accounts' | 'emojis' | 'server' | 'cache/accounts' | 'cache/emojis' | 'cache/cards',
  name: string,
) {
  const base = `${folder}/${name}-${token()}`
  return {
    original: (extension: string): string => `${base}.${extension}`,
    still: (extension: string): string => `${base}-static.${extension}`,
  }
}

export function parkedKey(id: number, part: 'file' | 'thumbnail'): string {
  return `${PARKED}/${id}-${token()}-${part}`
}

/** The id of the media row that a copy of another server's file belongs to. */
export function copiedMediaId(key: string): number | undefined {
  const match = /^cache\/media\/(\d{1,16})-/.exec(key)
  return match ? Number(match[1]) : undefined
}
