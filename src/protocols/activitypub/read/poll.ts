// Reads polls, and the votes that travel as replies with nothing but a name.
import type { IncomingPoll } from '../../../model/post.ts'
import {
  asArray,
  booleanOf,
  countOf,
  dateOf,
  idOf,
  member,
  present,
  textProperty,
  typesOf,
  webId,
} from '../wire.ts'

/** Most options kept of a poll, and the longest option in UTF-16 units. */
export const MAX_OPTIONS = 50
const MAX_OPTION_LENGTH = 500

export interface IncomingVote {
  uri: string
  voterUri: string
  /** The poll's URI. */
  pollUri: string
  /** The option's title. */
  choice: string
}

/** The poll of a Question, or undefined when it has no options. */
export function readPoll(object: unknown): IncomingPoll | undefined {
  const any = member(object, 'anyOf')
  const multiple = asArray(any, 1).length > 0
  const options = asArray(multiple ? any : member(object, 'oneOf'), MAX_OPTIONS).flatMap(readOption)
  if (options.length === 0) return undefined
  const closed = member(object, 'closed')
  const expiresAt = dateOf(member(object, 'endTime')) ?? dateOf(closed)
  const endedAt = dateOf(closed) ?? (booleanOf(closed) === true ? expiresAt : undefined)
  const votersCount = countOf(member(object, 'votersCount') ?? member(object, 'toot:votersCount'))
  return present({ options, multiple, expiresAt, endedAt, votersCount })
}

function readOption(option: unknown): { title: string; votes: number }[] {
  const title = textProperty(option, 'name', MAX_OPTION_LENGTH)?.trim()
  if (title === undefined || title === '') return []
  return [
    { title, votes: countOf(member(option, 'replies')) ?? countOf(member(option, '_misskey_votes')) ?? 0 },
  ]
}

/** A vote: a Note in reply to something, with a name and no content. Undefined for every other object. */
export function readVote(object: unknown): IncomingVote | undefined {
  if (!typesOf(object).includes('Note') || textProperty(object, 'content', 1)) return undefined
  const choice = textProperty(object, 'name', MAX_OPTION_LENGTH)?.trim()
  const uri = webId(member(object, 'id'))
  const voterUri = idOf(member(object, 'attributedTo') ?? member(object, 'actor'))
  const pollUri = idOf(member(object, 'inReplyTo'))
  if (!choice || uri === undefined || voterUri === undefined || pollUri === undefined) return undefined
  return { uri, voterUri, pollUri, choice }
}
