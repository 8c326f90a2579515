// Invitations: people let their friends in, and moderators anybody, even where sign-up is closed.
import { randomBytes } from 'node:crypto'
import type { Account } from '../../model/account.ts'
import { Refusal } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import {
  expireInvite as endRow,
  findInviteByCode,
  insertInvite,
  listInvites as listRows,
} from '../../store/invites.ts'
import type { Invite } from '../../store/invites.ts'
import { findUser } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import { logAction } from '../moderation/log-action.ts'
import type { Tx } from '../ports.ts'

export type { Invite }

const DAY_MS = 86_400_000
const MOST_LISTED = 100
/** Invitations that still work, of one person. */
const MOST_OPEN = 30
/** Who may always invite; everybody else only while strangers may come as well. */
const MODERATING: readonly string[] = ['moderator', 'admin', 'owner']

export interface InviteWish {
  /** Null: as often as one likes. */
  maxUses: number | null
  /** Null: until it is ended. */
  days: number | null
  /** Whoever comes follows the one who invited. */
  autoFollow: boolean
}

function mayInvite(ctx: Context, user: User | undefined): boolean {
  return user !== undefined && (ctx.config.registrations === 'open' || MODERATING.includes(user.role))
}

/** Whether this person may invite at present. */
export async function canInvite(ctx: Context, accountId: number): Promise<boolean> {
  return mayInvite(ctx, await findUser(ctx.store.read, accountId))
}

/** Makes an invitation. Refuses those who may not, and wishes that make no sense. */
export async function createInvite(ctx: Context, accountId: number, wish: InviteWish): Promise<Invite> {
  const { maxUses, days } = wish
  const isCount = (value: number | null, most: number): boolean =>
    value === null || (Number.isInteger(value) && value >= 1 && value <= most)
  if (!isCount(maxUses, 1000)) throw new Refusal('invalid', 'An invitation works once up to 1000 times')
  if (!isCount(days, 365)) throw new Refusal('invalid', 'An invitation works for one day up to a year')
  const now = ctx.clock.now()
  const invite: Invite = {
    id: ctx.ids.next(),
    account_id: accountId,
    code: randomBytes(9).toString('base64url'),
    max_uses: maxUses,
    uses: 0,
    auto_follow: wish.autoFollow ? 1 : 0,
    expires_at: days === null ? null : now + days * DAY_MS,
    created_at: now,
  }
  await ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (!mayInvite(ctx, user)) throw new Refusal('forbidden', 'On this server only moderators invite people')
    const open = (await listRows(tx, accountId, MOST_LISTED)).filter((one) => works(ctx, one))
    if (open.length >= MOST_OPEN)
      throw new Refusal('too-many', `You have ${MOST_OPEN} invitations that still work: end one first`)
    await insertInvite(tx, invite)
    await logDeed(ctx, tx, user, { action: 'create', id: invite.id, uses: maxUses, days })
  })
  return invite
}

/** Only what people with a role do: anybody could fill the log otherwise. */
async function logDeed(
  ctx: Context,
  tx: Tx,
  user: User | undefined,
  { action, id, ...detail }: { action: string; id: number } & Record<string, string | number | null>,
): Promise<void> {
  if (!user || !MODERATING.includes(user.role)) return
  await logAction(ctx, tx, { accountId: user.account_id }, { action, kind: 'invite', id, detail })
}

/** The invitations that somebody gave, newest first, at most 100. */
export async function listInvites(ctx: Context, accountId: number): Promise<Invite[]> {
  return listRows(ctx.store.read, accountId, MOST_LISTED)
}

/** Ends one of one's own invitations; one that is over already stays so. */
export async function expireInvite(ctx: Context, accountId: number, id: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    if (await endRow(tx, accountId, id, ctx.clock.now()))
      await logDeed(ctx, tx, await findUser(tx, accountId), { action: 'end', id })
  })
}

/** Whether there are uses and time left. */
export function works(ctx: Context, invite: Invite): boolean {
  const hasUses = invite.max_uses === null || invite.uses < invite.max_uses
  return hasUses && (invite.expires_at === null || invite.expires_at > ctx.clock.now())
}

export interface FoundInvite {
  invite: Invite
  inviter: Account
  /** False when it is used up, over, or the one who gave it may not invite (any more). */
  usable: boolean
  /** Whoever comes needs no approval: a moderator vouches. */
  vouched: boolean
}

/** The invitation with this code. Refuses unknown ones with `not-found`. */
export async function findInvite(ctx: Context, code: string): Promise<FoundInvite> {
  const db = ctx.store.read
  const invite = code.length > 64 ? undefined : await findInviteByCode(db, code)
  const inviter = invite && (await findAccount(db, invite.account_id))
  const user = invite && (await findUser(db, invite.account_id))
  if (!invite || !inviter || !user) throw new Refusal('not-found', 'There is no such invitation.')
  const stands = inviter.suspended_at === null && inviter.deleted_at === null && user.disabled_at === null
  return {
    invite,
    inviter,
    usable: works(ctx, invite) && stands && mayInvite(ctx, user),
    vouched: MODERATING.includes(user.role),
  }
}
