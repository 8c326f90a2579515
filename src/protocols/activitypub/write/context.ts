// The one JSON-LD context of everything we send: every extension is defined inline, so that nobody has to fetch it.
import type { Document } from './types.ts'

const id = (term: string): { '@id': string; '@type': '@id' } => ({ '@id': term, '@type': '@id' })

const TERMS = {
  toot: 'http://joinmastodon.org/ns#',
  schema: 'http://schema.org#',
  ostatus: 'http://ostatus.org#',
  litepub: 'http://litepub.social/ns#',
  misskey: 'https://misskey-hub.net/ns#',
  fedibird: 'http://fedibird.com/ns#',
  diaspora: 'https://diasporafoundation.org/ns/',
  gts: 'https://gotosocial.org/ns#',
  mz: 'https://joinmobilizon.org/ns#',
  ical: 'http://www.w3.org/2002/12/cal/ical#',
  fep044f: 'https://w3id.org/fep/044f#',
  Hashtag: 'as:Hashtag',
  sensitive: 'as:sensitive',
  manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
  movedTo: id('as:movedTo'),
  alsoKnownAs: id('as:alsoKnownAs'),
  implements: id('https://w3id.org/fep/844e/implements'),
  webfinger: 'https://purl.archive.org/socialweb/webfinger#webfinger',
  assertionMethod: {
    '@id': 'https://w3id.org/security#assertionMethod',
    '@type': '@id',
    '@container': '@set',
  },
  Emoji: 'toot:Emoji',
  featured: id('toot:featured'),
  featuredTags: id('toot:featuredTags'),
  discoverable: 'toot:discoverable',
  indexable: 'toot:indexable',
  memorial: 'toot:memorial',
  suspended: 'toot:suspended',
  attributionDomains: id('toot:attributionDomains'),
  blurhash: 'toot:blurhash',
  focalPoint: { '@id': 'toot:focalPoint', '@container': '@list' },
  votersCount: 'toot:votersCount',
  PropertyValue: 'schema:PropertyValue',
  value: 'schema:value',
  address: 'schema:address',
  maximumAttendeeCapacity: 'schema:maximumAttendeeCapacity',
  conversation: 'ostatus:conversation',
  directMessage: 'litepub:directMessage',
  EmojiReact: 'litepub:EmojiReact',
  _misskey_reaction: 'misskey:_misskey_reaction',
  _misskey_quote: 'misskey:_misskey_quote',
  quoteUri: 'fedibird:quoteUri',
  quoteUrl: 'as:quoteUrl',
  quote: id('fep044f:quote'),
  quoteAuthorization: id('fep044f:quoteAuthorization'),
  QuoteRequest: 'fep044f:QuoteRequest',
  QuoteAuthorization: 'fep044f:QuoteAuthorization',
  interactionPolicy: id('gts:interactionPolicy'),
  canLike: id('gts:canLike'),
  canReply: id('gts:canReply'),
  canAnnounce: id('gts:canAnnounce'),
  canQuote: id('gts:canQuote'),
  approvedBy: id('gts:approvedBy'),
  replyAuthorization: id('gts:replyAuthorization'),
  ReplyRequest: 'gts:ReplyRequest',
  automaticApproval: id('gts:automaticApproval'),
  manualApproval: id('gts:manualApproval'),
  interactingObject: id('gts:interactingObject'),
  interactionTarget: id('gts:interactionTarget'),
  joinMode: 'mz:joinMode',
  timezone: 'mz:timezone',
  externalParticipationUrl: id('mz:externalParticipationUrl'),
}

export const CONTEXT: readonly unknown[] = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/multikey/v1',
  TERMS,
]

/** For documents in which no extension occurs: a follow or a like need not carry all terms. */
const PLAIN: readonly unknown[] = CONTEXT.slice(0, 3)

/** A document ready to be sent: the context that it needs first, then its own members. */
export function withContext(document: Document): Document {
  return { '@context': needsTerms(document) ? CONTEXT : PLAIN, ...document }
}

/** Whether any member or type is an extension. */
function needsTerms(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(needsTerms)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([name, item]) =>
      isTerm(name) || (name === 'type' && typeof item === 'string' && isTerm(item)) || needsTerms(item),
  )
}

function isTerm(name: string): boolean {
  return name.includes(':') || Object.hasOwn(TERMS, name) || name === 'Multikey'
}
