// Shows posts as one reader may see them: what all readers share, what is the reader's own, and the one visibility rule.
import { maySee } from '../../model/audience.ts'
import type { Standing } from '../../model/audience.ts'
import { guardOf } from '../../model/post.ts'
import type { Marks, PostView, QuoteView, SharedPost } from '../../model/post-view.ts'
import { notFound } from '../../model/refusal.ts'
import type { Db } from '../../store/open.ts'
import { NO_MARKS } from '../../store/post-views.ts'
import { knowOwnVotes, loadOwnPage } from './reader-memory.ts'
import { loadSharedPage } from './shared-posts.ts'
import type { SharedPage } from './shared-posts.ts'

/** How one reader stands to some posts, and what the reader did with them. */
export interface OwnPage {
  standings: ReadonlyMap<number, Standing>
  ownVotes: ReadonlyMap<number, number[]>
  marks: ReadonlyMap<number, Marks>
}

interface Page {
  shared: SharedPage
  own: OwnPage
  viewerId: number | undefined
}

const NO_VOTES: ReadonlyMap<number, number[]> = new Map()

async function loadOwn(db: Db, viewerId: number | undefined, shared: SharedPage): Promise<OwnPage> {
  const own = await loadOwnPage(db, viewerId, shared.values())
  if (viewerId === undefined) return { ...own, ownVotes: NO_VOTES }
  const polls: number[] = []
  for (const { poll, post } of shared.values()) if (poll) polls.push(post.id)
  const ownVotes = polls.length === 0 ? NO_VOTES : await knowOwnVotes(db, viewerId, polls)
  return { standings: own.standings, marks: own.marks, ownVotes }
}

/** The post as one reader sees it; undefined when the reader may not. */
export function composeView(
  shared: SharedPage,
  own: OwnPage,
  viewerId: number | undefined,
  postId: number,
): PostView | undefined {
  const one = shared.get(postId)
  return one && compose({ shared, own, viewerId }, one, 0)
}

function isVisible({ own }: Page, { post }: SharedPost): boolean {
  const standing = own.standings.get(post.id)
  return standing !== undefined && maySee(guardOf(post), standing)
}

function viewQuote(page: Page, { post }: SharedPost, depth: number): QuoteView | undefined {
  if (post.quote_of_id === null && post.quote_uri === null && post.quote_state === null) return undefined
  const state = post.quote_state ?? 'pending'
  const quoted = post.quote_of_id === null ? undefined : page.shared.get(post.quote_of_id)
  const hidden = (shown: string): QuoteView => ({ state: shown, postId: undefined, post: undefined })
  if (!quoted) return hidden(post.quote_of_id === null && state === 'accepted' ? 'deleted' : state)
  if (!isVisible(page, quoted)) return hidden('unauthorized')
  const isOwnWish = state === 'pending' && page.viewerId === post.account_id
  if (state !== 'accepted' && !isOwnWish) return hidden(state)
  return { state, postId: quoted.post.id, post: depth === 0 ? compose(page, quoted, 1) : undefined }
}

function compose(page: Page, shared: SharedPost, depth: number): PostView | undefined {
  if (!isVisible(page, shared)) return undefined
  const { post } = shared
  const { own, viewerId } = page
  const original = post.boost_of_id === null ? undefined : page.shared.get(post.boost_of_id)
  const boostOf = original && compose(page, original, depth)
  // A boost shows nothing of its own: without its original it is not there.
  if (post.boost_of_id !== null && !boostOf) return undefined
  return {
    shared,
    post,
    author: shared.author,
    boostOf,
    media: shared.media,
    mentions: shared.mentions,
    tags: shared.tags,
    emojis: shared.emojis,
    poll: shared.poll && {
      poll: shared.poll,
      ownVotes: viewerId === undefined ? undefined : (own.ownVotes.get(post.id) ?? []),
    },
    event: shared.event,
    card: shared.card,
    app: shared.app,
    quote: viewQuote(page, shared, depth),
    marks: viewerId === undefined ? undefined : (own.marks.get(post.id) ?? NO_MARKS),
    follows: own.standings.get(post.id)?.follows === true,
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
  const page = { shared, own: await loadOwn(db, viewerId, shared), viewerId }
  const views: PostView[] = []
  for (const id of ids) {
    const one = shared.get(id)
    const view = one && compose(page, one, 0)
    if (view) views.push(view)
  }
  return views
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
