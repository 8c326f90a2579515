// Networks from which nobody signs up, or nobody comes at all: kept in memory, read anew when they change.
import { ipMatcher, readIpRange, writeIpRange } from '../../lib/ip-range.ts'
import type { IdWindow } from '../../model/page.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  deleteIpBlock,
  findIpBlock,
  insertIpBlock,
  listIpBlocks,
  pageIpBlocks,
  updateIpBlock,
} from '../../store/moderation/address-blocks.ts'
import type { IpBlockRow } from '../../store/moderation/address-blocks.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction } from './log-action.ts'

export type { IpBlockRow }
export const IP_SEVERITIES = ['sign_up_requires_approval', 'sign_up_block', 'no_access'] as const
export type IpSeverity = (typeof IP_SEVERITIES)[number]
type Matchers = Record<IpSeverity, (address: string) => boolean>

const CHANNEL = 'ip_blocks'
/** Another process on SQLite cannot tell of a change; blocks also run out. */
const LONGEST_MS = 5000
const MOST = 50_000

interface Kept {
  matchers: Matchers | undefined
  loading: Promise<Matchers> | undefined
  at: number
}

const kept = new WeakMap<object, Kept>()

function keptFor(ctx: Pick<Context, 'store'>): Kept {
  const known = kept.get(ctx.store)
  if (known) return known
  const fresh: Kept = { matchers: undefined, loading: undefined, at: 0 }
  kept.set(ctx.store, fresh)
  ctx.store.signals.listen(CHANNEL, () => void (fresh.at = Number.NEGATIVE_INFINITY))
  return fresh
}

function changed(ctx: Context): void {
  keptFor(ctx).at = Number.NEGATIVE_INFINITY
  ctx.store.signals.send(CHANNEL, 'changed')
}

async function load(ctx: Pick<Context, 'store' | 'clock'>): Promise<Matchers> {
  const rows = await listIpBlocks(ctx.store.read, ctx.clock.now(), MOST)
  const of = (severity: IpSeverity) =>
    ipMatcher(rows.filter((row) => row.severity === severity).flatMap((row) => readIpRange(row.ip) ?? []))
  return {
    sign_up_requires_approval: of('sign_up_requires_approval'),
    sign_up_block: of('sign_up_block'),
    no_access: of('no_access'),
  }
}

async function matchers(ctx: Pick<Context, 'store' | 'clock'>): Promise<Matchers> {
  const entry = keptFor(ctx)
  if (entry.matchers && performance.now() - entry.at < LONGEST_MS) return entry.matchers
  if (!entry.loading) {
    entry.at = performance.now()
    entry.loading = load(ctx)
      .then((fresh) => (entry.matchers = fresh))
      .finally(() => void (entry.loading = undefined))
  }
  return entry.loading
}

/** The strictest block that an address lies in. */
export async function ipSeverity(
  ctx: Pick<Context, 'store' | 'clock'>,
  address: string,
): Promise<IpSeverity | undefined> {
  const known = await matchers(ctx)
  return IP_SEVERITIES.findLast((severity) => known[severity](address))
}

export interface IpBlockWish {
  ip?: string
  severity?: string
  comment?: string
  /** Seconds from now; null: for ever. */
  expiresIn?: number | null
}

function checked(ctx: Context, wish: IpBlockWish) {
  const range = wish.ip === undefined ? undefined : readIpRange(wish.ip)
  if (wish.ip !== undefined && !range)
    throw new Refusal('invalid', 'Validation failed: Ip is not a valid IP address')
  // A mask this wide shuts half the world out.
  if (range && range.prefix < (range.family === 'ipv4' ? 8 : 16))
    throw new Refusal('invalid', 'Validation failed: Ip covers too large a network')
  const severity = IP_SEVERITIES.find((one) => one === wish.severity)
  if (wish.severity !== undefined && !severity)
    throw new Refusal('invalid', `Validation failed: Severity must be one of ${IP_SEVERITIES.join(', ')}`)
  const expires =
    wish.expiresIn === undefined
      ? {}
      : { expires_at: wish.expiresIn === null ? null : ctx.clock.now() + wish.expiresIn * 1000 }
  return {
    ...(range ? { ip: writeIpRange(range) } : {}),
    ...(severity ? { severity } : {}),
    ...(wish.comment === undefined ? {} : { comment: wish.comment.slice(0, 1000) }),
    ...expires,
  }
}

export async function pageIps(ctx: Context, actor: Actor, window: IdWindow): Promise<IpBlockRow[]> {
  requirePermission(actor, 'manage-blocks')
  return pageIpBlocks(ctx.store.read, window)
}

export async function findIp(ctx: Context, actor: Actor, id: number): Promise<IpBlockRow> {
  requirePermission(actor, 'manage-blocks')
  const row = await findIpBlock(ctx.store.read, id)
  if (!row) throw notFound()
  return row
}

export async function blockIp(ctx: Context, actor: Actor, wish: IpBlockWish): Promise<IpBlockRow> {
  requirePermission(actor, 'manage-blocks')
  const { ip, severity, comment = '', expires_at = null } = checked(ctx, wish)
  if (ip === undefined || severity === undefined)
    throw new Refusal('invalid', "Validation failed: Ip can't be blank, Severity can't be blank")
  const row: IpBlockRow = {
    id: ctx.ids.next(),
    ip,
    severity,
    comment,
    expires_at,
    created_at: ctx.clock.now(),
  }
  await ctx.store.write(async (tx) => {
    if (!(await insertIpBlock(tx, row)))
      throw new Refusal('invalid', 'Validation failed: Ip has already been taken')
    await logAction(ctx, tx, actor, {
      action: 'create',
      kind: 'ip-block',
      id: row.id,
      detail: { name: ip, severity },
    })
  })
  changed(ctx)
  return row
}

export async function changeIpBlock(
  ctx: Context,
  actor: Actor,
  id: number,
  wish: IpBlockWish,
): Promise<IpBlockRow> {
  requirePermission(actor, 'manage-blocks')
  const change = checked(ctx, wish)
  const row = await ctx.store.write(async (tx) => {
    const before = await findIpBlock(tx, id)
    if (!before) throw notFound()
    const after = Object.keys(change).length === 0 ? before : await updateIpBlock(tx, id, change)
    await logAction(ctx, tx, actor, { action: 'update', kind: 'ip-block', id, detail: { name: before.ip } })
    return after ?? before
  })
  changed(ctx)
  return row
}

export async function unblockIp(ctx: Context, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-blocks')
  await ctx.store.write(async (tx) => {
    const row = await deleteIpBlock(tx, id)
    if (!row) throw notFound()
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'ip-block', id, detail: { name: row.ip } })
  })
  changed(ctx)
}
