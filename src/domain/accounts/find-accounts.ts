// Finds accounts by handle, address or words, here or (when asked to) on the server where they live.
import type { Context } from '../context.ts'
import { Refusal, Unreachable } from '../../model/refusal.ts'
import { parseHandle } from '../../lib/text/handle.ts'
import { findByHandle } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import { isLetIn } from './is-let-in.ts'
import { searchAccounts } from '../../store/account-search.ts'

/** The account with this handle, if it is known here. */
export async function lookupAccount(ctx: Context, acct: string): Promise<Account | undefined> {
  const handle = parseHandle(acct)
  if (!handle) return undefined
  const domain = handle.domain === ctx.config.domain ? '' : (handle.domain ?? '')
  const account = await findByHandle(ctx.store.read, handle.username, domain)
  if (!account || account.deleted_at !== null || account.kind === 'application') return undefined
  return (await isLetIn(ctx, account)) ? account : undefined
}

/** As `lookupAccount`, asking the other server by WebFinger when the account is unknown. Never throws for an absent one. */
export async function resolveHandle(ctx: Context, acct: string): Promise<number | undefined> {
  const known = await lookupAccount(ctx, acct)
  const handle = parseHandle(acct)
  if (known || handle?.domain === undefined || handle.domain === ctx.config.domain) return known?.id
  return quietly(ctx, () => ctx.remote.accountByHandle(`${handle.username}@${handle.domain}`))
}

/** The account or post behind a web address, fetched when unknown. */
export async function resolveUrl(
  ctx: Context,
  url: string,
): Promise<{ accountId?: number; postId?: number }> {
  const postId = await quietly(ctx, () => ctx.remote.postByUri(url))
  if (postId !== undefined) return { postId }
  const accountId = await quietly(ctx, () => ctx.remote.accountByUri(url))
  return accountId === undefined ? {} : { accountId }
}

async function quietly(ctx: Context, work: () => Promise<number | undefined>): Promise<number | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    ctx.log.debug({ error }, 'a search beyond this server found nothing')
    return undefined
  }
}

export interface AccountSearch {
  query: string
  limit: number
  offset: number
  /** Ask other servers for an unknown handle. */
  resolve: boolean
  /** Only accounts that this one follows. */
  followedBy?: number
}

/** Ids, best first: the exact handle, then names and handles that begin with the words. */
export async function findAccountIds(ctx: Context, search: AccountSearch): Promise<number[]> {
  const query = search.query.trim()
  if (query === '') return []
  const handle = parseHandle(query)
  const exact =
    search.offset > 0 || !handle
      ? undefined
      : search.resolve
        ? await resolveHandle(ctx, query)
        : (await lookupAccount(ctx, query))?.id
  const ids = await searchAccounts(ctx.store.read, {
    words: query.replace(/^@/, ''),
    limit: search.limit,
    offset: search.offset,
    ...(search.followedBy === undefined ? {} : { followedBy: search.followedBy }),
  })
  const all = exact === undefined ? ids : [exact, ...ids.filter((id) => id !== exact)]
  return all.slice(0, search.limit)
}
