// A post as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { Audience } from '../../../model/audience.ts'
import type { PostView, QuoteView } from '../../../model/post-view.ts'
import { shownContent } from '../../../lib/html/shown-content.ts'
import type { Urls } from '../../../model/urls.ts'
import { escapeHtml } from '../../../lib/html/escape.ts'
import { withQuoteFallback } from '../../../lib/text/format.ts'
import { acctOf, writeAccount } from './account.ts'
import { quoteApproval, replyApproval } from './approval.ts'
import { writeCard } from './card.ts'
import { writeEmoji } from './emoji.ts'
import { writeEvent } from './event.ts'
import { writeMedia } from './media.ts'
import { writePoll } from './poll.ts'
import { dateTime } from './time.ts'

/** What a status is written for: the reader (undefined: anybody), the moment, and which filters caught it. */
export interface StatusFrame {
  urls: Urls
  viewerId: number | undefined
  now: number
  filtered?: (view: PostView) => entity.FilterResult[]
  /** Leaves slots for what depends on the reader (see status-text). */
  isSlotted?: boolean
}

const VISIBILITY: Record<Audience, entity.Status['visibility']> = {
  public: 'public',
  unlisted: 'unlisted',
  followers: 'private',
  circles: 'private',
  people: 'private',
  group: 'private',
  direct: 'direct',
}

export function visibilityOf(audience: string): entity.Status['visibility'] {
  return VISIBILITY[audience as Audience] ?? 'direct'
}

export function withTitle(title: string, html: string): string {
  return title === '' ? html : `<p><strong>${escapeHtml(title)}</strong></p>${html}`
}

/** Articles, pages, events and media posts keep their title: this API has no place for it but the content. */
export function contentOf(view: PostView, urls: Urls): string {
  const { post } = view
  const event = view.event ? `<p>${eventLine(view)}</p>` : ''
  const content = withTitle(post.title, `${event}${shownContent(urls, post.id, post.content)}`)
  const quoted = view.quote?.post
  return quoted ? withQuoteFallback(content, quoted.post.url ?? quoted.post.uri ?? urls.origin) : content
}

function eventLine(view: PostView): string {
  if (!view.event) return ''
  const place = JSON.parse(view.event.place) as { name?: string; address?: string }
  const moment = (ms: number): string => `${dateTime(ms).slice(0, 16).replace('T', ' ')} UTC`
  const when = view.event.ends_at === null ? '' : ` – ${moment(view.event.ends_at)}`
  const where = [place.name, place.address].filter((part) => part !== undefined && part !== '').join(', ')
  return `${moment(view.event.starts_at)}${when}${where === '' ? '' : ` · ${escapeHtml(where)}`}`
}

/** What Mastodon's words for audiences cannot say; nothing for posts that they can. */
function narrowed(post: PostView['post']): Pick<entity.Status, 'limited' | 'local_only'> {
  const isChosen = post.audience === 'circles' || post.audience === 'people'
  return {
    ...(isChosen ? { limited: true } : {}),
    ...(post.local_only === 1 ? { local_only: true } : {}),
  }
}

/** The parts of `content` that have a place of their own in clients which know it. */
function headed({ post, event }: PostView): Pick<entity.Status, 'title' | 'event'> {
  return {
    ...(post.title === '' ? {} : { title: post.title }),
    ...(event ? { event: writeEvent(event) } : {}),
  }
}

function writeQuote(quote: QuoteView, frame: StatusFrame, depth: number): entity.Quote | entity.ShallowQuote {
  const state = quote.state as entity.Quote['state']
  if (depth > 0) return { state, quoted_status_id: quote.postId === undefined ? null : String(quote.postId) }
  return { state, quoted_status: quote.post ? write(quote.post, frame, depth + 1) : null }
}

/** The fields which depend on the reader; none for the anonymous. */
export function ownFields(view: PostView, frame: StatusFrame): Partial<entity.Status> {
  const { marks, post } = view
  if (!marks) return {}
  const shown = view.boostOf?.marks ?? marks
  const isOwn = post.account_id === frame.viewerId && post.boost_of_id === null && post.audience !== 'direct'
  return {
    favourited: shown.liked,
    reblogged: shown.boosted,
    muted: shown.threadMuted,
    bookmarked: shown.bookmarked,
    ...(isOwn ? { pinned: marks.pinned } : {}),
    filtered: frame.filtered?.(view) ?? [],
  }
}

function boosted(view: PostView, frame: StatusFrame, depth: number): entity.Status {
  return frame.isSlotted === true ? ('@@boosted' as unknown as entity.Status) : write(view, frame, depth)
}

function write(view: PostView, frame: StatusFrame, depth: number): entity.Status {
  const { post } = view
  const { urls } = frame
  const counted = view.boostOf?.post ?? post
  const author = view.boostOf?.author ?? view.author
  const emojis = view.emojis.map((emoji) => writeEmoji(urls, emoji))
  const id = (value: number | null): string | null => (value === null ? null : String(value))
  return {
    id: String(post.id),
    created_at: dateTime(post.published_at),
    in_reply_to_id: id(post.in_reply_to_id),
    in_reply_to_account_id: post.in_reply_to_id === null ? null : id(post.in_reply_to_account_id),
    sensitive: counted.sensitive === 1 || author.account.sensitized_at !== null,
    spoiler_text: counted.spoiler_text,
    visibility: visibilityOf(post.audience),
    ...narrowed(post),
    ...headed(view.boostOf ?? view),
    language: counted.language,
    uri: post.uri,
    url: post.boost_of_id === null ? (post.url ?? post.uri) : (counted.url ?? counted.uri),
    replies_count: counted.replies_count,
    reblogs_count: counted.boosts_count,
    favourites_count: counted.likes_count,
    quotes_count: counted.quotes_count,
    edited_at: counted.edited_at === null ? null : dateTime(counted.edited_at),
    ...(frame.isSlotted === true ? { '@@own': 0 } : ownFields(view, frame)),
    content: contentOf(view.boostOf ?? view, urls),
    reblog: view.boostOf ? boosted(view.boostOf, frame, depth) : null,
    ...(view.app ? { application: { name: view.app.name, website: view.app.website } } : {}),
    account: writeAccount(urls, view.author),
    media_attachments: (view.boostOf ?? view).media.map((media) => writeMedia(urls, media)),
    mentions: (view.boostOf ?? view).mentions.map((mention) => ({
      id: String(mention.accountId),
      username: mention.username,
      url: mention.url,
      acct: acctOf(mention),
    })),
    tags: (view.boostOf ?? view).tags.map((tag) => ({ name: tag.name, url: urls.tag(tag.name) })),
    emojis: view.boostOf ? view.boostOf.emojis.map((emoji) => writeEmoji(urls, emoji)) : emojis,
    tagged_collections: [],
    quote: view.quote ? writeQuote(view.quote, frame, depth) : null,
    card: view.card ? writeCard(urls, view.card) : null,
    poll: view.poll
      ? writePoll(view.poll, { emojis, isAuthor: post.account_id === frame.viewerId, now: frame.now })
      : null,
    quote_approval: quoteApproval(view, frame.viewerId, frame.isSlotted === true ? '@@quoter' : undefined),
    ...replyApproval(view, frame.viewerId),
  }
}

export function writeStatus(view: PostView, frame: StatusFrame): entity.Status {
  return write(view, frame, 0)
}
