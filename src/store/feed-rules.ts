// Whose posts a reader does not want in feeds: blocks, mutes, blocked domains, replies to strangers.
import { NOTHING, idsIn, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'

/** What deciding about a post in many feeds takes. */
export interface FeedPost {
  id: number
  authorId: number
  /** Set for a boost, along with `lately`: the smallest post id that still counts as just shown. */
  boostOfId: number | null
  lately: number
  /** Author, boosted author and those mentioned: blocking or muting one of them hides the post. */
  people: readonly number[]
  /** Author and boosted author: none of them may block the reader. */
  authorIds: readonly number[]
  /** Other servers they live on: none, one or two. */
  domains: readonly string[]
  language: string | null
  groupId: number | null
  /** Whom it answers, where that is somebody else. */
  replyToId: number | null
  /** The boosted author, where only followers may see that author's posts. */
  followedId: number | null
  now: number
}

/** True for readers who blocked or muted the people of the post, their domain, or whom its authors block. */
export function unwanted(db: object, reader: Statement, post: FeedPost): Statement {
  const [domain, other = domain ?? null] = post.domains
  const domains =
    domain === undefined
      ? NOTHING
      : statement`or exists (select 1 from account_domain_blocks ud
          where ud.account_id = ${reader} and ud.domain in (${domain}, ${other}))`
  const followers =
    post.followedId === null
      ? NOTHING
      : statement`or not exists (select 1 from follows uf
          where uf.account_id = ${reader} and uf.target_id = ${post.followedId} and uf.accepted = 1)`
  return statement`(exists (select 1 from mutes um where um.account_id = ${reader}
      and ${idsIn(db, 'um.target_id', post.people)} and (um.expires_at is null or um.expires_at > ${post.now}))
    or exists (select 1 from blocks ub where ub.account_id = ${reader} and ${idsIn(db, 'ub.target_id', post.people)})
    or exists (select 1 from blocks ub
      where ub.target_id = ${reader} and ${idsIn(db, 'ub.account_id', post.authorIds)})
    ${domains} ${followers})`
}

/** A reply to somebody else is for those who follow both, and for the one answered. */
export function replyFits(reader: Statement, post: FeedPost): Statement {
  if (post.replyToId === null) return NOTHING
  return statement`and (${reader} = ${post.replyToId} or exists (select 1 from follows rf
    where rf.account_id = ${reader} and rf.target_id = ${post.replyToId} and rf.accepted = 1))`
}

/** The same for a list (`lists l`), whose owner says which replies to show. */
export function replyFitsList(post: FeedPost): Statement {
  if (post.replyToId === null) return NOTHING
  return statement`and (l.account_id = ${post.replyToId}
    or (l.replies_policy = 'followed' and exists (select 1 from follows rf
      where rf.account_id = l.account_id and rf.target_id = ${post.replyToId} and rf.accepted = 1))
    or (l.replies_policy = 'list' and exists (select 1 from list_members rm
      where rm.list_id = l.id and rm.account_id = ${post.replyToId})))`
}
