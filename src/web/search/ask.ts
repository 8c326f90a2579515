// Asking the server: for what sort of things, and whether what was typed is an address.
import type { Search } from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { postPath } from '../post/post-extras.tsx'
import { profilePath } from '../post/who.tsx'

export const KINDS = ['all', 'accounts', 'statuses', 'hashtags'] as const
export type Kind = (typeof KINDS)[number]

export function kindOf(text: string | null): Kind {
  return KINDS.find((kind) => kind === text) ?? 'all'
}

/** A link, or name@server; servers on trial have a port instead of a domain with a dot. */
const ADDRESS = /^(?:https?:\/\/\S+|acct:\S+@\S+|[@!]?[\w.-]+@[\w-]+(?:\.[\w-]+)*(?:\.\w{2,}|:\d+))$/i

export function isAddress(query: string): boolean {
  return ADDRESS.test(query)
}

/** The server that an address leads to. */
export function hostOf(query: string): string {
  return URL.canParse(query) && /^https?:/.test(query)
    ? new URL(query).host
    : (query.split('@').at(-1) ?? query)
}

/** Groups are written with `!` in some places; here everybody has the same sort of address. */
function plainAddress(query: string): string {
  return isAddress(query) ? query.replace(/^(?:acct:|!)@?/i, '@') : query
}

export const PAGE = 20

export function ask(query: string, kind: Kind, offset: number, signal?: AbortSignal): Promise<Search> {
  const path = withQuery('/api/v2/search', {
    q: plainAddress(query),
    type: kind === 'all' ? undefined : kind,
    resolve: isAddress(query) || undefined,
    limit: PAGE,
    offset: offset > 0 ? offset : undefined,
  })
  return get<Search>(path, signal)
}

/** A whole address has one meaning: where that is shown. */
export function onlyMeaning({ accounts, statuses }: Search): string | undefined {
  const [status] = statuses
  const [account] = accounts
  if (status && !account) return postPath(status)
  return account && accounts.length === 1 && !status ? profilePath(account) : undefined
}
