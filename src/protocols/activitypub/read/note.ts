// Reads posts of every type (Note, Article, Page, Question, Event, Image, Video, Audio, Document) into one shape.
import type { PostKind } from '../../../model/post.ts'
import { isOpen } from '../../../model/audience.ts'
import {
  asArray,
  countOf,
  dateOf,
  firstUrl,
  idOf,
  isObject,
  member,
  present,
  sameOrigin,
  textOf,
  typeOf,
  typesOf,
  webId,
} from '../wire.ts'
import { readAttachments } from './attachments.ts'
import { readAudience } from './audience.ts'
import { readWords } from './content.ts'
import { readEmojis } from './emojis.ts'
import { readEvent } from './event.ts'
import { readPoll, readVote } from './poll.ts'
import { readQuote, readQuotePolicy } from './quote.ts'
import type { PostReading, ReadOptions } from './reading.ts'
import { areCommentsClosed, readReplyPolicy } from './reply-policy.ts'
import { readHashtags } from './tags.ts'

const KINDS: Record<string, PostKind> = {
  Note: 'note',
  Article: 'article',
  Page: 'page',
  Question: 'question',
  Event: 'event',
  Image: 'image',
  Video: 'video',
  Audio: 'audio',
  Document: 'document',
}
const MAX_CONTEXT = 2048

/** Whether an object is of a type that `readNote` makes a post of. */
export function isPostType(object: unknown): boolean {
  return typesOf(object).some((type) => Object.hasOwn(KINDS, type))
}

/**
 * The post in an object. Each unusable field is left out; the whole is ignored only without id, author or known type, or when it
 * is a poll vote. Whether id and author were vouched for (signature, origin of the fetch) is for the caller to check.
 */
export function readNote(object: unknown, options: ReadOptions): PostReading {
  const type = typesOf(object).find((name) => Object.hasOwn(KINDS, name))
  const kind = type === undefined ? undefined : KINDS[type]
  if (!isObject(object) || type === undefined || kind === undefined)
    return { ignored: `${typeOf(object) || 'A thing without type'} is not a post` }
  const uri = webId(member(object, 'id'))
  if (uri === undefined) return { ignored: 'no usable id' }
  const authorUri = readAuthor(object)
  if (authorUri === undefined) return { ignored: 'no usable author' }
  if (!sameOrigin(uri, authorUri)) return { ignored: 'its author lives on another server' }
  if (readVote(object)) return { ignored: 'a vote in a poll' }
  const addressed = readAudience(object, authorUri, options)
  const publishedAt = Math.min(dateOf(member(object, 'published')) ?? options.now, options.now)
  const updatedAt = dateOf(member(object, 'updated'))
  const tags = member(object, 'tag')
  return present({
    uri,
    url: readPage(object, type, uri),
    guid: readGuid(object),
    kind,
    authorUri,
    ...addressed,
    inReplyToUri: idOf(member(object, 'inReplyTo')),
    contextUri: readContext(object),
    ...readQuote(object),
    quotePolicy: isOpen(addressed.audience) ? readQuotePolicy(object) : ('nobody' as const),
    replyPolicy: readReplyPolicy(object),
    ...readWords(object, type),
    publishedAt,
    editedAt:
      updatedAt !== undefined && updatedAt > publishedAt ? Math.min(updatedAt, options.now) : undefined,
    tags: readHashtags(tags),
    emojis: readEmojis(tags),
    attachments: readAttachments(object, type),
    poll: type === 'Question' ? readPoll(object) : undefined,
    event: type === 'Event' ? readEvent(object) : undefined,
    repliesUri: idOf(member(object, 'replies')),
    likesCount: countOf(member(object, 'likes')),
    boostsCount: countOf(member(object, 'shares')),
    commentsClosed: areCommentsClosed(object),
    raw: options.raw ?? JSON.stringify(object),
  })
}

/** The id of the author; of several (PeerTube: account and channel) the first person. */
export function readAuthor(object: unknown): string | undefined {
  const authors = asArray(member(object, 'attributedTo') ?? member(object, 'actor'), 10)
  const person = authors.find((author) => typesOf(author).includes('Person'))
  return idOf(person ?? authors)
}

/** The page for people: never the foreign link that a Page shares. */
function readPage(object: unknown, type: string, uri: string): string | undefined {
  const url = firstUrl(member(object, 'url'))
  if (url === undefined) return undefined
  if (type === 'Page' && !sameOrigin(url, uri)) return uri
  const files = asArray(member(object, 'url'), 50)
  const isFile = (type === 'Image' || type === 'Audio' || type === 'Document') && !files.some(isPageLink)
  return isFile ? uri : url
}

function isPageLink(link: unknown): boolean {
  return typeof link !== 'string' && textOf(member(link, 'mediaType'), 100)?.startsWith('text/html') === true
}

function readGuid(object: unknown): string | undefined {
  const guid = textOf(member(object, 'diaspora:guid'), 300)
  return guid !== undefined && /^[\w.@:-]{8,255}$/.test(guid) ? guid : undefined
}

/** The thread's name: `context` where it is a URI, else `conversation`, which may be a tag URI. */
function readContext(object: unknown): string | undefined {
  const context = idOf(member(object, 'context'))
  const conversation =
    textOf(member(object, 'conversation'), MAX_CONTEXT) ?? idOf(member(object, 'conversation'))
  return context ?? conversation?.trim() ?? undefined
}
