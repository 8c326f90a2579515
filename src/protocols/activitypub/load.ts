// Loads our posts as the writers want them: a batch of statements, whatever the number of posts.
import type { Context } from '../../domain/context.ts'
import type { Audience } from '../../model/audience.ts'
import type { IncomingEvent, PostKind, QuotePolicy } from '../../model/post.ts'
import {
  findEmojis,
  loadAddressees,
  loadAddresses,
  loadEventRows,
  loadMedia,
  loadPolls,
  loadPosts,
  loadReferred,
  loadShownTags,
} from '../../domain/federation/outgoing-rows.ts'
import type {
  AccountAddress,
  Addressee,
  CustomEmoji,
  MediaRow,
  PollOfPost,
  Post,
  Referred,
} from '../../domain/federation/outgoing-rows.ts'
import { loadQuoteStamps } from '../../domain/federation/quote-stamps.ts'
import { loadReplyConsents } from '../../domain/federation/reply-consents.ts'
import type { ReplyConsent } from '../../domain/federation/reply-consents.ts'
import { mediaTypeOf, writeCustomEmoji } from './load-account.ts'
import { present } from './wire.ts'
import { quoteStamp } from './write/quote-stamp.ts'
import type { OutgoingMedia, OutgoingPoll, OutgoingPost } from './write/types.ts'

type Db = Context['store']['read']
type EventRow = NonNullable<
  Awaited<ReturnType<typeof loadEventRows>> extends Map<number, infer R> ? R : never
>

/** What hangs on a batch of posts, by post id (or by account and post id for those referred to). */
interface Parts {
  addressees: Map<number, Addressee[]>
  tags: Map<number, { displayName: string; name: string }[]>
  media: Map<number, MediaRow[]>
  polls: Map<number, PollOfPost>
  events: Map<number, EventRow>
  referred: Map<number, Referred>
  accounts: Map<number, AccountAddress>
  emojis: Map<number, CustomEmoji>
  stamps: Map<number, string>
  consents: Map<number, ReplyConsent>
}

/** Our posts (never boosts) with these ids, in the order asked for; those of others and absent ones are left out. */
export async function loadOutgoing(ctx: Context, db: Db, ids: readonly number[]): Promise<OutgoingPost[]> {
  const found = await loadPosts(db, ids)
  const posts = ids
    .flatMap((id) => found.get(id) ?? [])
    .filter((post) => post.local === 1 && post.boost_of_id === null)
  if (posts.length === 0) return []
  const parts = await loadParts(db, posts)
  return posts.flatMap((post) => compose(ctx, post, parts) ?? [])
}

async function loadParts(db: Db, posts: readonly Post[]): Promise<Parts> {
  const ids = posts.map((post) => post.id)
  const referredIds = posts.flatMap((post) => [post.in_reply_to_id, post.quote_of_id, post.thread_id])
  const emojiIds = posts.flatMap(emojiIdsOf)
  const accountIds = posts.flatMap((post) => [post.account_id, post.group_id])
  return {
    addressees: await loadAddressees(db, ids),
    tags: await loadShownTags(db, ids),
    media: await loadMedia(db, ids),
    polls: await loadPolls(db, ids),
    events: await loadEventRows(db, ids),
    referred: await loadReferred(db, distinct(referredIds)),
    accounts: await loadAddresses(db, distinct(accountIds)),
    stamps: await loadQuoteStamps(
      db,
      posts.filter((post) => post.quote_uri !== null).map((post) => post.id),
    ),
    consents: await loadReplyConsents(
      db,
      posts.filter((post) => post.in_reply_to_id !== null).map((post) => post.id),
    ),
    emojis: new Map((await findEmojis(db, [...new Set(emojiIds)])).map((emoji) => [emoji.id, emoji])),
  }
}

function compose(ctx: Context, post: Post, parts: Parts): OutgoingPost | undefined {
  const author = parts.accounts.get(post.account_id)
  if (!author) return undefined
  const parent = post.in_reply_to_id === null ? undefined : parts.referred.get(post.in_reply_to_id)
  const group = post.group_id === null ? undefined : parts.accounts.get(post.group_id)
  const poll = parts.polls.get(post.id)
  const event = parts.events.get(post.id)
  return present({
    uri: post.uri,
    url: post.url ?? ctx.urls.postPage(author.username, post.id),
    kind: post.kind as PostKind,
    guid: post.guid ?? undefined,
    author: { uri: author.uri, followersUri: author.followersUri ?? ctx.urls.followers(author.username) },
    audience: post.audience as Audience,
    recipients: (parts.addressees.get(post.id) ?? []).map((addressee) => ({
      uri: addressee.uri,
      kind: addressee.kind,
      handle: `${addressee.username}@${addressee.domain === '' ? ctx.config.domain : addressee.domain}`,
    })),
    group: group && present({ uri: group.uri, followersUri: group.followersUri ?? undefined }),
    inReplyTo: parent
      ? { uri: parent.uri, authorUri: parent.authorUri }
      : post.in_reply_to_uri === null
        ? undefined
        : { uri: post.in_reply_to_uri },
    contextUri: contextOf(ctx, post, parts),
    quote: quoteOf(post, parts),
    quotePolicy: post.quote_policy as QuotePolicy,
    replyAuthorizationUri: parts.consents.get(post.id)?.uri ?? undefined,
    title: post.title,
    content: post.content,
    source: post.source === null ? undefined : { content: post.source, mediaType: post.source_type },
    spoilerText: post.spoiler_text,
    sensitive: post.sensitive === 1 || author.sensitizedAt !== null,
    language: post.language ?? undefined,
    publishedAt: post.published_at,
    editedAt: post.edited_at ?? undefined,
    tags: (parts.tags.get(post.id) ?? []).map((tag) => ({
      displayName: tag.displayName,
      url: ctx.urls.tag(tag.name),
    })),
    emojis: emojiIdsOf(post).flatMap((id) => {
      const emoji = parts.emojis.get(id)
      return (emoji && writeCustomEmoji(ctx, emoji)) ?? []
    }),
    attachments: (parts.media.get(post.id) ?? []).flatMap((media) => writeMedia(ctx, media) ?? []),
    poll: poll && writePoll(poll),
    event: event && writeEvent(event),
  })
}

/** The thread's name: what its beginning said, or our own collection (FEP-7888) where it began here. */
function contextOf(ctx: Context, post: Post, parts: Parts): string | undefined {
  if (post.context_uri !== null) return post.context_uri
  const beganHere = post.thread_id === post.id || parts.referred.get(post.thread_id)?.local === true
  return beganHere ? ctx.urls.thread(post.thread_id) : undefined
}

/** What it quotes, unless the quoted author refused; consent is a stamp of ours, or the one that its author gave. */
function quoteOf(post: Post, parts: Parts): OutgoingPost['quote'] {
  if (post.quote_uri === null || post.quote_state === 'rejected' || post.quote_state === 'revoked')
    return undefined
  const quoted = post.quote_of_id === null ? undefined : parts.referred.get(post.quote_of_id)
  const isAccepted = post.quote_state === 'accepted'
  const ours = quoted?.local === true ? quoteStamp(quoted.uri, post.id) : undefined
  return present({
    uri: post.quote_uri,
    url: quoted?.url ?? undefined,
    authorizationUri: isAccepted ? (ours ?? parts.stamps.get(post.id)) : undefined,
  })
}

interface MediaMeta {
  original?: { width?: number; height?: number; duration?: number }
  duration?: number
  focus?: { x: number; y: number }
}

function writeMedia(ctx: Context, media: MediaRow): OutgoingMedia | undefined {
  if (media.file_key === null) return undefined
  const meta = JSON.parse(media.meta) as MediaMeta
  return present({
    kind: media.kind as OutgoingMedia['kind'],
    url: ctx.urls.media(media.file_key),
    mediaType: media.content_type ?? mediaTypeOf(media.file_key) ?? 'application/octet-stream',
    description: media.description ?? undefined,
    blurhash: media.blurhash ?? undefined,
    width: meta.original?.width,
    height: meta.original?.height,
    durationSeconds: meta.original?.duration ?? meta.duration,
    focus: meta.focus,
    previewUrl: media.preview_key === null ? undefined : ctx.urls.media(media.preview_key),
  })
}

/** Where totals are hidden, nobody learns them before the end. */
function writePoll(poll: PollOfPost): OutgoingPoll {
  const hidden = poll.hideTotals && poll.endedAt === null
  return present({
    options: poll.options.map(({ title, votes }) => ({ title, votes: hidden ? 0 : votes })),
    multiple: poll.multiple,
    votersCount: hidden ? 0 : (poll.votersCount ?? 0),
    expiresAt: poll.expiresAt ?? undefined,
    endedAt: poll.endedAt ?? undefined,
  })
}

function writeEvent(event: EventRow): IncomingEvent {
  const details = JSON.parse(event.details) as { externalUrl?: string }
  return present({
    startsAt: event.starts_at,
    endsAt: event.ends_at ?? undefined,
    timezone: event.timezone ?? undefined,
    place:
      event.place === '{}' ? undefined : (JSON.parse(event.place) as NonNullable<IncomingEvent['place']>),
    status: event.status as IncomingEvent['status'],
    joinMode: event.join_mode as IncomingEvent['joinMode'],
    externalUrl: details.externalUrl,
    capacity: event.capacity ?? undefined,
  })
}

function emojiIdsOf(post: Post): number[] {
  return post.emoji_ids === '[]' ? [] : (JSON.parse(post.emoji_ids) as number[])
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
