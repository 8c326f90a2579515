// Shows one post to many readers at once: what is the same for all is loaded once, what differs in a few statements.
import type { Standing } from '../../model/audience.ts'
import type { PostView } from '../../model/post-view.ts'
import { loadReaderTies } from '../../store/many-readers.ts'
import type { ReaderTies } from '../../store/many-readers.ts'
import type { Db } from '../../store/open.ts'
import { isWanted } from '../timelines/read-timeline.ts'
import type { HidingRelation } from '../timelines/read-timeline.ts'
import { loadSharedPage } from './shared-posts.ts'
import type { SharedPage } from './shared-posts.ts'
import { composeView } from './view-posts.ts'
import type { OwnPage } from './view-posts.ts'

/** Readers in one statement. */
const CHUNK = 500

/**
 * The post as each of the readers (accounts of this server) sees it, without those who may not see it or who hide its
 * authors by blocks or mutes. The same rules as `viewPosts` and `wantedPosts`.
 */
export async function viewForMany(
  db: Db,
  postId: number,
  readerIds: readonly number[],
  now: number,
): Promise<Map<number, PostView>> {
  const views = new Map<number, PostView>()
  const shared = await loadSharedPage(db, [postId])
  const posts = [...shared.values()].map(({ post }) => post)
  for (let start = 0; start < readerIds.length && posts.length > 0; start += CHUNK) {
    const chunk = readerIds.slice(start, start + CHUNK)
    const ties = await loadReaderTies(db, {
      readerIds: chunk,
      posts,
      pollIds: [...shared.values()].flatMap(({ poll, post }) => (poll ? [post.id] : [])),
      now,
    })
    for (const [readerId, tie] of ties) {
      const view = composeView(shared, ownPage(shared, readerId, tie), readerId, postId)
      if (view && isWanted(view, relationsOf(shared, readerId, tie), now)) views.set(readerId, view)
    }
  }
  return views
}

function ownPage(shared: SharedPage, readerId: number, tie: ReaderTies): OwnPage {
  const standings = new Map<number, Standing>()
  for (const {
    post,
    author: { account: author },
  } of shared.values()) {
    standings.set(post.id, {
      viewerId: readerId,
      viewerIsLocal: true,
      follows: tie.follows.has(post.account_id),
      isRecipient: tie.named.has(post.id),
      isGroupMember: post.group_id !== null && tie.groups.has(post.group_id),
      blockedByAuthor: tie.blockedBy.has(post.account_id),
      authorGone: author.suspended_at !== null || author.deleted_at !== null,
    })
  }
  return { standings, marks: tie.marks, ownVotes: tie.votes }
}

function relationsOf(shared: SharedPage, readerId: number, tie: ReaderTies): Map<number, HidingRelation> {
  const relations = new Map<number, HidingRelation>()
  for (const {
    post: { account_id: id },
  } of shared.values()) {
    if (id === readerId) continue
    relations.set(id, {
      blocking: tie.blocking.has(id),
      blockedBy: tie.blockedBy.has(id),
      domainBlocking: tie.domainBlocking.has(id),
      muting: tie.muting.has(id) ? { hideNotifications: false, expiresAt: null } : undefined,
      following: tie.follows.has(id) ? { accepted: true } : undefined,
    })
  }
  return relations
}
