// Loads posts as one reader may see them: a batch of statements for a page, then the one visibility rule.
import { maySee } from '../../model/audience.ts'
import type { Standing } from '../../model/audience.ts'
import type { AccountView } from '../../model/account-view.ts'
import type { App } from '../../model/app.ts'
import type { CustomEmoji } from '../../model/custom-emoji.ts'
import type { MediaRow } from '../../model/media.ts'
import type { Poll } from '../../model/poll.ts'
import { guardOf } from '../../model/post.ts'
import type { Post } from '../../model/post.ts'
import type {
  CardOfPost,
  EventOfPost,
  Marks,
  Mentioned,
  PostView,
  QuoteView,
  TagOfPost,
} from '../../model/post-view.ts'
import { notFound } from '../../model/refusal.ts'
import { findEmojis } from '../../store/custom-emojis.ts'
import type { Db } from '../../store/open.ts'
import { loadStandings } from '../../store/post-standing.ts'
import {
  NO_MARKS,
  loadCards,
  loadEvents,
  loadMarks,
  loadMedia,
  loadMentions,
  loadOwnVotes,
  loadPolls,
  loadPosts,
  loadTags,
} from '../../store/post-views.ts'
import { findApps } from '../../store/tokens.ts'
import { viewAccounts } from '../accounts/view-accounts.ts'

export type { PostView, QuoteView }

/** What is the same for every reader of some posts. */
export interface SharedPage {
  posts: Map<number, Post>
  authors: Map<number, AccountView>
  media: Map<number, MediaRow[]>
  mentions: Map<number, Mentioned[]>
  tags: Map<number, TagOfPost[]>
  emojis: Map<number, CustomEmoji>
  polls: Map<number, Poll>
  events: Map<number, EventOfPost>
  cards: Map<number, CardOfPost>
  apps: Map<number, App>
}

/** How one reader stands to them, and what the reader did with them. */
export interface OwnPage {
  standings: Map<number, Standing>
  ownVotes: Map<number, number[]>
  marks: Map<number, Marks>
}

type Page = SharedPage & OwnPage

/** Posts with what they boost and quote, two levels deep: what the first level shows whole and the second by id. */
async function loadWithOriginals(db: Db, ids: readonly number[]): Promise<Map<number, Post>> {
  const posts = await loadPosts(db, ids)
  for (let level = 0; level < 3; level += 1) {
    const wanted = new Set<number>()
    for (const post of posts.values())
      for (const id of [post.boost_of_id, post.quote_of_id]) if (id !== null && !posts.has(id)) wanted.add(id)
    if (wanted.size === 0) break
    for (const [id, post] of await loadPosts(db, [...wanted])) posts.set(id, post)
  }
  return posts
}

function emojiIdsOf(post: Post): number[] {
  return post.emoji_ids === '[]' ? [] : (JSON.parse(post.emoji_ids) as number[])
}

/** Loads posts with all that hangs on them, once for however many readers. */
export async function loadSharedPage(db: Db, ids: readonly number[]): Promise<SharedPage> {
  const posts = await loadWithOriginals(db, ids)
  const all = [...posts.values()]
  const originals = all.filter((post) => post.boost_of_id === null)
  const ofOriginals = originals.map((post) => post.id)
  const questions = originals.filter((post) => post.kind === 'question').map((post) => post.id)
  const gatherings = originals.filter((post) => post.kind === 'event').map((post) => post.id)
  const emojiIds = [...new Set(originals.flatMap(emojiIdsOf))]
  const appIds = [...new Set(originals.flatMap((post) => post.app_id ?? []))]
  return {
    posts,
    authors: await viewAccounts(
      db,
      all.map((post) => post.account_id),
    ),
    media: await loadMedia(db, ofOriginals),
    mentions: await loadMentions(db, ofOriginals),
    tags: await loadTags(db, ofOriginals),
    emojis: new Map((await findEmojis(db, emojiIds)).map((emoji) => [emoji.id, emoji])),
    polls: questions.length === 0 ? new Map() : await loadPolls(db, questions),
    events: gatherings.length === 0 ? new Map() : await loadEvents(db, gatherings),
    cards: await loadCards(db, ofOriginals),
    apps: new Map((await findApps(db, appIds)).map((app) => [app.id, app])),
  }
}

async function loadOwnPage(db: Db, viewerId: number | undefined, shared: SharedPage): Promise<OwnPage> {
  const all = [...shared.posts.values()]
  const ids = all.map((post) => post.id)
  if (viewerId === undefined)
    return { standings: await loadStandings(db, undefined, ids), ownVotes: new Map(), marks: new Map() }
  const questions = [...shared.polls.keys()]
  const originals = all.filter((post) => post.boost_of_id === null)
  return {
    standings: await loadStandings(db, { id: viewerId, domain: '' }, ids),
    ownVotes: questions.length === 0 ? new Map() : await loadOwnVotes(db, viewerId, questions),
    marks: await loadMarks(db, viewerId, originals),
  }
}

/** The post as one reader sees it; undefined when the reader may not. */
export function composeView(
  shared: SharedPage,
  own: OwnPage,
  viewerId: number | undefined,
  postId: number,
): PostView | undefined {
  const post = shared.posts.get(postId)
  return post && compose({ ...shared, ...own }, viewerId, post)
}

function isVisible(page: Page, post: Post): boolean {
  const standing = page.standings.get(post.id)
  return standing !== undefined && maySee(guardOf(post), standing)
}

function viewQuote(
  page: Page,
  viewerId: number | undefined,
  post: Post,
  depth: number,
): QuoteView | undefined {
  if (post.quote_of_id === null && post.quote_uri === null && post.quote_state === null) return undefined
  const state = post.quote_state ?? 'pending'
  const quoted = post.quote_of_id === null ? undefined : page.posts.get(post.quote_of_id)
  if (!quoted)
    return {
      state: post.quote_of_id === null && state === 'accepted' ? 'deleted' : state,
      postId: undefined,
      post: undefined,
    }
  if (!isVisible(page, quoted)) return { state: 'unauthorized', postId: undefined, post: undefined }
  if (state !== 'accepted' && viewerId !== post.account_id)
    return { state, postId: undefined, post: undefined }
  return { state, postId: quoted.id, post: depth === 0 ? compose(page, viewerId, quoted, 1) : undefined }
}

function compose(page: Page, viewerId: number | undefined, post: Post, depth = 0): PostView | undefined {
  const author = page.authors.get(post.account_id)
  if (!author || !isVisible(page, post)) return undefined
  const original = post.boost_of_id === null ? undefined : page.posts.get(post.boost_of_id)
  const boostOf = original && compose(page, viewerId, original, depth)
  // A boost shows nothing of its own: without its original it is not there.
  if (post.boost_of_id !== null && !boostOf) return undefined
  const poll = page.polls.get(post.id)
  return {
    post,
    author,
    boostOf,
    media: page.media.get(post.id) ?? [],
    mentions: page.mentions.get(post.id) ?? [],
    tags: page.tags.get(post.id) ?? [],
    emojis: emojiIdsOf(post).flatMap((id) => page.emojis.get(id) ?? []),
    poll: poll && { poll, ownVotes: viewerId === undefined ? undefined : (page.ownVotes.get(post.id) ?? []) },
    event: page.events.get(post.id),
    card: page.cards.get(post.id),
    app: post.app_id === null ? undefined : page.apps.get(post.app_id),
    quote: viewQuote(page, viewerId, post, depth),
    marks: viewerId === undefined ? undefined : (page.marks.get(post.id) ?? NO_MARKS),
    follows: page.standings.get(post.id)?.follows === true,
  }
}

/** The posts among `ids` that the reader may see, in the order asked for. `viewerId` undefined reads as the public does. */
export async function viewPosts(
  db: Db,
  viewerId: number | undefined,
  ids: readonly number[],
): Promise<PostView[]> {
  if (ids.length === 0) return []
  const shared = await loadSharedPage(db, ids)
  const page = { ...shared, ...(await loadOwnPage(db, viewerId, shared)) }
  return ids.flatMap((id) => {
    const post = page.posts.get(id)
    return (post && compose(page, viewerId, post)) ?? []
  })
}

/** One post; refuses with the constant "not found" when it is absent or hidden. */
export async function viewPost(db: Db, viewerId: number | undefined, id: number): Promise<PostView> {
  const [view] = await viewPosts(db, viewerId, [id])
  if (!view) throw notFound()
  return view
}

/** A boost leads to what it boosts: actions on posts always mean the original. */
export function originalOf(view: PostView): PostView {
  return view.boostOf ?? view
}
