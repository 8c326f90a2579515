// Mail domains, and single mail addresses, with which nobody signs up.
import { normalizeDomain } from '../../lib/text/domain.ts'
import type { IdWindow } from '../../model/page.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  countAttempt,
  deleteCanonicalBlock,
  deleteEmailDomainBlock,
  findBlocksOf,
  findCanonicalBlock,
  findCanonicalByHash,
  findEmailDomainBlock,
  insertCanonicalBlock,
  insertEmailDomainBlock,
  listAttempts,
  pageCanonicalBlocks,
  pageEmailDomainBlocks,
} from '../../store/moderation/address-blocks.ts'
import type {
  AttemptDay,
  CanonicalEmailBlockRow,
  EmailDomainBlockRow,
} from '../../store/moderation/address-blocks.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { canonicalHash } from './canonical-email.ts'
import { logAction } from './log-action.ts'

export type { AttemptDay, CanonicalEmailBlockRow, EmailDomainBlockRow }

/** A mail domain with the sign-ups that it stopped in the last week. */
export interface EmailDomainBlock {
  row: EmailDomainBlockRow
  attempts: AttemptDay[]
}

const DAY_MS = 86_400_000
const HISTORY_DAYS = 7

/** What a mail address may do: sign up, sign up with a moderator's consent, or nothing. */
export async function emailVerdict(ctx: Context, email: string): Promise<'fine' | 'approval' | 'blocked'> {
  if (await findCanonicalByHash(ctx.store.read, canonicalHash(email))) return 'blocked'
  const blocks = await blocksFor(ctx, email)
  if (blocks.some((block) => block.allow_with_approval === 0)) return 'blocked'
  return blocks.length > 0 ? 'approval' : 'fine'
}

async function blocksFor(ctx: Context, email: string): Promise<EmailDomainBlockRow[]> {
  const given = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  const labels = (normalizeDomain(given) ?? given).split('.').slice(-10)
  const domains = labels.map((_, index) => labels.slice(index).join('.'))
  return findBlocksOf(ctx.store.read, domains)
}

/** Counts a sign-up that was stopped or delayed, for moderators to see whether a block is worth it. */
export async function noteAttempt(ctx: Context, email: string, address: string): Promise<void> {
  const blocks = await blocksFor(ctx, email)
  const day = Math.floor(ctx.clock.now() / DAY_MS)
  if (blocks.length > 0)
    await ctx.store.write(async (tx) => {
      for (const { id } of blocks) await countAttempt(tx, { blockId: id, day, address: address.slice(0, 64) })
    })
}

async function withAttempts(ctx: Context, rows: readonly EmailDomainBlockRow[]): Promise<EmailDomainBlock[]> {
  const since = Math.floor(ctx.clock.now() / DAY_MS) - HISTORY_DAYS + 1
  const attempts = await listAttempts(
    ctx.store.read,
    rows.map((row) => row.id),
    since,
  )
  return rows.map((row) => ({ row, attempts: attempts.filter((one) => one.blockId === row.id) }))
}

export async function pageEmailDomains(
  ctx: Context,
  actor: Actor,
  window: IdWindow,
): Promise<EmailDomainBlock[]> {
  requirePermission(actor, 'manage-blocks')
  return withAttempts(ctx, await pageEmailDomainBlocks(ctx.store.read, window))
}

export async function findEmailDomain(ctx: Context, actor: Actor, id: number): Promise<EmailDomainBlock> {
  requirePermission(actor, 'manage-blocks')
  const row = await findEmailDomainBlock(ctx.store.read, id)
  const [found] = row ? await withAttempts(ctx, [row]) : []
  if (!found) throw notFound()
  return found
}

export async function blockEmailDomain(
  ctx: Context,
  actor: Actor,
  wish: { domain: string; allowWithApproval: boolean },
): Promise<EmailDomainBlock> {
  requirePermission(actor, 'manage-blocks')
  const domain = normalizeDomain(wish.domain.trim().toLowerCase().replace(/^@/, ''))
  if (domain === undefined)
    throw new Refusal('invalid', 'Validation failed: Domain is not a valid domain name')
  const row: EmailDomainBlockRow = {
    id: ctx.ids.next(),
    domain,
    allow_with_approval: wish.allowWithApproval ? 1 : 0,
    created_at: ctx.clock.now(),
  }
  await ctx.store.write(async (tx) => {
    if (!(await insertEmailDomainBlock(tx, row)))
      throw new Refusal('invalid', 'Validation failed: Domain has already been taken')
    await logAction(ctx, tx, actor, {
      action: 'create',
      kind: 'email-block',
      id: row.id,
      detail: { name: domain },
    })
  })
  return { row, attempts: [] }
}

export async function unblockEmailDomain(ctx: Context, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-blocks')
  await ctx.store.write(async (tx) => {
    const row = await deleteEmailDomainBlock(tx, id)
    if (!row) throw notFound()
    await logAction(ctx, tx, actor, {
      action: 'delete',
      kind: 'email-block',
      id,
      detail: { name: row.domain },
    })
  })
}

export async function pageCanonical(
  ctx: Context,
  actor: Actor,
  window: IdWindow,
): Promise<CanonicalEmailBlockRow[]> {
  requirePermission(actor, 'manage-blocks')
  return pageCanonicalBlocks(ctx.store.read, window)
}

export async function findCanonical(ctx: Context, actor: Actor, id: number): Promise<CanonicalEmailBlockRow> {
  requirePermission(actor, 'manage-blocks')
  const row = await findCanonicalBlock(ctx.store.read, id)
  if (!row) throw notFound()
  return row
}

/** The blocks that would stop this address. */
export async function testCanonical(
  ctx: Context,
  actor: Actor,
  email: string,
): Promise<CanonicalEmailBlockRow[]> {
  requirePermission(actor, 'manage-blocks')
  const row = await findCanonicalByHash(ctx.store.read, canonicalHash(email))
  return row ? [row] : []
}

export async function blockCanonical(
  ctx: Context,
  actor: Actor,
  wish: { email?: string; hash?: string },
): Promise<CanonicalEmailBlockRow> {
  requirePermission(actor, 'manage-blocks')
  const hash = wish.email === undefined ? wish.hash?.trim().toLowerCase() : canonicalHash(wish.email)
  if (hash === undefined || !/^[\da-f]{64}$/.test(hash))
    throw new Refusal('invalid', "Validation failed: Canonical email hash can't be blank")
  const row = { id: ctx.ids.next(), hash, account_id: null, created_at: ctx.clock.now() }
  await ctx.store.write(async (tx) => {
    if (!(await insertCanonicalBlock(tx, row)))
      throw new Refusal('invalid', 'Validation failed: Canonical email hash has already been taken')
    await logAction(ctx, tx, actor, { action: 'create', kind: 'email-block', id: row.id, detail: { hash } })
  })
  return row
}

export async function unblockCanonical(ctx: Context, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-blocks')
  await ctx.store.write(async (tx) => {
    const row = await deleteCanonicalBlock(tx, id)
    if (!row) throw notFound()
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'email-block', id, detail: { hash: row.hash } })
  })
}
