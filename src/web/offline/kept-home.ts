// Leaves the newest posts of home where the service worker finds them, so that home opens without a connection.
import type { Status } from '../../contract/entities.ts'
import { eachFeed } from '../api/feed.ts'
import { me } from '../api/session.ts'

const STORE = 'folkmoot-kept-'
const HOME = '/api/v1/timelines/home?limit=20'
const KEPT_POSTS = 40

let ended = false

function homePosts(): Status[] {
  const found: Status[] = []
  eachFeed((feed) => {
    if (feed.key !== 'home') return
    for (const entry of [...feed.waiting.peek(), ...feed.entries.peek()]) {
      // What lies beyond a gap would be taken for what comes next.
      if (entry.kind === 'gap') break
      const status = entry.post.peek()
      if (status) found.push(status)
    }
  })
  return found.slice(0, KEPT_POSTS)
}

async function keepHome(): Promise<void> {
  const posts = homePosts()
  const last = posts.at(-1)
  if (ended || !last || !navigator.serviceWorker.controller) return
  const next = `<${location.origin}${HOME}&max_id=${last.id}>; rel="next"`
  const headers = {
    'content-type': 'application/json',
    link: next,
    'x-kept-at': String(Date.now()),
  }
  const store = STORE + me.peek().id
  const cache = await caches.open(store)
  await cache.put(HOME, new Response(JSON.stringify(posts), { headers }))
  // Somebody may have signed out meanwhile.
  if (ended) await caches.delete(store)
}

export function startKeepingHome(): void {
  if (!('serviceWorker' in navigator) || typeof caches === 'undefined') return
  const keep = (): void => void keepHome().catch(() => undefined)
  document.addEventListener('visibilitychange', () => document.hidden && keep())
  addEventListener('pagehide', keep)
  addEventListener('offline', keep)
}

/** Drops what an account that signed out has left, whether or not a service worker runs. */
export async function forgetKept(staying: readonly string[], leaving: string): Promise<void> {
  ended = staying.length === 0
  if (typeof caches === 'undefined') return
  const names = await caches.keys()
  const foreign = names.filter(
    (name) =>
      (name.startsWith(STORE) && !staying.includes(name.slice(STORE.length))) || name === STORE + leaving,
  )
  await Promise.all([...foreign, 'folkmoot-pictures'].map((name) => caches.delete(name)))
}
