// Writes a post as Note, Question, Article, Event or whatever its kind is called on this wire.
import { isOpen } from '../../../model/audience.ts'
import type { PostKind } from '../../../model/post.ts'
import { withQuoteFallback } from '../../../lib/text/format.ts'
import { PUBLIC, present } from '../wire.ts'
import { writeAbstract } from './abstract.ts'
import { writeAttachments } from './attachments.ts'
import { writeAudience } from './audience.ts'
import { writeEvent } from './event.ts'
import { writePoll } from './poll.ts'
import { writeTags } from './tags.ts'
import type { Document, OutgoingPost } from './types.ts'

const TYPES: Record<PostKind, string> = {
  note: 'Note',
  article: 'Article',
  page: 'Page',
  question: 'Question',
  event: 'Event',
  image: 'Note',
  video: 'Note',
  audio: 'Note',
  document: 'Note',
}

/** The object of a post, without context. */
export function writeNote(post: OutgoingPost): Document {
  const content = post.quote
    ? withQuoteFallback(post.content, post.quote.url ?? post.quote.uri)
    : post.content
  return present({
    id: post.uri,
    type: TYPES[post.kind],
    'diaspora:guid': post.guid,
    url: post.url,
    attributedTo: post.author.uri,
    ...writeAudience(post),
    inReplyTo: post.inReplyTo?.uri ?? null,
    context: post.contextUri,
    conversation: post.contextUri,
    published: new Date(post.publishedAt).toISOString(),
    updated: post.editedAt === undefined ? undefined : new Date(post.editedAt).toISOString(),
    name: post.title === '' ? undefined : post.title,
    summary: post.spoilerText === '' ? (writeAbstract(post) ?? null) : post.spoilerText,
    sensitive: post.sensitive || post.spoilerText !== '',
    content,
    contentMap: post.language === undefined ? undefined : { [post.language]: content },
    source: post.source,
    directMessage: post.audience === 'direct' ? true : undefined,
    ...writeQuote(post),
    ...(post.replyAuthorizationUri === undefined
      ? {}
      : { replyAuthorization: post.replyAuthorizationUri, approvedBy: post.replyAuthorizationUri }),
    interactionPolicy: writePolicy(post),
    attachment: writeAttachments(post.attachments),
    tag: writeTags(post),
    ...(post.poll ? writePoll(post.poll) : {}),
    ...(post.event ? writeEvent(post.event) : {}),
    replies: `${post.uri}/replies`,
    likes: `${post.uri}/likes`,
    shares: `${post.uri}/shares`,
  })
}

/** A quote in every spelling in use. */
function writeQuote({ quote }: OutgoingPost): Document {
  if (!quote) return {}
  return present({
    quote: quote.uri,
    quoteUrl: quote.uri,
    quoteUri: quote.uri,
    _misskey_quote: quote.uri,
    quoteAuthorization: quote.authorizationUri,
  })
}

/** Who may do what without asking; for others there is nobody to ask, so they may not. */
function writePolicy(post: OutgoingPost): Document {
  const open = isOpen(post.audience)
  const quoters =
    !open || post.quotePolicy === 'nobody'
      ? post.author.uri
      : post.quotePolicy === 'public'
        ? PUBLIC
        : post.author.followersUri
  const approve = (who: string): Document => ({ automaticApproval: [who], manualApproval: [] })
  return {
    canLike: approve(PUBLIC),
    canReply: approve(PUBLIC),
    canAnnounce: approve(open ? PUBLIC : post.author.uri),
    canQuote: approve(quoters),
  }
}

/** What is left of a deleted post. */
export function writeTombstone(uri: string, deletedAt?: number): Document {
  return {
    id: uri,
    type: 'Tombstone',
    ...(deletedAt === undefined ? {} : { deleted: new Date(deletedAt).toISOString() }),
  }
}
