// The rows of a post from elsewhere, cut to what is kept.
import type { IncomingMedia, IncomingPost } from '../../model/post.ts'
import type { Author } from '../../store/post-authors.ts'
import type { NewPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { REMOTE_LIMITS } from './limits.ts'
import type { Quote } from './link-quote.ts'
import type { Thread } from './link-thread.ts'

interface Linked {
  incoming: IncomingPost
  author: Author
  thread: Thread
  quote: Quote | undefined
  groupId: number | null
  emojiIds: number[]
}

/** The row without its final id: `id` and `thread_id` are set when it is stored. */
export function receivedRow(ctx: Context, linked: Linked): NewPost {
  const { incoming, author, thread, quote } = linked
  const { parent } = thread
  const now = ctx.clock.now()
  const answersOther = thread.awaitedUri !== null || (parent !== undefined && parent.account_id !== author.id)
  return {
    id: 0,
    thread_id: 0,
    uri: incoming.uri,
    url: incoming.url ?? null,
    guid: incoming.guid ?? null,
    account_id: author.id,
    kind: incoming.kind,
    local: 0,
    audience: incoming.audience,
    in_public: incoming.audience === 'public' && !answersOther ? 1 : 0,
    in_reply_to_id: parent?.id ?? null,
    in_reply_to_account_id: parent?.account_id ?? null,
    in_reply_to_uri: thread.awaitedUri,
    context_uri: thread.contextUri,
    quote_of_id: quote?.post?.id ?? null,
    quote_uri: quote?.uri ?? null,
    quote_state: quote?.state ?? null,
    quote_policy: incoming.quotePolicy,
    reply_policy: incoming.replyPolicy,
    comments_closed: incoming.commentsClosed === true ? 1 : 0,
    group_id: linked.groupId,
    source_type: 'text/html',
    ...receivedBody(incoming),
    emoji_ids: JSON.stringify(linked.emojiIds),
    replies_uri: incoming.repliesUri ?? null,
    published_at: Math.min(Math.max(0, incoming.publishedAt), now),
    created_at: now,
    edited_at: incoming.editedAt ?? null,
    likes_count: incoming.likesCount ?? 0,
    boosts_count: incoming.boostsCount ?? 0,
  }
}

/** The columns that an edit may change. */
export function receivedBody(incoming: IncomingPost) {
  return {
    title: incoming.title.slice(0, REMOTE_LIMITS.titleChars),
    content: incoming.content,
    spoiler_text: incoming.spoilerText.slice(0, REMOTE_LIMITS.spoilerChars),
    sensitive: incoming.sensitive ? 1 : 0,
    language: incoming.language ?? null,
  }
}

export function receivedMedia(ctx: Context, post: { id: number; accountId: number }, incoming: IncomingPost) {
  return incoming.attachments
    .slice(0, REMOTE_LIMITS.media)
    .map((media, position) => mediaRow(ctx, post, media, position))
}

/** A picture of which only the address is known; whoever shows it first has it downloaded. */
export function mediaRow(
  ctx: Context,
  post: { id: number; accountId: number },
  media: IncomingMedia,
  position: number,
) {
  return {
    id: ctx.ids.next(),
    account_id: post.accountId,
    post_id: post.id,
    position,
    kind: media.kind,
    state: 'remote',
    content_type: media.contentType ?? null,
    remote_url: media.url,
    remote_preview_url: media.previewUrl ?? null,
    description: mediaDescription(media),
    blurhash: media.blurhash ?? null,
    meta: JSON.stringify(mediaMeta(media)),
    created_at: ctx.clock.now(),
  }
}

export function mediaDescription(media: IncomingMedia): string | null {
  return media.description?.slice(0, REMOTE_LIMITS.descriptionChars) ?? null
}

export function mediaMeta(media: IncomingMedia): object {
  const { width, height, durationSeconds, focus } = media
  const size = width !== undefined && height !== undefined ? { width, height } : undefined
  return {
    ...(size ? { original: { ...size, aspect: size.height > 0 ? size.width / size.height : 1 } } : {}),
    ...(durationSeconds === undefined ? {} : { duration: durationSeconds }),
    ...(focus ? { focus } : {}),
  }
}

export function receivedPoll(ctx: Context, postId: number, incoming: IncomingPost) {
  const { poll } = incoming
  if (!poll) return undefined
  return {
    post_id: postId,
    options: JSON.stringify(receivedOptions(incoming)),
    multiple: poll.multiple ? 1 : 0,
    expires_at: poll.expiresAt ?? poll.endedAt ?? null,
    ended_at: poll.endedAt ?? null,
    voters_count: poll.votersCount ?? null,
    fetched_at: ctx.clock.now(),
  }
}

export function receivedOptions(incoming: IncomingPost): { title: string; votes: number }[] {
  return (incoming.poll?.options ?? []).slice(0, REMOTE_LIMITS.pollOptions).map(({ title, votes }) => ({
    title: title.slice(0, REMOTE_LIMITS.pollOptionChars),
    votes: Number.isSafeInteger(votes) && votes > 0 ? votes : 0,
  }))
}
