// Reads people, groups and services of other servers.
import type { AccountKind, IncomingAccount } from '../../../model/account.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { sanitizeHtml } from '../../../lib/html/sanitize.ts'
import { normalizeDomain } from '../../../lib/text/domain.ts'
import { cleanName, isRemoteUsername, parseHandle } from '../../../lib/text/handle.ts'
import {
  asArray,
  booleanOf,
  dateOf,
  firstUrl,
  idOf,
  idsOf,
  isObject,
  member,
  numberOf,
  present,
  sameOrigin,
  textOf,
  textProperty,
  typeOf,
  typesOf,
  webId,
} from '../wire.ts'
import { readEmojis } from './emojis.ts'
import { readFields } from './fields.ts'
import { readKeys } from './keys.ts'
import type { Ignored, ReadOptions } from './reading.ts'

const KINDS: Record<string, AccountKind> = {
  Person: 'person',
  Group: 'group',
  Organization: 'organization',
  Service: 'service',
  Application: 'application',
}
const MAX_NAME = 200
const MAX_NOTE = 50_000
const MAX_ALIASES = 20

/** Whether an object is of a type that `readActor` makes an account of. */
export function isActorType(object: unknown): boolean {
  return typesOf(object).some((type) => Object.hasOwn(KINDS, type))
}

/**
 * The account in an actor document. `domain` is that of the id, or of a `webfinger` address (FEP-2c59) which the caller still has
 * to check. Ignored only without id, known type, inbox or username.
 */
export function readActor(
  object: unknown,
  options: Pick<ReadOptions, 'raw' | 'now'>,
): IncomingAccount | Ignored {
  const type = typesOf(object).find((name) => Object.hasOwn(KINDS, name))
  const kind = type === undefined ? undefined : KINDS[type]
  if (!isObject(object) || kind === undefined)
    return { ignored: `${typeOf(object) || 'A thing without type'} is not an actor` }
  const uri = webId(member(object, 'id'))
  if (uri === undefined) return { ignored: 'no usable id' }
  const inbox = ownUrl(member(object, 'inbox'), uri)
  if (inbox === undefined) return { ignored: 'no usable inbox' }
  const handle = readHandle(object, uri)
  if (handle === undefined) return { ignored: 'no usable username' }
  const published = dateOf(member(object, 'published'))
  const noIndex = member(object, 'noindex')
  return present({
    uri,
    url: firstUrl(member(object, 'url')),
    guid: textOf(member(object, 'diaspora:guid'), 255),
    protocol: 'activitypub' as const,
    kind,
    ...handle,
    name: cleanName(htmlToText(textProperty(object, 'name', MAX_NAME * 10) ?? '', 2000), MAX_NAME),
    note: sanitizeHtml(
      textProperty(object, 'summary', MAX_NOTE) ?? textOf(member(object, '_misskey_summary'), MAX_NOTE) ?? '',
    ),
    fields: readFields(object, uri, options.now),
    ...readPictures(object),
    bot: kind === 'service' || kind === 'application',
    locked: booleanOf(member(object, 'manuallyApprovesFollowers')) ?? false,
    discoverable: booleanOf(member(object, 'discoverable')) ?? false,
    indexable: booleanOf(member(object, 'indexable')) ?? (booleanOf(noIndex) === false || false),
    memorial: booleanOf(member(object, 'memorial')) ?? false,
    suspended: booleanOf(member(object, 'suspended')) ?? false,
    inbox,
    ...readCollections(object, uri),
    movedToUri: idOf(member(object, 'movedTo')),
    alsoKnownAs: idsOf(member(object, 'alsoKnownAs'), MAX_ALIASES),
    attributionDomains: readDomains(member(object, 'attributionDomains')),
    emojis: readEmojis(member(object, 'tag')),
    keys: readKeys(object, uri),
    publishedAt: published === undefined ? undefined : Math.min(published, options.now),
    raw: options.raw ?? JSON.stringify(object),
  })
}

/** An address of the actor's own server; one that points elsewhere is not believed. */
function ownUrl(value: unknown, uri: string): string | undefined {
  const id = idOf(value)
  return id !== undefined && sameOrigin(id, uri) ? id : undefined
}

function readHandle(object: unknown, uri: string): { username: string; domain: string } | undefined {
  const host = normalizeDomain(new URL(uri).hostname) === undefined ? undefined : new URL(uri).host
  const stated = parseHandle(textOf(member(object, 'webfinger'), 500) ?? '')
  const preferred = textOf(member(object, 'preferredUsername'), 255)?.trim()
  const username = preferred !== undefined && isRemoteUsername(preferred) ? preferred : stated?.username
  if (username === undefined) return undefined
  const domain = stated?.username === username ? stated.domain : undefined
  return { username, domain: domain ?? host ?? new URL(uri).host }
}

function readCollections(object: unknown, uri: string): Partial<IncomingAccount> {
  const own = (name: string): string | undefined => ownUrl(member(object, name), uri)
  return present({
    outbox: own('outbox'),
    sharedInbox: ownUrl(
      member(member(object, 'endpoints'), 'sharedInbox') ?? member(object, 'sharedInbox'),
      uri,
    ),
    followersUri: own('followers'),
    followingUri: own('following'),
    featuredUri: own('featured'),
    featuredTagsUri: own('featuredTags'),
  })
}

function readPictures(object: unknown): Partial<IncomingAccount> {
  const avatar = largest(member(object, 'icon'))
  const header = largest(member(object, 'image'))
  const describe = (picture: unknown): string | undefined =>
    textProperty(picture, 'name', 1500)?.trim() || textProperty(picture, 'summary', 1500)?.trim() || undefined
  const avatarUrl = firstUrl(member(avatar, 'url') ?? avatar)
  const headerUrl = firstUrl(member(header, 'url') ?? header)
  return present({
    avatarUrl,
    avatarDescription: avatarUrl === undefined ? undefined : describe(avatar),
    headerUrl,
    headerDescription: headerUrl === undefined ? undefined : describe(header),
  })
}

/** Of several sizes (PeerTube) the widest; the first where no size is told. */
function largest(pictures: unknown): unknown {
  const width = (picture: unknown): number => numberOf(member(picture, 'width')) ?? 0
  return asArray(pictures, 10).sort((a, b) => width(b) - width(a))[0]
}

function readDomains(value: unknown): string[] {
  const domains = asArray(value, 100).flatMap((item) =>
    typeof item === 'string' ? (normalizeDomain(item) ?? []) : [],
  )
  return [...new Set(domains)]
}
