// Which fact is told to whom over ActivityPub: one teller for everything that a local account can cause.
import type { Context } from '../../domain/context.ts'
import type { Protocol } from '../protocol.ts'
import { accountDeleted, accountMoved, accountUpdated } from './outbox/accounts.ts'
import { boostUndone, postBoosted } from './outbox/boosts.ts'
import { eventAnswered } from './outbox/events.ts'
import {
  blockAdded,
  blockRemoved,
  followAccepted,
  followRejected,
  followRequested,
  followUndone,
} from './outbox/follows.ts'
import { POLL_QUEUE, TELL_POLL, pollEnded, pollVoted, tellPoll } from './outbox/polls.ts'
import { postDeleted, postEdited, postPinned, postPublished, replySettled } from './outbox/posts.ts'
import { quoteSettled } from './outbox/quotes.ts'
import { reactionAdded, reactionUndone } from './outbox/reactions.ts'
import { reportFiled } from './outbox/reports.ts'

export { forwardActivity } from './outbox/forward.ts'
export { announceInGroup } from './outbox/groups.ts'
export { DELIVERIES_CHANNEL, tell, tellBytes } from './outbox/tell.ts'

/** Tellers by fact. Each writes rows only, and nothing for facts that accounts of other servers caused. */
export const outbox: NonNullable<Protocol['on']> = {
  'account-updated': accountUpdated,
  'account-suspended': accountUpdated,
  'account-unsuspended': accountUpdated,
  'account-deleted': accountDeleted,
  'account-moved': accountMoved,
  'follow-requested': followRequested,
  'follow-accepted': followAccepted,
  'follow-rejected': followRejected,
  'follow-undone': followUndone,
  'block-added': blockAdded,
  'block-removed': blockRemoved,
  'post-published': postPublished,
  'post-edited': postEdited,
  'media-described': postEdited,
  'post-deleted': postDeleted,
  'post-boosted': postBoosted,
  'boost-undone': boostUndone,
  'post-pinned': postPinned,
  'post-unpinned': postPinned,
  'reaction-added': reactionAdded,
  'reaction-undone': reactionUndone,
  'poll-voted': pollVoted,
  'poll-ended': pollEnded,
  'event-answered': eventAnswered,
  'quote-settled': quoteSettled,
  'reply-settled': replySettled,
  'report-filed': reportFiled,
}

/** Jobs that the tellers put off, to be registered with the job runner: what to do, of which kind, in which queue. */
export const outboxJobs: readonly {
  kind: string
  queue: string
  run: (ctx: Context, payload: unknown) => Promise<void>
}[] = [{ kind: TELL_POLL, queue: POLL_QUEUE, run: tellPoll }]
