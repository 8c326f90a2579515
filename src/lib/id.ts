// Time-sortable 53-bit ids: 41 bits of milliseconds since 2020 and 12 bits that keep one process's ids apart.

/** Milliseconds of 2020-01-01T00:00:00Z, where our time starts. */
export const ID_EPOCH = 1_577_836_800_000
const LOW_BITS = 4096

export interface IdSource {
  /** A new id, larger than every id this source gave before. */
  next(): number
  /** An id for something that happened at `ms` (since 1970): sorts among the ids of that time; unique by chance (12 bits). */
  at(ms: number): number
}

/**
 * Makes the id source of one process. `processNumber` (0-15) keeps several processes apart: it takes 4 of the 12 low bits,
 * so each process can give 256 ids a millisecond and then borrows from the next one.
 */
export function createIdSource(now: () => number, processNumber = 0): IdSource {
  const mark = (processNumber & 15) << 8
  let lastMs = 0
  let sequence = 0
  return {
    next() {
      const ms = Math.max(now() - ID_EPOCH, lastMs)
      sequence = ms === lastMs ? sequence + 1 : 0
      lastMs = ms
      if (sequence > 255) {
        lastMs = ms + 1
        sequence = 0
      }
      return lastMs * LOW_BITS + mark + sequence
    },
    at(ms) {
      const since = Math.max(0, Math.min(ms, now()) - ID_EPOCH)
      return Math.floor(since) * LOW_BITS + Math.floor(Math.random() * LOW_BITS)
    },
  }
}

/** When the thing with this id came to be, in milliseconds since 1970. */
export function idTime(id: number): number {
  return Math.floor(id / LOW_BITS) + ID_EPOCH
}

/** The smallest id of a moment: for "everything before this time" in id order. */
export function idFloor(ms: number): number {
  return Math.max(0, ms - ID_EPOCH) * LOW_BITS
}

/** Reads an id from a wire; undefined for everything that is not a canonical decimal below 2^53. */
export function parseId(text: unknown): number | undefined {
  if (typeof text === 'number') return Number.isSafeInteger(text) && text >= 0 ? text : undefined
  if (typeof text !== 'string' || !/^(0|[1-9]\d{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
