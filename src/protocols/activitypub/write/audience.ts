// Writes our audience as `to` and `cc`.
import { PUBLIC } from '../wire.ts'
import type { Addressing, OutgoingPost } from './types.ts'

type Addressed = Pick<OutgoingPost, 'audience' | 'author' | 'recipients' | 'group' | 'inReplyTo'>

/**
 * Public in `to` is public, Public in `cc` is quiet. People are always named, with those whom the text mentions before the
 * others; a conversation (direct) names nobody else. Who may not know of whom is left out of `recipients` by the caller.
 */
export function writeAudience(post: Addressed): Addressing {
  const mentioned = urisOf(post, (kind) => kind === 'mention')
  const others = urisOf(post, (kind) => kind !== 'mention')
  const followers = post.author.followersUri
  const parent = post.inReplyTo?.authorUri
  const group = post.group
  switch (post.audience) {
    case 'public': {
      const cc = [followers, ...mentioned, ...others, ...(parent === undefined ? [] : [parent])]
      return group
        ? distinct([PUBLIC, group.uri], [...cc, ...optional(group.followersUri)], group.uri)
        : distinct([PUBLIC], cc)
    }
    case 'unlisted':
      return distinct([followers], [PUBLIC, ...mentioned, ...others, ...optional(parent)], group?.uri)
    case 'followers':
      return distinct([followers], [...mentioned, ...others])
    case 'group':
      return distinct(
        [...optional(group?.uri), ...mentioned],
        [...optional(group?.followersUri), ...others],
        group?.uri,
      )
    case 'direct':
      return distinct([...mentioned, ...others], [])
    default:
      return distinct(mentioned, others)
  }
}

/** Addressing of a one-shot activity towards certain people, openly or not. */
export function addressTo(
  people: readonly string[],
  options: { open: boolean; followersUri?: string },
): Addressing {
  return options.open
    ? distinct([...people, PUBLIC], optional(options.followersUri))
    : distinct([...people], [])
}

function urisOf(post: Addressed, wanted: (kind: string) => boolean): string[] {
  return post.recipients.filter((recipient) => wanted(recipient.kind)).map((recipient) => recipient.uri)
}

function optional(uri: string | undefined): string[] {
  return uri === undefined ? [] : [uri]
}

function distinct(to: string[], cc: string[], audience?: string): Addressing {
  const first = new Set(to)
  const second = new Set(cc.filter((uri) => !first.has(uri)))
  return { to: [...first], cc: [...second], ...(audience === undefined ? {} : { audience }) }
}
