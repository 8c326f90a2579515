// Checks file keys, so that no key can lead out of the store.
import { Refusal } from '../../model/refusal.ts'

const name = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/

/** The names a key consists of. Throws Refusal `invalid` for anything that is not a key. */
export const keyParts = (key: string): string[] => {
  const parts = key.split('/')
  if (key.length > 400 || parts.length > 8 || !parts.every((part) => name.test(part))) {
    throw new Refusal('invalid', 'That is not the name of a stored file.')
  }
  return parts
}

/** The folder names of a listing; an empty text is the whole store. */
export const folderParts = (folder: string): string[] =>
  folder === '' ? [] : keyParts(folder.replace(/\/$/, ''))

/** First and last byte of a range within a file. Throws Refusal `invalid` when it lies outside. */
export const rangeWithin = (
  size: number,
  range: { start?: number | undefined; end?: number | undefined },
): { start: number; end: number } => {
  const start = range.start ?? 0
  const end = Math.min(range.end ?? size - 1, size - 1)
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end)
  if (!whole || start < 0 || (size > 0 && start > end) || (size === 0 && start > 0)) {
    throw new Refusal('invalid', 'That part of the file does not exist.')
  }
  return { start, end }
}
