// A poll as the client API shows it; its id is its post's.
import type * as entity from '../../../contract/entities.ts'
import type { PollView } from '../../../model/post-view.ts'
import { dateTime } from './time.ts'

export interface PollFrame {
  emojis: entity.CustomEmoji[]
  /** The reader wrote the poll: counts as having voted. */
  isAuthor: boolean
  now: number
}

export function writePoll({ poll, ownVotes }: PollView, frame: PollFrame): entity.Poll {
  const expired = poll.endedAt !== null || (poll.expiresAt !== null && poll.expiresAt <= frame.now)
  const hidden = poll.hideTotals && !expired
  const votes = poll.options.reduce((sum, option) => sum + option.votes, 0)
  return {
    id: String(poll.postId),
    expires_at: poll.expiresAt === null ? null : dateTime(poll.expiresAt),
    expired,
    multiple: poll.multiple,
    votes_count: votes,
    voters_count: poll.votersCount ?? (poll.multiple ? null : votes),
    options: poll.options.map((option) => ({
      title: option.title,
      votes_count: hidden ? null : option.votes,
    })),
    emojis: frame.emojis,
    ...(ownVotes === undefined ? {} : { voted: frame.isAuthor || ownVotes.length > 0, own_votes: ownVotes }),
  }
}
