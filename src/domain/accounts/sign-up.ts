// Somebody asks for an account: let in at once, after a moderator agrees, by invitation, or not at all.
import { Refusal } from '../../model/refusal.ts'
import { findByHandle } from '../../store/accounts.ts'
import { findInvite as findInviteRow, useInvite } from '../../store/invites.ts'
import { removeSignUp } from '../../store/sign-ups.ts'
import { findUser, findUserByEmail } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import { followAccount } from '../follows/follow-account.ts'
import { emailVerdict, noteAttempt } from '../moderation/email-blocks.ts'
import { ipSeverity } from '../moderation/ip-blocks.ts'
import { choicesOf } from '../server/choices.ts'
import { orderLetter } from '../sign-in/letters.ts'
import { createAccount } from './create-account.ts'
import type { NewLocalAccount } from './create-account.ts'
import { findInvite } from './invites.ts'
import type { FoundInvite } from './invites.ts'
import { findProblems, SignUpRefusal } from './sign-up-problems.ts'
import type { SignUpWish } from './sign-up-problems.ts'

export interface SignUpRequest extends SignUpWish {
  inviteCode?: string
  /** Where the person called from, for moderators. */
  address: string
  appId?: number
}

export interface Admission {
  /** A moderator has to agree, and a reason is asked for. */
  needsApproval: boolean
  invite: FoundInvite | undefined
}

/** How somebody may sign up now, with or without an invitation. Refuses with `forbidden` when nobody may. */
export async function admission(ctx: Context, inviteCode?: string): Promise<Admission> {
  const found = inviteCode === undefined ? undefined : await knownInvite(ctx, inviteCode)
  const invite = found?.usable === true ? found : undefined
  if (ctx.config.registrations === 'closed' && !invite)
    throw new Refusal(
      'forbidden',
      choicesOf(ctx).closedMessage || 'This server takes new people only by invitation.',
    )
  return { needsApproval: ctx.config.registrations === 'approval' && invite?.vouched !== true, invite }
}

async function knownInvite(ctx: Context, code: string): Promise<FoundInvite | undefined> {
  try {
    return await findInvite(ctx, code)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/**
 * Makes an account that waits for its e-mail address to be confirmed, and sends the mail. Refuses with `forbidden` when
 * nobody may come, with SignUpRefusal when something about the wish is wrong.
 */
export async function signUp(ctx: Context, request: SignUpRequest): Promise<NewLocalAccount> {
  const { invite, ...admitted } = await admission(ctx, request.inviteCode)
  const needsApproval = (await isSuspect(ctx, request)) || admitted.needsApproval
  await freeAbandoned(ctx, request)
  const refuseProblems = async (): Promise<void> => {
    const problems = await findProblems(ctx, request, admitted.needsApproval && choicesOf(ctx).reasonRequired)
    if (problems.length > 0) throw new SignUpRefusal(problems)
  }
  await refuseProblems()
  try {
    return await createAccount(ctx, {
      username: request.username,
      email: request.email,
      password: request.password,
      locale: request.locale,
      approved: !needsApproval,
      address: request.address,
      ...(request.reason.trim() === '' ? {} : { reason: request.reason.trim() }),
      ...(request.appId === undefined ? {} : { appId: request.appId }),
      ...(invite ? { inviteId: invite.invite.id } : {}),
      alongside: async (tx, accountId) => {
        if (invite && !(await useInvite(tx, invite.invite.id, ctx.clock.now())))
          throw new Refusal('forbidden', 'This invitation was used up a moment ago')
        await orderLetter(ctx, tx, { about: 'confirm', accountId })
      },
    })
  } catch (error) {
    // Somebody was faster: say which of the two it was.
    if (error instanceof Refusal && error.code === 'conflict') await refuseProblems()
    throw error
  }
}

/** Whether a moderator has to look because of where somebody comes from. Refuses networks that are shut out. */
async function isSuspect(ctx: Context, { address, email }: SignUpRequest): Promise<boolean> {
  const [severity, verdict] = await Promise.all([ipSeverity(ctx, address), emailVerdict(ctx, email)])
  if (verdict !== 'fine') await noteAttempt(ctx, email, address)
  if (severity === 'sign_up_block' || severity === 'no_access')
    throw new Refusal(
      'forbidden',
      'Nobody can sign up from your network: write to the people who run this server.',
    )
  return severity === 'sign_up_requires_approval' || verdict === 'approval'
}

/** A sign-up that nobody confirmed blocks a name or an address for no longer than this. */
const ABANDONED_MS = 7 * 86_400_000

async function freeAbandoned(ctx: Context, { username, email }: SignUpRequest): Promise<void> {
  const db = ctx.store.read
  const account = await findByHandle(db, username, '')
  const users = [account && (await findUser(db, account.id)), await findUserByEmail(db, email)]
  const old = users.filter((user): user is User => user !== undefined && isAbandoned(ctx, user))
  if (old.length === 0) return
  await ctx.store.write(async (tx) => {
    for (const { account_id: id } of old) {
      const user = await findUser(tx, id)
      if (user && isAbandoned(ctx, user)) await removeSignUp(tx, id)
    }
  })
}

function isAbandoned(ctx: Context, user: User): boolean {
  const isNew = user.confirmed_at === null && user.role === 'user'
  return isNew && user.created_at < ctx.clock.now() - ABANDONED_MS
}

/** Whoever came by an invitation that says so follows the one who invited. */
export async function followInviter(ctx: Context, user: User): Promise<void> {
  const invite = user.invite_id === null ? undefined : await findInviteRow(ctx.store.read, user.invite_id)
  if (invite?.auto_follow !== 1) return
  try {
    await followAccount(ctx, user.account_id, invite.account_id)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.info({ error }, 'An invited person could not follow who invited them.')
  }
}
