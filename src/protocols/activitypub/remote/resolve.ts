// Finds accounts and posts of other servers by address or handle: what search, mentions and profiles ask for.
import {
  accountOfHandle,
  accountOfId,
  accountOfUri,
  authorOfUri,
  postOfUri,
} from '../../../domain/federation/find-remote.ts'
import { putOff } from '../../../domain/federation/accept-activity.ts'
import { updateReceivedPost } from '../../../domain/posts/update-received-post.ts'
import type { Remote } from '../../../domain/ports.ts'
import { parseHead } from '../../../lib/html/head.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { parseHandle } from '../../../lib/text/handle.ts'
import { isActorType } from '../read/actor.ts'
import { isPostType } from '../read/note.ts'
import { isIgnored } from '../read/reading.ts'
import { isActivityMediaType, isObject, sameOrigin } from '../wire.ts'
import type { World } from '../world.ts'
import { createActors, FETCH_QUEUE, STALE_MS } from './actors.ts'
import type { Actors } from './actors.ts'
import { COMPLETE_ACCOUNT, createCompletion, isCompletionDue } from './complete-account.ts'
import { createHostDescriber } from './describe-host.ts'
import type { HostDescriber } from './describe-host.ts'
import { createFetcher } from './fetch.ts'
import type { Fetched, Fetcher } from './fetch.ts'
import { createKeys } from './keys.ts'
import type { Keys } from './keys.ts'
import { createPosts } from './posts.ts'
import type { Posts } from './posts.ts'
import { createThreads } from './threads.ts'
import type { Threads } from './threads.ts'
import { createWebFinger } from './webfinger.ts'
import type { WebFinger } from './webfinger.ts'

/** Everything by which this protocol reaches other servers. */
export interface Reach {
  fetcher: Fetcher
  webFinger: WebFinger
  hosts: HostDescriber
  actors: Actors
  keys: Keys
  posts: Posts
  threads: Threads
  remote: Required<Remote>
  /** Completes a profile now; the job of `refreshSoon`. */
  complete(accountId: number): Promise<void>
}

export function createReach(world: World): Reach {
  const fetcher = createFetcher(world)
  const webFinger = createWebFinger(world)
  const hosts = createHostDescriber(world)
  const actors = createActors(world, fetcher, webFinger, hosts)
  const keys = createKeys(world, fetcher, actors)
  const threads = createThreads({ world, fetcher, posts: () => posts })
  const posts: Posts = createPosts({
    world,
    fetcher,
    actors,
    wantParent: (uri, climb) => threads.wantParent(uri, climb),
  })
  const complete = createCompletion({ world, fetcher, actors, posts })
  const found = { world, fetcher, webFinger, actors, posts }
  const remote: Required<Remote> = {
    accountByUri: (uri, options) => orUndefined(() => accountByUri(found, uri, options?.fresh === true)),
    accountByHandle: (handle) => orUndefined(() => accountByHandle(found, handle)),
    postByUri: (uri, options) => orUndefined(() => postByUri(found, uri, options?.fresh === true)),
    refreshSoon: (accountId) => refreshSoon(world, accountId),
    completeThreadSoon: (postId) => threads.completeSoon(postId),
  }
  return { fetcher, webFinger, hosts, actors, keys, posts, threads, remote, complete }
}

interface Found {
  world: World
  fetcher: Fetcher
  webFinger: WebFinger
  actors: Actors
  posts: Posts
}

/** What is not there, gone or not for us is simply not found; troubles that pass are thrown. */
async function orUndefined(work: () => Promise<number | undefined>): Promise<number | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function accountByUri(found: Found, uri: string, fresh: boolean): Promise<number | undefined> {
  const { world, actors } = found
  const known = await accountOfUri(world, uri)
  if (known || !sameOrigin(uri, world.config.origin)) {
    if (known?.domain === '') return known.deleted_at === null ? known.id : undefined
    if (known && (fresh || world.clock.now() - (known.fetched_at ?? 0) > STALE_MS))
      return refreshed(found, known)
    if (known) return actors.find(uri)
    return byPage(found, uri, 'account')
  }
  const name = /^\/@([^/]+)\/?$/.exec(new URL(uri).pathname)?.[1]
  return name === undefined ? undefined : (await accountOfHandle(world, decodeURIComponent(name), ''))?.id
}

/** A known account, fetched anew where its server answers. */
async function refreshed({ actors }: Found, known: { id: number; uri: string }): Promise<number> {
  try {
    return await actors.find(known.uri, { fresh: true })
  } catch (error) {
    if (error instanceof Unreachable) return known.id
    throw error
  }
}

async function postByUri(found: Found, uri: string, fresh: boolean): Promise<number | undefined> {
  const { world } = found
  const known = await postOfUri(world, uri)
  if (known && fresh && known.local === 0) await refreshPost(found, uri)
  if (known) return known.id
  return sameOrigin(uri, world.config.origin) ? ownPost(world, uri) : byPage(found, uri, 'post')
}

/** A known post as its server has it now: edits, tallies of polls. Troubles on the way leave it as it is. */
async function refreshPost({ world, fetcher, posts }: Found, uri: string): Promise<void> {
  try {
    const { json, raw } = await fetcher.document(uri)
    const reading = await posts.read(json, { raw })
    if (!isIgnored(reading)) await updateReceivedPost(world, reading)
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    world.log.debug({ error, uri }, 'a post could not be fetched anew')
  }
}

/** One of our posts by its page: `/@name/id`. */
async function ownPost(world: World, uri: string): Promise<number | undefined> {
  const [, name, id] = /^\/@([^/]+)\/(\d{1,16})\/?$/.exec(new URL(uri).pathname) ?? []
  if (name === undefined || id === undefined) return undefined
  return (await postOfUri(world, world.urls.post(decodeURIComponent(name), Number(id))))?.id
}

/** The account or post at an address, also where a page for people names the document (`rel=alternate`). */
async function byPage(found: Found, uri: string, wanted: 'account' | 'post'): Promise<number | undefined> {
  const answer = await found.fetcher.documentOrPage(uri)
  if ('json' in answer) return take(found, answer, wanted)
  const { links } = parseHead(answer.page, answer.url, answer.contentType)
  const alternate = links.find((link) => link.rel.includes('alternate') && isActivityMediaType(link.type))
  if (!alternate || alternate.href === uri) return undefined
  return take(found, await found.fetcher.document(alternate.href), wanted)
}

async function take(found: Found, fetched: Fetched, wanted: 'account' | 'post'): Promise<number | undefined> {
  const { world, actors, posts } = found
  const { json } = fetched
  if (wanted === 'account') return isActorType(json) ? actors.store(fetched) : undefined
  if (!isPostType(json)) {
    const id = isObject(json) && !isActorType(json) && typeof json['id'] === 'string' ? json['id'] : undefined
    return id === undefined ? undefined : posts.find(id)
  }
  const taken = await posts.take(json, { fetched: true, raw: fetched.raw })
  if ('ignored' in taken) {
    world.log.debug({ reason: taken.ignored, url: fetched.url }, 'a post was not taken in')
    return undefined
  }
  return taken.postId
}

async function accountByHandle(found: Found, handle: string): Promise<number | undefined> {
  const { world, webFinger, actors } = found
  const parsed = readHandle(handle)
  if (!parsed) return undefined
  const { username, domain } = parsed
  if (domain === world.config.domain) return (await accountOfHandle(world, username, ''))?.id
  const known = await accountOfHandle(world, username, domain)
  if (known?.deleted_at === null) {
    const isStale = world.clock.now() - (known.fetched_at ?? 0) > STALE_MS
    if (isStale && known.protocol === 'activitypub') await actors.refreshSoon(known.uri)
    return known.id
  }
  const finger = await webFinger.ask(domain, username, domain)
  if (!finger) return undefined
  if (sameOrigin(finger.actorUri, world.config.origin)) return (await authorOfUri(world, finger.actorUri))?.id
  return actors.find(finger.actorUri)
}

/** `user@domain`; on private networks the domain may be an address with a port. */
function readHandle(text: string): { username: string; domain: string } | undefined {
  const handle = parseHandle(text)
  if (handle?.domain !== undefined) return { username: handle.username, domain: handle.domain }
  const [, username, domain] =
    /^@?([\w.-]{1,64})@((?:127\.0\.0\.1|localhost):\d{2,5})$/.exec(text.trim()) ?? []
  return username && domain ? { username, domain } : undefined
}

async function refreshSoon(world: World, accountId: number): Promise<void> {
  const account = await accountOfId(world, accountId)
  if (!account || !isCompletionDue(account, world.clock.now())) return
  await putOff(world, {
    queue: FETCH_QUEUE,
    kind: COMPLETE_ACCOUNT,
    payload: { accountId },
    key: `${COMPLETE_ACCOUNT} ${accountId}`,
  })
}
