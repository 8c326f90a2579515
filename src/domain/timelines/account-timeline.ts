// Reads one account's own posts, as its profile shows them.
import type { Account } from '../../model/account.ts'
import { edgesOf } from '../../model/page.ts'
import type { IdWindow } from '../../model/page.ts'
import { findFollow } from '../../store/follows.ts'
import { findTagIds } from '../../store/tag-lookups.ts'
import { pageAccountPosts } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { viewPosts } from '../posts/view-posts.ts'
import type { TimelinePage } from './read-timeline.ts'

/** Which of an account's posts are asked for; `tag` is a normalised name. */
export interface AccountWish {
  onlyMedia: boolean
  withoutReplies: boolean
  withoutBoosts: boolean
  withoutDirect: boolean
  tag?: string
}

const NOTHING: TimelinePage = { views: [], edges: undefined }

/** Visiting a profile shows its posts even to those who muted it: only the visibility rule applies. */
export async function accountTimeline(
  ctx: Context,
  { account, viewerId }: { account: Account; viewerId: number | undefined },
  wish: AccountWish,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  if (account.suspended_at !== null) return NOTHING
  const [tagId] = wish.tag === undefined ? [] : await findTagIds(db, [wish.tag])
  if (wish.tag !== undefined && tagId === undefined) return NOTHING
  const audiences = await audiencesFor(ctx, viewerId, account.id)
  const choice = {
    accountId: account.id,
    onlyMedia: wish.onlyMedia,
    withoutReplies: wish.withoutReplies,
    withoutBoosts: wish.withoutBoosts,
    ...(tagId === undefined ? {} : { tagId }),
    ...(audiences === undefined ? {} : { audiences }),
    ...(viewerId === undefined || wish.withoutDirect ? {} : { namedId: viewerId }),
  }
  const ids = await pageAccountPosts(db, choice, window)
  const edges = edgesOf(ids, (id) => id, window.limit)
  return { views: await viewPosts(db, viewerId, ids), edges }
}

/** Which audiences of an author a reader may see at all; the visibility rule still looks at every post. */
async function audiencesFor(
  ctx: Context,
  viewerId: number | undefined,
  accountId: number,
): Promise<readonly string[] | undefined> {
  if (viewerId === accountId) return undefined
  const open = ['public', 'unlisted']
  if (viewerId === undefined) return open
  const follow = await findFollow(ctx.store.read, viewerId, accountId)
  return follow?.accepted === 1 ? [...open, 'followers'] : open
}
