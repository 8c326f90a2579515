// Tells people what moderators did to them, and which follows they lost because a server or an account was suspended.
import type { FactOf } from '../../model/facts.ts'
import { findAccount } from '../../store/accounts.ts'
import { addSeverance, countTies } from '../../store/moderation/severances.ts'
import { findAuthor } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { notifyFrom } from './notify-from.ts'

/** It comes from nobody in particular, so it stands under the person's own name. */
export async function notifyOfStrike(ctx: Context, tx: Tx, fact: FactOf<'strike-given'>): Promise<void> {
  const from = await findAuthor(tx, fact.accountId)
  if (!from || from.domain !== '') return
  const { strikeId: subjectId, accountId } = fact
  await notifyFrom(ctx, tx, { kind: 'strike', from, subjectId, accountIds: [accountId], isOwn: true })
}

/** Accounts that their own servers suspended are not ours to tell of. */
export async function notifyOfSeverances(
  ctx: Context,
  tx: Tx,
  fact: FactOf<'account-suspended'>,
): Promise<void> {
  const account = await findAccount(tx, fact.accountId)
  if (!account || account.suspended_at === null) return
  if (account.suspended_by !== 'local' && account.suspended_by !== 'domain') return
  const isDomain = account.suspended_by === 'domain'
  const handle = account.domain === '' ? account.username : `${account.username}@${account.domain}`
  for (const tie of await countTies(tx, account.id)) {
    const { id, isNew } = await addSeverance(tx, {
      id: ctx.ids.next(),
      account_id: tie.accountId,
      kind: isDomain ? 'domain_block' : 'account_suspension',
      target_name: isDomain ? account.domain : handle,
      cause: account.suspended_at,
      followers: tie.followers,
      following: tie.following,
      created_at: ctx.clock.now(),
    })
    const from = isNew ? await findAuthor(tx, tie.accountId) : undefined
    if (from)
      await notifyFrom(ctx, tx, {
        kind: 'severance',
        from,
        subjectId: id,
        accountIds: [from.id],
        isOwn: true,
      })
  }
}
