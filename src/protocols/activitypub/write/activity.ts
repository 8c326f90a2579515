// Writes activities: who did what, and to whom it is told.
import type { Addressing, Document, OutgoingPost } from './types.ts'
import { writeNote, writeTombstone } from './note.ts'

/** An activity's own id, who did it, and to whom it goes (nobody is named where that goes without saying). */
export interface Envelope {
  id: string
  actor: string
  addressing?: Addressing
  publishedAt?: number
}

/** Any activity. */
export function writeActivity(type: string, envelope: Envelope, rest: Document): Document {
  return {
    id: envelope.id,
    type,
    actor: envelope.actor,
    ...(envelope.publishedAt === undefined
      ? {}
      : { published: new Date(envelope.publishedAt).toISOString() }),
    ...envelope.addressing,
    ...rest,
  }
}

/** The Create of a post. */
export function writeCreate(post: OutgoingPost): Document {
  const object = writeNote(post)
  const id = `${post.uri}/activity`
  return writeActivity(
    'Create',
    { id, actor: post.author.uri, addressing: addressingOf(object), publishedAt: post.publishedAt },
    { object },
  )
}

/** The Update of a post; `at` tells one edit from the next. */
export function writeUpdate(post: OutgoingPost, at: number): Document {
  const object = writeNote(post)
  const id = `${post.uri}#updates/${at}`
  return writeActivity(
    'Update',
    { id, actor: post.author.uri, addressing: addressingOf(object), publishedAt: at },
    { object },
  )
}

/** The Delete of a post, of which a Tombstone stays. */
export function writeDelete(uri: string, actor: string, addressing: Addressing): Document {
  return writeActivity('Delete', { id: `${uri}#delete`, actor, addressing }, { object: writeTombstone(uri) })
}

/** A boost. */
export function writeAnnounce(envelope: Envelope, objectUri: string): Document {
  return writeActivity('Announce', envelope, { object: objectUri })
}

/** Like, Dislike or EmojiReact; `icon` describes a custom emoji. */
export function writeReaction(
  kind: string,
  envelope: Envelope,
  reaction: { objectUri: string; emoji: string; icon?: Document },
): Document {
  if (kind === 'dislike') return writeActivity('Dislike', envelope, { object: reaction.objectUri })
  if (kind !== 'emoji') return writeActivity('Like', envelope, { object: reaction.objectUri })
  return writeActivity('EmojiReact', envelope, {
    object: reaction.objectUri,
    content: reaction.emoji,
    _misskey_reaction: reaction.emoji,
    ...(reaction.icon === undefined ? {} : { tag: [reaction.icon] }),
  })
}

/** Takes an earlier activity back; it is embedded, since not every program can look it up. */
export function writeUndo(activity: Document): Document {
  const { id, actor, to, cc } = activity
  return {
    id: `${String(id)}#undo`,
    type: 'Undo',
    actor,
    ...(to === undefined ? {} : { to }),
    ...(cc === undefined ? {} : { cc }),
    object: activity,
  }
}

export function writeFollow(id: string, actor: string, target: string): Document {
  return writeActivity('Follow', { id, actor }, { object: target })
}

/** Accept or Reject of a Follow, which is embedded. */
export function writeAnswer(
  type: 'Accept' | 'Reject',
  envelope: Envelope,
  follow: { id: string | null; actor: string; object: string },
): Document {
  const { id, ...rest } = follow
  return writeActivity(
    type,
    { ...envelope, addressing: { to: [follow.actor], cc: [] } },
    {
      object: { ...(id === null ? {} : { id }), type: 'Follow', ...rest },
    },
  )
}

export function writeBlock(id: string, actor: string, target: string): Document {
  return writeActivity('Block', { id, actor }, { object: target })
}

/** A report: the account first, then its posts; signed by the server, so that nobody learns who reported. */
export function writeFlag(envelope: Envelope, report: { objects: string[]; comment: string }): Document {
  return writeActivity('Flag', envelope, { object: report.objects, content: report.comment })
}

export function writeMove(envelope: Envelope, target: string): Document {
  return writeActivity('Move', envelope, { object: envelope.actor, target })
}

/** A vote: a Note with the option's title as its name. */
export function writeVote(vote: {
  uri: string
  actor: string
  pollUri: string
  authorUri: string
  choice: string
  at: number
}): Document {
  const { uri, actor, authorUri } = vote
  const addressing = { to: [authorUri], cc: [] }
  const object = {
    id: uri,
    type: 'Note',
    name: vote.choice,
    attributedTo: actor,
    ...addressing,
    inReplyTo: vote.pollUri,
    published: new Date(vote.at).toISOString(),
  }
  return writeActivity('Create', { id: `${uri}/activity`, actor, addressing }, { object })
}

const ANSWERS: Record<'join' | 'accept', Record<string, string>> = {
  join: { yes: 'Join', maybe: 'TentativeAccept', no: 'Leave' },
  accept: { yes: 'Accept', maybe: 'TentativeAccept', no: 'Reject' },
}

/** An answer (yes, maybe, no) to an event: by Join and Leave (Mobilizon), or by accepting and rejecting it (Friendica). */
export function writeEventAnswer(
  answer: string,
  dialect: 'join' | 'accept',
  envelope: Envelope,
  eventUri: string,
): Document {
  return writeActivity(ANSWERS[dialect][answer] ?? 'TentativeAccept', envelope, { object: eventUri })
}

function addressingOf(object: Document): Addressing {
  const { to, cc, audience } = object
  return {
    to: to as string[],
    cc: cc as string[],
    ...(typeof audience === 'string' ? { audience } : {}),
  }
}
