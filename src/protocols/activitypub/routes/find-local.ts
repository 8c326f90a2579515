// Finds the local account or post that a path names, for whoever may see it.
import type { Context } from '../../../domain/context.ts'
import { isLetIn } from '../../../domain/accounts/is-let-in.ts'
import { maySee } from '../../../model/audience.ts'
import type { Audience, Guarded } from '../../../model/audience.ts'
import { notFound } from '../../../model/refusal.ts'
import { findByHandle, findPost, loadStandings } from '../../../domain/federation/outgoing-rows.ts'
import type { Account, Post } from '../../../domain/federation/outgoing-rows.ts'
import type { Signer } from './answer.ts'

/** The account, deleted ones included; refuses names that nobody has and people who were not let in yet. */
export async function findLocalAccount(ctx: Context, username: string): Promise<Account> {
  const account = username.length > 100 ? undefined : await findByHandle(ctx.store.read, username, '')
  if (!account || account.uri === ctx.urls.instanceActor) throw notFound()
  if (!(await isLetIn(ctx, account))) throw notFound()
  return account
}

/** An account that is neither deleted nor suspended. */
export async function findActiveAccount(ctx: Context, username: string): Promise<Account> {
  const account = await findLocalAccount(ctx, username)
  if (account.deleted_at !== null || account.suspended_at !== null) throw notFound()
  return account
}

/** A local post which the signer may see. `boosts` says whether a boost will do. */
export async function findVisiblePost(
  ctx: Context,
  signer: Signer | undefined,
  id: number,
  options: { boosts?: boolean } = {},
): Promise<Post> {
  const post = await findPost(ctx.store.read, id)
  if (!post || post.local === 0) throw notFound()
  if (post.boost_of_id !== null && !options.boosts) throw notFound()
  const standing = (await loadStandings(ctx.store.read, signer, [id])).get(id)
  const guarded: Guarded = {
    accountId: post.account_id,
    audience: post.audience as Audience,
    localOnly: post.local_only === 1,
  }
  if (!standing || !maySee(guarded, standing)) throw notFound()
  return post
}
