// An answer that is JSON already, ready to send.
import { createLru } from '../../../lib/lru.ts'

/** What bytes say that are kept elsewhere and come again; public pages are made of it. */
const MOST_READ = 600
const readings = createLru<Uint8Array, object>({ max: MOST_READ })

function readOnce(bytes: Uint8Array): unknown {
  const known = readings.get(bytes)
  if (known) return known
  const value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as object
  readings.set(bytes, value)
  return value
}

const OPEN = Buffer.from('[')
const COMMA = Buffer.from(',')
const CLOSE = Buffer.from(']')

export class JsonBytes {
  readonly #parts: readonly Uint8Array[]
  readonly #isList: boolean

  private constructor(parts: readonly Uint8Array[], isList: boolean) {
    this.#parts = parts
    this.#isList = isList
  }

  static one(bytes: Uint8Array): JsonBytes {
    return new JsonBytes([bytes], false)
  }

  static list(parts: readonly Uint8Array[]): JsonBytes {
    return new JsonBytes(parts, true)
  }

  get bytes(): Uint8Array {
    if (!this.#isList) return this.#parts[0] as Uint8Array
    const pieces: Uint8Array[] = [OPEN]
    for (const part of this.#parts) {
      if (pieces.length > 1) pieces.push(COMMA)
      pieces.push(part)
    }
    pieces.push(CLOSE)
    return Buffer.concat(pieces)
  }

  /** What the bytes say, shared by all who ask: not to be changed. */
  get value(): unknown {
    return this.#isList ? this.#parts.map(readOnce) : readOnce(this.#parts[0] as Uint8Array)
  }

  /** Whether it is `[]`. */
  get isEmptyList(): boolean {
    return this.#isList && this.#parts.length === 0
  }
}
