// The rows that documents for other servers are made of, by id or address, mostly a batch at a time.
export { findAccount, findByHandle, findByUri } from '../../store/accounts.ts'
export type { Account } from '../../model/account.ts'
export { findBlockUri } from '../../store/block-uri.ts'
export { findEmojis } from '../../store/custom-emojis.ts'
export type { CustomEmoji } from '../../model/custom-emoji.ts'
export { findAnswerUri } from '../../store/event-answers.ts'
export {
  byInbox,
  loadAddressees,
  loadAddresses,
  loadEventRows,
  loadReferred,
  loadShownTags,
} from '../../store/federation.ts'
export type { AccountAddress, Addressee, Referred } from '../../store/federation.ts'
export { findFollow, pageFollowers, pageFollowing } from '../../store/follows.ts'
export type { FollowEdge } from '../../model/relation.ts'
export { findForwardedReport } from '../../store/forwarded-reports.ts'
export type { MediaRow } from '../../model/media.ts'
export { listVotes } from '../../store/poll-votes.ts'
export { findPoll } from '../../store/polls.ts'
export { findAuthor } from '../../store/post-authors.ts'
export { isDeleted } from '../../store/post-rows.ts'
export { loadStandings } from '../../store/post-standing.ts'
export type { Asker } from '../../store/post-standing.ts'
export { loadMedia, loadPolls, loadPosts } from '../../store/post-views.ts'
export type { Poll as PollOfPost } from '../../model/poll.ts'
export { findPost, findPosts } from '../../store/posts.ts'
export type { Post } from '../../model/post.ts'
export { findReactionById } from '../../store/reactions.ts'
