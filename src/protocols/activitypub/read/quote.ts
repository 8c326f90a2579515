// Reads what a post quotes, in all the spellings in use, and who may quote it.
import type { Approval } from '../../../model/approval.ts'
import { idOf, isActivityMediaType, member, present, textOf } from '../wire.ts'
import { readApproval } from './reply-policy.ts'
import { readObjectLinks } from './tags.ts'

const MISSKEY_REL = 'https://misskey-hub.net/ns#_misskey_quote'

export interface QuoteReading {
  quoteUri?: string
  /** The stamp of FEP-044f by which the quoted author agreed. */
  quoteAuthorizationUri?: string
}

/** FEP-044f `quote` first, then `quoteUrl`, `quoteUri`, `_misskey_quote`, and links of FEP-e232. */
export function readQuote(object: unknown): QuoteReading {
  const named = ['quote', 'quoteUrl', 'quoteUri', '_misskey_quote', 'quoteURL'].map((name) =>
    idOf(member(object, name)),
  )
  const quoteUri = named.find((uri) => uri !== undefined) ?? linkedQuote(object)
  const authorization = idOf(member(object, 'quoteAuthorization'))
  return present({ quoteUri, quoteAuthorizationUri: quoteUri === undefined ? undefined : authorization })
}

function linkedQuote(object: unknown): string | undefined {
  const links = readObjectLinks(member(object, 'tag'))
  const marked = links.find((link) => link.rel.includes(MISSKEY_REL))
  return (marked ?? links.find((link) => isActivityMediaType(link.mediaType)))?.uri
}

/**
 * What `interactionPolicy.canQuote` says. Where nothing is said, nobody may, except with programs that know quotes but no
 * consent (Misskey and Friendica with their kin), whose open posts anyone may quote.
 */
export function readQuotePolicy(object: unknown): Approval {
  return readApproval(object, 'canQuote') ?? (quotesFreely(object) ? 'public' : 'nobody')
}

function quotesFreely(object: unknown): boolean {
  const sourceType = textOf(member(member(object, 'source'), 'mediaType'), 100) ?? ''
  const names = ['_misskey_content', '_misskey_summary', '_misskey_quote', 'diaspora:guid']
  return names.some((name) => member(object, name) !== undefined) || /misskeymarkdown|bbcode/.test(sourceType)
}
