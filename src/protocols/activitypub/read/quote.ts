// Reads what a post quotes, in all the spellings in use, and who may quote it.
import type { QuotePolicy } from '../../../model/post.ts'
import { idOf, idsOf, asArray, isActivityMediaType, isPublic, member, present, textOf } from '../wire.ts'
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
 * Who may quote without asking: what `interactionPolicy.canQuote` approves automatically. Where nothing is said, nobody may,
 * except with programs that know quotes but no consent (Misskey and Friendica with their kin), whose open posts anyone may quote.
 */
export function readQuotePolicy(object: unknown): QuotePolicy {
  const canQuote = member(member(object, 'interactionPolicy'), 'canQuote')
  if (canQuote === undefined) return quotesFreely(object) ? 'public' : 'nobody'
  const automatic = member(canQuote, 'automaticApproval') ?? member(canQuote, 'always')
  if (asArray(automatic, 50).some(isPublic)) return 'public'
  return idsOf(automatic, 50).some((uri) => /\/followers(?:[/?]|$)/.test(uri)) ? 'followers' : 'nobody'
}

function quotesFreely(object: unknown): boolean {
  const sourceType = textOf(member(member(object, 'source'), 'mediaType'), 100) ?? ''
  const names = ['_misskey_content', '_misskey_summary', '_misskey_quote', 'diaspora:guid']
  return names.some((name) => member(object, name) !== undefined) || /misskeymarkdown|bbcode/.test(sourceType)
}
