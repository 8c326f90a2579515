// Finds the thread of a post from elsewhere, and gathers the answers that arrived before what they answer.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import type { IncomingPost, Post } from '../../model/post.ts'
import type { Author } from '../../store/post-authors.ts'
import {
  addToPostCounter,
  findPostByUri,
  findWaitingReplies,
  joinThreads,
  updatePost,
} from '../../store/posts.ts'
import type { Tx } from '../ports.ts'
import { canSee } from './see-post.ts'
import { countsAsReply } from './store-post.ts'

export interface Thread {
  parent: Post | undefined
  /** Set while what it answers is unknown here. */
  awaitedUri: string | null
  /** Undefined for a post that begins a thread of its own. */
  id: number | undefined
  contextUri: string | null
}

/** An answer to a private post by somebody who cannot see it is no answer: it begins a thread of its own. */
export async function linkThread(tx: Tx, author: Author, incoming: IncomingPost): Promise<Thread> {
  const alone: Thread = {
    parent: undefined,
    awaitedUri: null,
    id: undefined,
    contextUri: incoming.contextUri ?? null,
  }
  if (incoming.inReplyToUri === undefined) return alone
  const parent = await findParent(tx, incoming.inReplyToUri)
  if (!parent) return { ...alone, awaitedUri: incoming.inReplyToUri }
  if (!isOpen(parent.audience as Audience) && !(await canSee(tx, author, parent))) return alone
  return {
    parent,
    awaitedUri: null,
    id: parent.thread_id,
    contextUri: incoming.contextUri ?? parent.context_uri,
  }
}

async function findParent(tx: Tx, uri: string): Promise<Post | undefined> {
  const post = await findPostByUri(tx, uri)
  return post?.boost_of_id === null ? post : undefined
}

type Parent = Pick<Post, 'id' | 'uri' | 'account_id' | 'audience' | 'thread_id'>

/** More answers than these to a post that was unknown a moment ago are linked when they change. */
const MAX_WAITING = 500

/** Links what waited for this post, and counts it. */
export async function linkWaitingReplies(tx: Tx, parent: Parent): Promise<void> {
  const waiting = await findWaitingReplies(tx, parent.uri, MAX_WAITING)
  if (waiting.length === 0) return
  for (const reply of waiting) {
    await updatePost(tx, reply.id, {
      in_reply_to_id: parent.id,
      in_reply_to_account_id: parent.account_id,
      in_reply_to_uri: null,
      in_public: reply.audience === 'public' && reply.account_id === parent.account_id ? 1 : 0,
    })
  }
  await joinThreads(
    tx,
    waiting.map((reply) => reply.thread_id),
    parent.thread_id,
  )
  const counted = waiting.filter((reply) => countsAsReply(reply, parent))
  if (counted.length > 0) await addToPostCounter(tx, parent.id, 'replies_count', counted.length)
}
