// Reads to whom an object is addressed: our audience, whom it names, and the group it was posted to.
import type { Audience } from '../../../model/audience.ts'
import type { IncomingPost } from '../../../model/post.ts'
import { asArray, booleanOf, idOf, idsOf, isPublic, member, sameOrigin, typesOf } from '../wire.ts'
import { readMentions } from './tags.ts'
import type { ReadOptions } from './reading.ts'

/** Most addressees kept of one object. */
export const MAX_ADDRESSEES = 1000
const COLLECTION =
  /\/(?:followers|following|friends|subscribers|subscriptions|members|moderators|outbox|collections)(?:[/?]|$)/
const FOLLOWERS = /\/followers(?:[/?]|$)/

export interface AudienceReading {
  audience: Audience
  recipients: IncomingPost['recipients']
  groupUri?: string
}

interface Addressees {
  to: unknown[]
  cc: unknown[]
  group: string | undefined
}

/**
 * Public in `to` is public, Public elsewhere is unlisted, the author's followers collection is followers. Of the rest, a group is
 * for its members, what goes only to those it mentions is direct, and what goes to people beyond those is for these people.
 */
export function readAudience(object: unknown, authorUri: string, options: ReadOptions): AudienceReading {
  const addressees = readAddressees(object, authorUri, options)
  const { to, cc, group } = addressees
  const mentions = readMentions(member(object, 'tag'))
  const named = new Set(mentions.map((mention) => mention.uri))
  const silent = idsOf([...to, ...cc]).filter(
    (uri) => !named.has(uri) && !COLLECTION.test(uri) && uri !== authorUri && uri !== group,
  )
  return {
    audience: chooseAudience(object, addressees, { authorUri, onlyMentions: silent.length === 0, options }),
    recipients: [
      ...mentions
        .filter((mention) => mention.uri !== group)
        .map((mention) => ({ ...mention, kind: 'mention' as const })),
      ...silent.slice(0, MAX_ADDRESSEES).map((uri) => ({ uri, kind: 'silent' as const })),
    ],
    ...(group === undefined ? {} : { groupUri: group }),
  }
}

function readAddressees(object: unknown, authorUri: string, options: ReadOptions): Addressees {
  const own = ['to', 'cc', 'bto', 'bcc', 'audience'].some(
    (name) => asArray(member(object, name), 1).length > 0,
  )
  const source = own ? object : options.envelope
  const list = (name: string): unknown[] => asArray(member(source, name), MAX_ADDRESSEES)
  return {
    to: [...list('to'), ...list('bto')],
    cc: [...list('cc'), ...list('bcc'), ...list('audience').filter(isPublic)],
    group: readGroup(object, list('audience'), authorUri),
  }
}

/** The group: `audience` (FEP-1b12), or the Group among several authors (PeerTube's channel). */
function readGroup(object: unknown, audience: unknown[], authorUri: string): string | undefined {
  const named = idsOf(audience, 10).find((uri) => uri !== authorUri && !COLLECTION.test(uri))
  if (named !== undefined) return named
  const author = asArray(member(object, 'attributedTo'), 10).find((item) => typesOf(item).includes('Group'))
  const channel = idOf(author)
  return channel === authorUri ? undefined : channel
}

function chooseAudience(
  object: unknown,
  { to, cc, group }: Addressees,
  known: { authorUri: string; onlyMentions: boolean; options: ReadOptions },
): Audience {
  if (to.some(isPublic)) return 'public'
  if (cc.some(isPublic)) return 'unlisted'
  if (isDirectMessage(object)) return 'direct'
  if (idsOf([...to, ...cc]).some((uri) => isFollowersOf(uri, known.authorUri, known.options.followersUri))) {
    return 'followers'
  }
  if (group !== undefined) return 'group'
  return known.onlyMentions ? 'direct' : 'people'
}

/** litepub's mark (Friendica's private mail, Pleroma), and Misskey's old chat. */
function isDirectMessage(object: unknown): boolean {
  const marks = ['directMessage', 'litepub:directMessage', '_misskey_talk']
  return marks.some((name) => booleanOf(member(object, name)) === true)
}

/**
 * Whether a collection is this author's followers. Another's followers never widen the audience: a reply to somebody's
 * followers-only post stays with the people it names.
 */
function isFollowersOf(uri: string, authorUri: string, followersUri: string | undefined): boolean {
  if (followersUri !== undefined) return uri === followersUri
  if (!FOLLOWERS.test(uri) || !sameOrigin(uri, authorUri)) return false
  const name = authorUri.replace(/\/+$/, '').split(/[/=]/).at(-1) ?? ''
  return uri.startsWith(authorUri) || uri.split(/[/?#]/).includes(name)
}
