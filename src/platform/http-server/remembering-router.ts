// A router that remembers what it found: apps ask the same addresses again and again.
import type { Result, Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import { createLru } from '../../lib/lru.ts'
import type { Lru } from '../../lib/lru.ts'

const MOST = 2_000
/** Longer addresses are nobody's usual ones, and would take room. */
const LONGEST = 120

/** Hono's own choice of routers with a memory in front. */
export class RememberingRouter<T> implements Router<T> {
  readonly name = 'RememberingRouter'
  readonly #inner = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
  readonly #known: Lru<string, Result<T>> = createLru({ max: MOST })

  add(method: string, path: string, handler: T): void {
    this.#inner.add(method, path, handler)
  }

  match(method: string, path: string): Result<T> {
    if (path.length > LONGEST) return this.#inner.match(method, path)
    const key = `${method} ${path}`
    const known = this.#known.get(key)
    if (known) return known
    const found = this.#inner.match(method, path)
    this.#known.set(key, found)
    return found
  }
}
