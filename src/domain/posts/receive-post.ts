// Takes in a post of another server: author, thread, rows, and who is told; the same for every protocol.
import { Refusal } from '../../model/refusal.ts'
import type { IncomingPost } from '../../model/post.ts'
import type { Author } from '../../store/post-authors.ts'
import { isDeleted } from '../../store/post-rows.ts'
import { findPostByUri } from '../../store/posts.ts'
import type { NewPost } from '../../store/posts.ts'
import { putQuoteStamp } from '../../store/quote-stamps.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { announceReceived } from './announce-received.ts'
import { findRecipients } from './find-recipients.ts'
import { findSender } from './find-sender.ts'
import { linkQuote } from './link-quote.ts'
import { linkThread, linkWaitingReplies } from './link-thread.ts'
import type { Thread } from './link-thread.ts'
import { receivedMedia, receivedPoll, receivedRow } from './received-rows.ts'
import { receivedEmojiIds, receivedTags } from './received-words.ts'
import { eventRow } from './event-row.ts'
import { storePost } from './store-post.ts'

export interface ReceiveOptions {
  /** Fetched in the background, not delivered: old posts then cause no notifications and enter no homes. */
  fetched?: boolean
  /** The local account in whose own inbox it arrived: it is for that account even where it does not say so. */
  deliveredTo?: number
  /** The quoted author's authorisation was checked. */
  quoteVerified?: boolean
}

export interface ReceivedPost {
  postId: number
  /** False when the post was here already; then nothing changed. */
  isNew: boolean
}

/**
 * Refuses posts whose author is unknown or suspended, and posts that were deleted. What it names and nobody here knows
 * (accounts, parent, quoted post) is left out or linked later; fetch what matters before.
 */
export async function receivePost(
  ctx: Context,
  incoming: IncomingPost,
  options: ReceiveOptions = {},
): Promise<ReceivedPost> {
  const known = await findPostByUri(ctx.store.read, incoming.uri)
  if (known) return { postId: known.id, isNew: false }
  const author = await findSender(ctx, incoming.authorUri)
  return ctx.store.write((tx) => storeReceived(ctx, tx, { incoming, author, options }))
}

export interface Received {
  incoming: IncomingPost
  author: Author
  options: ReceiveOptions
}

/** The rows of a post that arrived; within the caller's transaction. */
export async function storeReceived(ctx: Context, tx: Tx, received: Received): Promise<ReceivedPost> {
  const { incoming, author, options } = received
  if (await isDeleted(tx, incoming.uri)) throw new Refusal('gone', 'This post was deleted')
  const thread = await linkThread(tx, author, incoming)
  const quote = await linkQuote(tx, author, incoming, options.quoteVerified === true)
  const named = await findRecipients(tx, incoming, options.deliveredTo)
  const recipients = named.recipients.filter((recipient) => recipient.accountId !== author.id)
  const emojiIds = await receivedEmojiIds(ctx, tx, author, incoming)
  const row = receivedRow(ctx, { incoming, author, thread, quote, groupId: named.groupId, emojiIds })
  const parts = {
    parent: thread.parent,
    quoted: quote?.post,
    recipients,
    circleIds: [],
    tags: receivedTags(incoming),
    raw: incoming.raw,
  }
  const stored = await storeUnderFreeId(ctx, tx, row, (id) =>
    storePost(ctx, tx, {
      ...parts,
      row: { ...row, id, thread_id: thread.id ?? id },
      media: receivedMedia(ctx, { id, accountId: author.id }, incoming),
      poll: receivedPoll(ctx, id, incoming),
      event: incoming.event && eventRow(id, incoming.event),
    }),
  )
  if (stored === undefined) return existing(tx, incoming.uri)
  await linkReplies(tx, stored, row, thread)
  const stampUri = options.quoteVerified === true ? incoming.quoteAuthorizationUri : undefined
  if (stampUri !== undefined) await putQuoteStamp(tx, stored, stampUri)
  const { published_at: publishedAt } = row
  await announceReceived(ctx, tx, { id: stored, publishedAt, author }, options.fetched === true)
  return { postId: stored, isNew: true }
}

const MAX_TRIES = 7

/** Ids of the past are guessed: a taken one is tried again a little later in time. Undefined when the address is taken. */
async function storeUnderFreeId(
  ctx: Context,
  tx: Tx,
  row: NewPost,
  store: (id: number) => Promise<boolean>,
): Promise<number | undefined> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const spread = attempt === 0 ? 0 : Math.random() * 8 ** attempt
    const id = attempt === MAX_TRIES - 1 ? ctx.ids.next() : ctx.ids.at(laterThan(row.published_at, spread))
    if (await store(id)) return id
    if (await findPostByUri(tx, row.uri)) return undefined
  }
  return undefined
}

/** Posts from before our time share its first moment, so they are spread from there. */
function laterThan(ms: number, spread: number): number {
  return Math.max(ms, OUR_FIRST_MOMENT) + spread
}
const OUR_FIRST_MOMENT = Date.UTC(2020, 0, 1)

async function existing(tx: Tx, uri: string): Promise<ReceivedPost> {
  const known = await findPostByUri(tx, uri)
  if (!known) throw new Refusal('conflict', 'This post could not be stored')
  return { postId: known.id, isNew: false }
}

async function linkReplies(tx: Tx, id: number, row: NewPost, thread: Thread): Promise<void> {
  await linkWaitingReplies(tx, {
    id,
    uri: row.uri,
    account_id: row.account_id,
    audience: row.audience,
    thread_id: thread.id ?? id,
  })
}
