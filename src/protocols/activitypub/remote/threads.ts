// Completes threads in the background: missing posts above, and answers below as far as servers list them.
import { createLru } from '../../../lib/lru.ts'
import { putOff } from '../../../domain/federation/accept-activity.ts'
import { postOfId, postOfUri } from '../../../domain/federation/find-remote.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { idOf } from '../wire.ts'
import type { World } from '../world.ts'
import { FETCH_QUEUE } from './actors.ts'
import { readCollection } from './collection.ts'
import type { Fetcher } from './fetch.ts'
import { MAX_CLIMB } from './posts.ts'
import type { Posts } from './posts.ts'

export const FETCH_PARENT = 'fetch-parent'
export const COMPLETE_THREAD = 'complete-thread'

/** A thread is completed at most once in this time. */
const AGAIN_MS = 30 * 60_000
const LIMITS = { posts: 100, collections: 20, pages: 3, items: 50, depth: 4 }

export interface Threads {
  /** Asks for a parent in the background; `climb` steps are left above it. */
  wantParent(uri: string, climb: number): Promise<void>
  /** The job of `wantParent`: fetches the post, which asks for its own parent in turn. */
  fetchParent(payload: { uri: string; climb: number }): Promise<void>
  /** Somebody reads this thread: completes it when that is due. */
  completeSoon(postId: number): Promise<void>
  complete(payload: { postId: number }): Promise<void>
}

interface Parts {
  world: World
  fetcher: Fetcher
  posts: () => Posts
}

export function createThreads(parts: Parts): Threads {
  const { world, posts } = parts
  const lately = createLru<number, number>({ max: 10_000 })
  return {
    wantParent: (uri, climb) =>
      putOff(world, {
        queue: FETCH_QUEUE,
        kind: FETCH_PARENT,
        payload: { uri, climb },
        key: `${FETCH_PARENT} ${uri}`.slice(0, 500),
      }),
    async fetchParent({ uri, climb }) {
      try {
        await posts().find(uri, { climb: Math.min(climb, MAX_CLIMB) })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        world.log.debug({ error, uri }, 'a post above could not be fetched')
      }
    },
    async completeSoon(postId) {
      const post = await postOfId(world, postId)
      if (!post) return
      const last = lately.get(post.thread_id) ?? 0
      if (world.clock.now() - last < AGAIN_MS) return
      lately.set(post.thread_id, world.clock.now())
      await putOff(world, {
        queue: FETCH_QUEUE,
        kind: COMPLETE_THREAD,
        payload: { postId },
        key: `${COMPLETE_THREAD} ${post.thread_id}`,
      })
    },
    complete: ({ postId }) => complete(parts, postId),
  }
}

async function complete(parts: Parts, postId: number): Promise<void> {
  const { world } = parts
  const post = await postOfId(world, postId)
  if (!post) return
  if (post.in_reply_to_uri !== null) await find(parts, post.in_reply_to_uri, MAX_CLIMB)
  const current = (await postOfId(world, postId)) ?? post
  const root = await postOfId(world, current.thread_id)
  const start = new Map<number, Post>()
  for (const one of [root, current]) if (one?.local === 0) start.set(one.id, one)
  await descend(parts, [...start.values()])
}

/** Answers below the posts, level by level. */
async function descend(parts: Parts, start: Post[]): Promise<void> {
  const seen = new Set(start.map((post) => post.uri))
  let level = start
  let collections = 0
  for (let depth = 0; depth < LIMITS.depth && level.length > 0; depth++) {
    const next: Post[] = []
    for (const post of level) {
      if (post.replies_uri === null || collections++ >= LIMITS.collections) continue
      for (const uri of await listReplies(parts, post.replies_uri)) {
        if (seen.has(uri) || seen.size >= LIMITS.posts) continue
        seen.add(uri)
        const reply = (await postOfUri(parts.world, uri)) ?? (await find(parts, uri, 1))
        if (reply?.thread_id === post.thread_id && reply.local === 0) next.push(reply)
      }
    }
    level = next
  }
}

async function find({ world, posts }: Parts, uri: string, climb: number): Promise<Post | undefined> {
  try {
    return await postOfId(world, await posts().find(uri, { climb }))
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable) return undefined
    throw error
  }
}

async function listReplies({ fetcher }: Parts, uri: string): Promise<string[]> {
  try {
    const { items } = await readCollection(fetcher, uri, LIMITS)
    return items.flatMap((item) => idOf(item) ?? [])
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable) return []
    throw error
  }
}
