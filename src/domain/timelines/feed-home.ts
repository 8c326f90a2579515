// Keeps homes and lists in step with what happens: posts and boosts come in, ended follows and blocks take out.
import type { Fact } from '../../model/facts.ts'
import { backfillFeed, removeAuthorFromFeeds, removePostFromFeeds } from '../../store/feed-removal.ts'
import {
  feedAuthor,
  feedFollowers,
  feedLists,
  feedMembers,
  feedRecipients,
  feedTagFollowers,
} from '../../store/feeds.ts'
import type { FeedPost, Readers } from '../../store/feeds.ts'
import { listUsersAmong } from '../../store/notifications.ts'
import type { Context } from '../context.ts'
import { toldPost } from '../posts/told-post.ts'
import type { ToldPost } from '../posts/told-post.ts'
import type { Tx } from '../ports.ts'
import { clearAuthor } from './clear-author.ts'
import { feedPost } from './feed-post.ts'

/** How many posts of somebody just followed are put into the follower's home. */
const BACKFILL = 20
/** A boost stands in few feeds compared with what one statement can take out. */
const ALL_FEEDS = 1_000_000

export async function feedHome(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'post-published':
      return feed(ctx, tx, fact, fact.postId)
    case 'post-boosted':
      return feed(ctx, tx, fact, fact.boostId)
    case 'boost-undone':
      await removePostFromFeeds(tx, fact.boost.id, ALL_FEEDS)
      return
    case 'follow-accepted':
      return backfill(tx, fact.accountId, fact.targetId)
    case 'follow-undone':
      return removeAuthorFromFeeds(tx, fact.accountId, fact.targetId)
    case 'follow-rejected':
      return fact.wasAccepted ? removeAuthorFromFeeds(tx, fact.accountId, fact.targetId) : undefined
    case 'block-added':
      await clearAuthor(tx, fact.accountId, fact.targetId)
      return clearAuthor(tx, fact.targetId, fact.accountId)
    default:
  }
}

async function feed(ctx: Context, tx: Tx, fact: Fact, postId: number): Promise<void> {
  const told = await toldPost(tx, fact, postId)
  if (!told) return
  const { post, author } = told
  const entry = feedPost(ctx, told)
  if (author.domain === '') await feedAuthor(tx, entry)
  // What it answers is unknown here, so nobody can say whom it is for.
  if (post.in_reply_to_uri !== null) return
  await feedReaders(tx, told, entry)
  if (post.audience === 'public' && post.boost_of_id === null && author.limited_at === null) {
    const usable = told.tags.filter((tag) => tag.usable)
    await feedTagFollowers(
      tx,
      entry,
      usable.map((tag) => tag.id),
    )
  }
}

async function feedReaders(tx: Tx, told: ToldPost, entry: FeedPost): Promise<void> {
  const { post, author } = told
  const readers = readersOf(post.audience)
  const isChosen = post.audience === 'circles' || post.audience === 'people'
  // Somebody here may show things to chosen people who do not follow; strangers of other servers may not.
  if (isChosen && author.domain === '') await feedRecipients(tx, entry)
  else if (post.audience !== 'group') await feedFollowers(tx, entry, readers)
  if (post.group_id !== null && post.boost_of_id === null) await feedMembers(tx, entry, post.group_id)
  await feedLists(tx, entry, readers)
}

function readersOf(audience: string): Readers {
  if (audience === 'group') return 'members'
  return audience === 'direct' || audience === 'circles' || audience === 'people' ? 'recipients' : 'followers'
}

async function backfill(tx: Tx, readerId: number, authorId: number): Promise<void> {
  const local = await listUsersAmong(tx, [readerId])
  if (local.length > 0) await backfillFeed(tx, { readerId, authorId, limit: BACKFILL })
}
