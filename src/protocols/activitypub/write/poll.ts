// Writes a poll's options and state.
import type { Document, OutgoingPoll } from './types.ts'

export function writePoll(poll: OutgoingPoll): Document {
  const options = poll.options.map((option) => ({
    type: 'Note',
    name: option.title,
    replies: { type: 'Collection', totalItems: option.votes },
  }))
  return {
    [poll.multiple ? 'anyOf' : 'oneOf']: options,
    votersCount: poll.votersCount,
    ...(poll.expiresAt === undefined ? {} : { endTime: new Date(poll.expiresAt).toISOString() }),
    ...(poll.endedAt === undefined ? {} : { closed: new Date(poll.endedAt).toISOString() }),
  }
}
