// Takes in a new version of a post of another server.
import { Refusal } from '../../model/refusal.ts'
import type { IncomingPost, Post } from '../../model/post.ts'
import { findEvent, updateEvent } from '../../store/events.ts'
import { findPoll, removeVotes, updatePoll } from '../../store/polls.ts'
import { putRaw } from '../../store/post-rows.ts'
import { findPostByUri, lockPost, updatePost } from '../../store/posts.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import { sameQuestion } from '../polls/replace-poll.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { differs } from './differs.ts'
import { eventRow } from './event-row.ts'
import { findRecipients } from './find-recipients.ts'
import { findSender } from './find-sender.ts'
import { receivedBody, receivedOptions } from './received-rows.ts'
import { receivedEmojiIds, receivedTags } from './received-words.ts'
import { replaceReceivedMedia } from './replace-received-media.ts'
import { replaceMentions, replaceTags } from './replace-words.ts'
import { keepSnapshot, takeSnapshot } from './snapshot.ts'

export interface UpdatedPost {
  postId: number
  /** False where only counts moved, or nothing. */
  isEdited: boolean
}

/**
 * Undefined when the post is not known here. Refuses versions by anybody but the author. Whom a post is for never changes:
 * an update can name more people, but it cannot make a private post public, nor hide a public one.
 */
export async function updateReceivedPost(
  ctx: Context,
  incoming: IncomingPost,
): Promise<UpdatedPost | undefined> {
  const known = await findPostByUri(ctx.store.read, incoming.uri)
  if (!known) return undefined
  const author = await findSender(ctx, incoming.authorUri)
  if (known.account_id !== author.id || known.local === 1 || known.boost_of_id !== null) {
    throw new Refusal('forbidden', 'Only its author can change a post')
  }
  return ctx.store.write(async (tx) => {
    const post = await lockPost(tx, known.id)
    return post && applyUpdate(ctx, tx, post, { incoming, author })
  })
}

interface Update {
  incoming: IncomingPost
  author: Author
}

async function applyUpdate(ctx: Context, tx: Tx, post: Post, update: Update): Promise<UpdatedPost> {
  const { incoming, author } = update
  const isOlder = post.edited_at !== null && (incoming.editedAt ?? 0) < post.edited_at
  if (isOlder) return { postId: post.id, isEdited: false }
  const snapshot = await takeSnapshot(tx, post)
  const body = receivedBody(incoming)
  const isEdited = [
    differs(post, body),
    await replaceReceivedMedia(ctx, tx, post, incoming),
    await updateReceivedPoll(ctx, tx, post, incoming),
    await updateReceivedEvent(tx, post, incoming),
  ].includes(true)
  await updatePost(tx, post.id, { ...terms(incoming), ...counts(post, incoming) })
  await putRaw(tx, post.id, incoming.raw)
  if (!isEdited) return { postId: post.id, isEdited: false }
  await keepSnapshot(ctx, tx, post, snapshot)
  const emojiIds = await receivedEmojiIds(ctx, tx, author, incoming)
  const now = ctx.clock.now()
  await updatePost(tx, post.id, {
    ...body,
    emoji_ids: JSON.stringify(emojiIds),
    edited_at: Math.min(incoming.editedAt ?? now, now),
  })
  await replaceTags(ctx, tx, post, receivedTags(incoming))
  const named = await findRecipients(tx, incoming)
  const mentioned = named.recipients.filter((recipient) => recipient.kind === 'mention')
  await replaceMentions(
    tx,
    post,
    mentioned.map((recipient) => recipient.accountId),
  )
  await recordFact(ctx, tx, { type: 'post-edited', postId: post.id, accountId: post.account_id })
  return { postId: post.id, isEdited: true }
}

/** Who may quote and answer it; where nothing is said of comments, a moderator may have closed them. */
function terms({ quotePolicy, replyPolicy, commentsClosed }: IncomingPost): Partial<Post> {
  return {
    quote_policy: quotePolicy,
    reply_policy: replyPolicy,
    ...(commentsClosed === undefined ? {} : { comments_closed: commentsClosed ? 1 : 0 }),
  }
}

/** Its home server knows more of the likes and boosts than we do. */
function counts(post: Post, incoming: IncomingPost): Partial<Post> {
  return {
    likes_count: Math.max(incoming.likesCount ?? post.likes_count, 0),
    boosts_count: Math.max(incoming.boostsCount ?? post.boosts_count, 0),
  }
}

const MAX_VOTES = 10_000

/** New tallies are no edit; other options are, and void the votes cast here. */
async function updateReceivedPoll(
  ctx: Context,
  tx: Tx,
  post: Post,
  incoming: IncomingPost,
): Promise<boolean> {
  const poll = incoming.poll && (await findPoll(tx, post.id))
  if (!poll || !incoming.poll) return false
  const options = receivedOptions(incoming)
  const titles = options.map((option) => option.title)
  const isSame = sameQuestion(poll, titles, incoming.poll.multiple)
  if (!isSame) await removeVotes(tx, post.id, MAX_VOTES)
  await updatePoll(tx, post.id, {
    options,
    multiple: incoming.poll.multiple,
    expiresAt: incoming.poll.expiresAt ?? incoming.poll.endedAt ?? poll.expiresAt,
    endedAt: incoming.poll.endedAt ?? poll.endedAt,
    votersCount: incoming.poll.votersCount ?? poll.votersCount,
    fetchedAt: ctx.clock.now(),
  })
  // The news of its end may come before our own clock ends it, which then has nothing left to tell.
  const endsNow = poll.endedAt === null && incoming.poll.endedAt !== undefined
  if (endsNow) await recordFact(ctx, tx, { type: 'poll-ended', postId: post.id })
  return !isSame
}

async function updateReceivedEvent(tx: Tx, post: Post, incoming: IncomingPost): Promise<boolean> {
  const before = incoming.event && (await findEvent(tx, post.id))
  if (!before || !incoming.event) return false
  const row = eventRow(post.id, incoming.event)
  const isSame = Object.entries(row).every(([name, value]) => before[name as keyof typeof row] === value)
  if (!isSame) await updateEvent(tx, post.id, row)
  return !isSame
}
