// Brings posts of other servers here: whatever they need from the network first, then one verb of the domain.
import { accountOfUri, postOfUri } from '../../../domain/federation/find-remote.ts'
import { policyFor } from '../../../domain/moderation/policy-cache.ts'
import { receivePost } from '../../../domain/posts/receive-post.ts'
import type { ReceivedPost, ReceiveOptions } from '../../../domain/posts/receive-post.ts'
import { isOpen } from '../../../model/audience.ts'
import type { IncomingPost } from '../../../model/post.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { isChatMessage, readChatMessage } from '../read/chat-message.ts'
import { isPostType, readNote } from '../read/note.ts'
import { isIgnored } from '../read/reading.ts'
import type { PostReading } from '../read/reading.ts'
import { idOf, isObject, member, sameOrigin, typesOf } from '../wire.ts'
import type { World } from '../world.ts'
import { MAX_URI } from './actors.ts'
import type { Actors } from './actors.ts'
import type { Fetcher } from './fetch.ts'
import { isQuoteAuthorized } from './quote-authorization.ts'

/** How many posts deep quotes are followed. */
const MAX_QUOTE_DEPTH = 2

export interface TakeOptions extends ReceiveOptions {
  envelope?: unknown
  raw?: string
  /** Its author sent it, and is known here. */
  byAuthor?: boolean
  /** How many quotes led here. */
  depth?: number
  /** Steps left on the way up the thread; 0 fetches no parent. */
  climb?: number
}

export interface Posts {
  /** The post's id, fetched from its own server when unknown. Refuses what is no post, gone or suspended. */
  find(uri: string, options?: TakeOptions): Promise<number>
  /**
   * Takes in an object that is vouched for: fetched from its own address, or sent by its author. Ignored: why it is no post for us.
   */
  take(object: unknown, options?: TakeOptions): Promise<ReceivedPost | { ignored: string }>
  /** What the reader of this protocol makes of an object, with the policies about its server applied. */
  read(object: unknown, options?: TakeOptions): Promise<IncomingPost | { ignored: string }>
}

interface Parts {
  world: World
  fetcher: Fetcher
  actors: Actors
  /** Asks for a parent that is unknown here. */
  wantParent(uri: string, climb: number): Promise<void>
}

/** How far up a thread is followed. */
export const MAX_CLIMB = 30

export function createPosts(parts: Parts): Posts {
  const { world, fetcher, actors } = parts
  const read: Posts['read'] = (object, options = {}) => readPost(world, object, options)

  const take: Posts['take'] = async (object, options = {}) => {
    const incoming = await read(object, options)
    if (isIgnored(incoming)) return incoming
    // A post by who sent it needs no look-up: the common case asks the database nothing here.
    if (options.byAuthor !== true) {
      const known = await postOfUri(world, incoming.uri)
      if (known) return { postId: known.id, isNew: false }
      await actors.find(incoming.authorUri)
    }
    const quoteVerified = await prepare(incoming, options)
    const { fetched, deliveredTo } = options
    const received = await receivePost(world, incoming, {
      ...(fetched === undefined ? {} : { fetched }),
      ...(deliveredTo === undefined ? {} : { deliveredTo }),
      quoteVerified,
    })
    const climb = options.climb ?? MAX_CLIMB
    if (received.isNew && incoming.inReplyToUri !== undefined && climb > 0)
      await wantUnknown(incoming.inReplyToUri, climb)
    return received
  }

  const wantUnknown = async (uri: string, climb: number): Promise<void> => {
    if (sameOrigin(uri, world.config.origin) || (await postOfUri(world, uri))) return
    await parts.wantParent(uri, climb - 1)
  }

  /** Fetches the group and the quoted post where they are unknown; whether the quote is authorised. */
  const prepare = async (incoming: IncomingPost, options: TakeOptions): Promise<boolean> => {
    const { groupUri, quoteUri } = incoming
    if (groupUri !== undefined) await quietly(world, () => actors.find(groupUri))
    if (quoteUri === undefined) return false
    const depth = options.depth ?? 0
    if (depth < MAX_QUOTE_DEPTH && !(await postOfUri(world, quoteUri)))
      await quietly(world, () => find(quoteUri, { depth: depth + 1, climb: 0 }))
    return isQuoteAuthorized(world, fetcher, incoming)
  }

  const find: Posts['find'] = async (uri, options = {}) => {
    const known = await postOfUri(world, uri)
    if (known) return known.id
    if (sameOrigin(uri, world.config.origin)) throw new Refusal('not-found', 'There is no such post here')
    const fetched = await fetcher.document(uri)
    const object = postIn(fetched.json)
    if (object === undefined) {
      const inner = activityObject(fetched.json)
      if (inner === undefined || inner === uri || (options.depth ?? 0) > MAX_QUOTE_DEPTH)
        throw new Refusal('unsupported', 'That is not a post')
      return find(inner, { ...options, depth: (options.depth ?? 0) + 1 })
    }
    const taken = await take(object, { ...options, raw: fetched.raw, fetched: true })
    if ('ignored' in taken)
      throw new Refusal('unsupported', `That post cannot be shown here: ${taken.ignored}`)
    return taken.postId
  }

  return { find, take, read }
}

async function quietly(world: World, work: () => Promise<number>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    world.log.debug({ error }, 'something a post refers to could not be fetched')
  }
}

async function readPost(
  world: World,
  object: unknown,
  options: TakeOptions,
): Promise<IncomingPost | { ignored: string }> {
  const first = readAs(world, object, options)
  if (isIgnored(first)) return first
  if (Buffer.byteLength(first.uri) > MAX_URI) return { ignored: 'its address is too long' }
  const policy = await policyFor(world, new URL(first.authorUri).hostname)
  if (policy.suspended) return { ignored: 'its server is suspended here' }
  const reading = isOpen(first.audience) ? first : await readPrivate(world, object, { options, first })
  return isIgnored(reading) || !policy.rejectMedia ? reading : withoutMedia(reading)
}

function readAs(world: World, object: unknown, options: TakeOptions, followersUri?: string): PostReading {
  const reader = isChatMessage(object) ? readChatMessage : readNote
  return reader(object, {
    now: world.clock.now(),
    ...(options.raw === undefined ? {} : { raw: options.raw }),
    ...(options.envelope === undefined ? {} : { envelope: options.envelope }),
    ...(followersUri === undefined ? {} : { followersUri }),
  })
}

/** Whether a collection is that of the author's followers is known for sure only from the author. */
async function readPrivate(
  world: World,
  object: unknown,
  { options, first }: { options: TakeOptions; first: IncomingPost },
): Promise<PostReading> {
  const author = await accountOfUri(world, first.authorUri)
  const followersUri = author?.followers_uri ?? undefined
  return followersUri === undefined ? first : readAs(world, object, options, followersUri)
}

function postIn(json: unknown): unknown {
  return isPostType(json) ? json : undefined
}

/** The post that a fetched Create or Announce is about; it is fetched from its own address. */
function activityObject(json: unknown): string | undefined {
  const isAbout = typesOf(json).some((type) => type === 'Create' || type === 'Announce')
  return isAbout && isObject(json) ? idOf(member(json, 'object')) : undefined
}

function withoutMedia(incoming: IncomingPost): IncomingPost {
  return {
    ...incoming,
    attachments: [],
    emojis: [],
    content: incoming.content.replace(/<img\b[^>]*>/gi, ''),
  }
}
