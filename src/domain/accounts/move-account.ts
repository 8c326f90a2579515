// An account of this server goes on under another one, here or elsewhere; and the older accounts that may move here.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccount, updateAccount } from '../../store/accounts.ts'
import { findUser } from '../../store/users.ts'
import type { Account } from '../../model/account.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { verifyPassword } from '../sign-in/password.ts'
import { resolveHandle } from './find-accounts.ts'
import { FOLLOW_MOVED } from './receive-move.ts'
import { ACCOUNTS_QUEUE } from './remove-remote-account.ts'

const MOST_ALIASES = 20

/** Refuses with a sentence unless the password is the person's own. */
export async function requirePassword(ctx: Context, accountId: number, password: string): Promise<void> {
  const user = await findUser(ctx.store.read, accountId)
  if (!(await verifyPassword(password, user?.password_hash ?? null)))
    throw new Refusal('forbidden', 'This is not your password')
}

async function ownAccount(ctx: Context, accountId: number): Promise<Account> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account || account.domain !== '' || account.deleted_at !== null) throw notFound()
  return account
}

function aliasesOf(account: Account): string[] {
  return JSON.parse(account.also_known_as) as string[]
}

/** The addresses of the accounts that may move to this one. */
export async function listAliases(ctx: Context, accountId: number): Promise<string[]> {
  return aliasesOf(await ownAccount(ctx, accountId))
}

async function keepAliases(ctx: Context, accountId: number, aliases: readonly string[]): Promise<string[]> {
  await ctx.store.write(async (tx) => {
    await updateAccount(tx, accountId, {
      also_known_as: JSON.stringify(aliases),
      updated_at: ctx.clock.now(),
    })
    await recordFact(ctx, tx, { type: 'account-updated', accountId })
  })
  return [...aliases]
}

/** Names an older account as one's own, so that it may move here. */
export async function addAlias(ctx: Context, accountId: number, handle: string): Promise<string[]> {
  const account = await ownAccount(ctx, accountId)
  const otherId = await resolveHandle(ctx, handle.replace(/^@/, ''))
  const other = otherId === undefined ? undefined : await findAccount(ctx.store.read, otherId)
  if (!other)
    throw new Refusal('invalid', 'There is no account with this address, or its server does not answer')
  if (other.id === accountId) throw new Refusal('invalid', 'This is the account you are signed in with')
  const aliases = [...new Set([...aliasesOf(account), other.uri])]
  if (aliases.length > MOST_ALIASES)
    throw new Refusal('invalid', `You can name at most ${MOST_ALIASES} older accounts`)
  return keepAliases(ctx, accountId, aliases)
}

export async function removeAlias(ctx: Context, accountId: number, uri: string): Promise<string[]> {
  const account = await ownAccount(ctx, accountId)
  return keepAliases(
    ctx,
    accountId,
    aliasesOf(account).filter((alias) => alias !== uri),
  )
}

/** Followers are told to follow the target, which must name this account as an older one of its own. */
export async function moveAccount(ctx: Context, accountId: number, handle: string): Promise<void> {
  const account = await ownAccount(ctx, accountId)
  const targetId = await resolveHandle(ctx, handle.replace(/^@/, ''))
  if (targetId === undefined)
    throw new Refusal('invalid', 'There is no account with this address, or its server does not answer')
  const known = await findAccount(ctx.store.read, targetId)
  // What the target says of itself may have been changed a minute ago.
  if (known && known.domain !== '') await ctx.remote.accountByUri(known.uri, { fresh: true })
  const target = await findAccount(ctx.store.read, targetId)
  if (!target || target.deleted_at !== null || target.id === accountId) throw notFound()
  if (!aliasesOf(target).includes(account.uri))
    throw new Refusal('invalid', 'Name this account as an older one over there first, then come back')
  if (target.moved_to_id !== null) throw new Refusal('invalid', 'That account has moved on itself')
  await ctx.store.write(async (tx) => {
    await updateAccount(tx, accountId, { moved_to_id: targetId, updated_at: ctx.clock.now() })
    await recordFact(ctx, tx, { type: 'account-moved', accountId, targetId })
    await ctx.jobs.add(tx, {
      queue: ACCOUNTS_QUEUE,
      kind: FOLLOW_MOVED,
      payload: { accountId, targetId },
      key: `${FOLLOW_MOVED}-${accountId}-${targetId}`,
    })
  })
}
