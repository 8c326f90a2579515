// Finds the account that wrote a page, where the page names it and the account agrees to be named by that site.
import { findAccount } from '../../store/accounts.ts'
import { resolveHandle } from '../accounts/find-accounts.ts'
import type { Context } from '../context.ts'

/** `handle` is what the page says in `fediverse:creator`. Undefined for whoever does not name the site as one of theirs. */
export async function findCreator(
  ctx: Context,
  handle: string,
  pageUrl: string,
): Promise<number | undefined> {
  const host = URL.parse(pageUrl)?.hostname
  const id = host === undefined ? undefined : await resolveHandle(ctx, handle)
  const account = id === undefined ? undefined : await findAccount(ctx.store.read, id)
  if (host === undefined || !account || account.suspended_at !== null) return undefined
  const domains = JSON.parse(account.attribution_domains) as string[]
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`)) ? account.id : undefined
}
