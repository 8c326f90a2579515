// Every post that is loaded, once: what happens to it in one place shows everywhere.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Status } from '../../contract/entities.ts'

/** Null when the post was deleted. */
export type PostSignal = Signal<Status | null>

/** Beyond this many the oldest are forgotten; what is on screen keeps its own hold. */
const MAX_KEPT = 4000
const kept = new Map<string, PostSignal>()

/** Remembers a post as it is now, and the one inside it when it is a boost. */
export function keepPost(status: Status): PostSignal {
  if (status.reblog) keepPost(status.reblog)
  const known = kept.get(status.id)
  if (known) {
    known.value = status
    return known
  }
  const fresh: PostSignal = signal(status)
  kept.set(status.id, fresh)
  if (kept.size > MAX_KEPT) {
    const oldest = kept.keys().next().value
    if (oldest !== undefined) kept.delete(oldest)
  }
  return fresh
}

export function findPost(id: string): PostSignal | undefined {
  return kept.get(id)
}

/** Changes a post in place until the server says how it really is. */
export function touchPost(id: string, change: (status: Status) => Status): void {
  const known = kept.get(id)
  if (known?.value) known.value = change(known.value)
}

export function dropPost(id: string): void {
  const known = kept.get(id)
  if (known) known.value = null
  for (const one of kept.values()) if (one.value?.reblog?.id === id) one.value = null
}

/** Another reader is another matter: what they like and see differs. */
export function forgetPosts(): void {
  kept.clear()
}
