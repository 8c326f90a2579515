// Deletes an account of this server: gone for everybody at once, its rows cleared away in the background.
import { notFound } from '../../model/refusal.ts'
import { findAccount, updateAccount } from '../../store/accounts.ts'
import { removeUser } from '../../store/local-accounts.ts'
import { insertTombstone } from '../../store/post-rows.ts'
import { deleteSessions } from '../../store/sessions.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { revokeAllTokens } from '../sign-in/tokens.ts'
import { CLEAR_LOCAL_ACCOUNT, LOCAL_ACCOUNTS_QUEUE } from './clear-local-account.ts'

/**
 * The name stays taken for ever, since other servers remember it; the e-mail address is free again. Twice is once. Throws
 * Refusal `not-found` for accounts that are not of this server, and for the server's own.
 */
export async function deleteAccount(ctx: Context, accountId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account || account.domain !== '' || account.kind === 'application') throw notFound()
    if (account.deleted_at !== null) return
    await updateAccount(tx, accountId, { deleted_at: ctx.clock.now(), ...BLANK })
    await deleteSessions(tx, accountId)
    await revokeAllTokens(ctx, tx, accountId)
    await removeUser(tx, accountId)
    await insertTombstone(tx, account.uri, ctx.clock.now())
    await recordFact(ctx, tx, { type: 'account-deleted', accountId, uri: account.uri })
    await ctx.jobs.add(tx, {
      queue: LOCAL_ACCOUNTS_QUEUE,
      kind: CLEAR_LOCAL_ACCOUNT,
      payload: { accountId },
      key: `${CLEAR_LOCAL_ACCOUNT}-${accountId}`,
    })
  })
}

/** Pictures lose their last reference here; their files are swept up later. */
const BLANK = {
  name: '',
  note: '',
  note_source: null,
  fields: '[]',
  avatar_key: null,
  avatar_static_key: null,
  avatar_description: '',
  header_key: null,
  header_static_key: null,
  header_description: '',
  also_known_as: '[]',
  attribution_domains: '[]',
  emoji_ids: '[]',
  discoverable: 0,
  indexable: 0,
} as const
