// A bounded memory that forgets what was used longest ago, and takes no room before it is filled.
import { LRUCache } from 'lru-cache'

export interface LruOptions<K, V> {
  /** Entries at most; with `sizeOf`, the sum of their sizes. */
  max: number
  sizeOf?: (value: V) => number
  /** Milliseconds after which an entry is forgotten in any case. */
  ttl?: number
  dispose?: (value: V, key: K, reason: LRUCache.DisposeReason) => void
}

export type Lru<K, V extends object | string | number | boolean> = Pick<
  LRUCache<K & {}, V>,
  'get' | 'set' | 'has' | 'delete' | 'clear' | 'peek' | 'size' | 'values' | 'keys'
>

const one = (): number => 1

/** The library's own `max` fills arrays of that length at once: for 200,000 entries 60 ms and 8 MB. */
export function createLru<K extends {}, V extends object | string | number | boolean>(
  options: LruOptions<K, V>,
): Lru<K, V> {
  const { max, ttl, sizeOf, dispose } = options
  return new LRUCache<K, V>({
    maxSize: max,
    sizeCalculation: sizeOf ?? one,
    ...(ttl === undefined ? {} : { ttl }),
    ...(dispose === undefined ? {} : { dispose }),
  })
}
