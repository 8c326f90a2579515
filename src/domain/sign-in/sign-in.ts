// Lets a person in by name or e-mail address and password, and keeps the browser session.
import type { Context } from '../context.ts'
import { hashSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import { findAccount, findByHandle } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import { deleteSession, findSession, insertSession, touchSession } from '../../store/sessions.ts'
import type { Session } from '../../model/session.ts'
import { findUser, findUserByEmail } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import { deleteTokens, listTokens } from '../../store/tokens.ts'
import { verifyPassword } from './password.ts'
import { announceRevoked } from './tokens.ts'

export interface SignedIn {
  account: Account
  user: User
}

/** What decides whether somebody may use the server. */
export interface Standing {
  account: Pick<Account, 'suspended_at'>
  user: Pick<User, 'disabled_at' | 'confirmed_at' | 'approved_at'>
}

async function findByLogin(ctx: Context, login: string): Promise<User | undefined> {
  const db = ctx.store.read
  const name = login.trim().replace(/^@/, '')
  return name.includes('@')
    ? findUserByEmail(db, name)
    : findByHandle(db, name, '').then((account) => account && findUser(db, account.id))
}

/** Under what tries at this login are counted: the same for every spelling that leads to one account. */
export async function loginKey(ctx: Context, login: string): Promise<string> {
  const user = await findByLogin(ctx, login)
  return user ? `account ${user.account_id}` : `nobody ${login.trim().toLowerCase()}`
}

/** The person with this name (or e-mail address) and password; one sentence for every way to be wrong. */
export async function checkCredentials(ctx: Context, login: string, password: string): Promise<SignedIn> {
  const db = ctx.store.read
  const user = await findByLogin(ctx, login)
  const fits = await verifyPassword(password, user?.password_hash ?? null)
  const account = user && fits ? await findAccount(db, user.account_id) : undefined
  if (!user || !account || account.deleted_at !== null)
    throw new Refusal('unauthorized', 'The name, e-mail address or password is wrong')
  return { account, user }
}

/** Whether somebody has yet to confirm the e-mail address, or to be approved. */
export function isWaiting({ user }: Standing): boolean {
  return user.confirmed_at === null || user.approved_at === null
}

/** Whether somebody may not use the server at all: suspended or frozen. */
export function isShutOut({ account, user }: Standing): boolean {
  return account.suspended_at !== null || user.disabled_at !== null
}

/** Refuses people who may not use the server at all. */
export function refuseDisabled(person: Standing): void {
  if (isShutOut(person))
    throw new Refusal(
      'forbidden',
      'This account is disabled. Write to the people who run this server if you think that is a mistake.',
    )
}

/** Refuses people who may not use the server (yet), with what they can do about it. */
export function checkStanding({ account, user }: Standing): void {
  refuseDisabled({ account, user })
  if (user.confirmed_at === null)
    throw new Refusal(
      'forbidden',
      'Please confirm your e-mail address first: open the link in the message that we sent you.',
    )
  if (user.approved_at === null)
    throw new Refusal(
      'forbidden',
      'Your sign-up is waiting for approval. You will get an e-mail when it is decided.',
    )
}

const SESSION_MS = 30 * 86_400_000

export interface Visitor {
  address: string
  userAgent: string
}

/** Opens a session and returns its secret, for a cookie. */
export async function startSession(ctx: Context, accountId: number, visitor: Visitor): Promise<string> {
  const secret = newSecret()
  const now = ctx.clock.now()
  await ctx.store.write((tx) =>
    insertSession(tx, {
      id: ctx.ids.next(),
      token_hash: hashSecret(secret),
      account_id: accountId,
      address: visitor.address.slice(0, 64),
      user_agent: visitor.userAgent.slice(0, 300),
      created_at: now,
      last_used_at: now,
      expires_at: now + SESSION_MS,
    }),
  )
  return secret
}

/** The person with this id, unless the account is gone. */
export async function findSignedIn(ctx: Context, accountId: number): Promise<SignedIn | undefined> {
  const [account, user] = await Promise.all([
    findAccount(ctx.store.read, accountId),
    findUser(ctx.store.read, accountId),
  ])
  return account && user && account.deleted_at === null ? { account, user } : undefined
}

export type Resumed = SignedIn & { session: Session }

async function findResumed(ctx: Context, secret: string): Promise<Resumed | undefined> {
  const session = await findSession(ctx.store.read, hashSecret(secret), ctx.clock.now())
  const person = session && (await findSignedIn(ctx, session.account_id))
  return person && { ...person, session }
}

/** The session behind a cookie, with its person; undefined when it ended or the person may not use the server. */
export async function resumeSession(ctx: Context, secret: string): Promise<Resumed | undefined> {
  const found = await findResumed(ctx, secret)
  if (!found || isShutOut(found)) return undefined
  noteSessionUse(ctx, found.session)
  return found
}

/** The session of somebody who may not use the server, and is told why and no more; undefined for everybody else. */
export async function resumeShutOut(ctx: Context, secret: string): Promise<Resumed | undefined> {
  const found = await findResumed(ctx, secret)
  return found && isShutOut(found) ? found : undefined
}

const TOUCH_MS = 3_600_000

/** Notes in the background, once an hour, that a session is used. */
function noteSessionUse(ctx: Context, session: Session): void {
  const now = ctx.clock.now()
  if (now - session.last_used_at < TOUCH_MS) return
  ctx.store
    .write((tx) => touchSession(tx, session.id, now))
    .catch((error: unknown) => ctx.log.warn({ error }, 'could not note the use of a session'))
}

/** Ends one session of the account, with what the web client of that browser calls with. False when there is none. */
export async function endSession(ctx: Context, accountId: number, sessionId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const found = await deleteSession(tx, accountId, sessionId)
    const tokens = found ? await listTokens(tx, accountId) : []
    const own = tokens.filter((token) => token.session_id === sessionId).map((token) => token.id)
    await deleteTokens(tx, own)
    announceRevoked(ctx, tx, own)
    return found
  })
}
