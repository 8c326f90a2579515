// Makes a local account with its keys and, for people, the user who signs in.
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { Refusal } from '../../model/refusal.ts'
import type { AccountKind, Role } from '../../model/account.ts'
import { findByHandle, insertAccount, insertKeys } from '../../store/accounts.ts'
import { emailKey, findUserByEmail, insertUser } from '../../store/users.ts'
import { recordFact } from '../record-fact.ts'
import { checkPassword, hashPassword } from '../sign-in/password.ts'
import { newKeys } from './new-keys.ts'
import type { NewKey } from './new-keys.ts'
import { checkEmail, checkUsername } from './names.ts'

export interface AccountRequest {
  username: string
  email?: string
  password?: string
  role?: Role
  kind?: AccountKind
  /** The e-mail address needs no confirmation. */
  confirmed?: boolean
  approved?: boolean
  locale?: string
  reason?: string
  address?: string
  inviteId?: number
  appId?: number
  /** Reserved names are allowed (operators only). */
  allowReserved?: boolean
  /** Writes further rows in the same transaction. */
  alongside?: (tx: Tx, accountId: number) => Promise<void>
}

export interface NewLocalAccount {
  accountId: number
  username: string
}

/** Refuses names and addresses that are malformed, reserved or taken. */
export async function createAccount(ctx: Context, request: AccountRequest): Promise<NewLocalAccount> {
  const username = checkUsername(request.username, request.allowReserved === true)
  const email = request.email === undefined ? undefined : checkEmail(request.email)
  if (request.password !== undefined) checkPassword(request.password)
  const passwordHash = request.password === undefined ? null : await hashPassword(request.password)
  const keys = await newKeys()
  const accountId = ctx.ids.next()
  const write = async (tx: Tx): Promise<void> => {
    if (await findByHandle(tx, username, '')) throw new Refusal('conflict', `The name ${username} is taken`)
    if (email !== undefined && (await findUserByEmail(tx, email)))
      throw new Refusal('conflict', 'An account with this e-mail address exists already')
    await insertAccountRows(ctx, tx, { accountId, username, kind: request.kind ?? 'person', keys })
    await insertUserRow(ctx, tx, accountId, { ...request, email, passwordHash })
    await request.alongside?.(tx, accountId)
    await recordFact(ctx, tx, { type: 'account-created', accountId })
  }
  try {
    await ctx.store.write(write)
  } catch (error) {
    if (!ctx.store.dialect.isUniqueViolation(error)) throw error
    throw new Refusal('conflict', `The name ${username} or the e-mail address was taken a moment ago`, error)
  }
  return { accountId, username }
}

async function insertAccountRows(
  ctx: Context,
  tx: Tx,
  account: { accountId: number; username: string; kind: AccountKind; keys: NewKey[] },
): Promise<void> {
  const { username } = account
  const now = ctx.clock.now()
  const { urls } = ctx
  await insertAccount(tx, {
    id: account.accountId,
    username,
    username_key: username.toLowerCase(),
    kind: account.kind,
    uri: urls.account(username),
    url: urls.profile(username),
    inbox: urls.inbox(username),
    outbox: urls.outbox(username),
    shared_inbox: urls.sharedInbox,
    followers_uri: urls.followers(username),
    following_uri: urls.following(username),
    featured_uri: urls.featured(username),
    featured_tags_uri: urls.featuredTags(username),
    created_at: now,
    updated_at: now,
  })
  await insertKeys(
    tx,
    account.keys.map((key) => ({
      key_id: key.kind === 'rsa' ? urls.mainKey(username) : urls.ed25519Key(username),
      account_id: account.accountId,
      kind: key.kind,
      public_key: key.publicKey,
      private_key: key.privateKey,
      created_at: now,
    })),
  )
}

async function insertUserRow(
  ctx: Context,
  tx: Tx,
  accountId: number,
  request: Omit<AccountRequest, 'email'> & { email: string | undefined; passwordHash: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await insertUser(tx, {
    account_id: accountId,
    email: request.email ?? null,
    email_key: request.email === undefined ? null : emailKey(request.email),
    password_hash: request.passwordHash,
    role: request.role ?? 'user',
    locale: request.locale ?? 'en',
    confirmed_at: request.confirmed === true ? now : null,
    approved_at: request.approved === false ? null : now,
    sign_up_reason: request.reason ?? null,
    sign_up_address: request.address ?? null,
    invite_id: request.inviteId ?? null,
    app_id: request.appId ?? null,
    created_at: now,
  })
}
