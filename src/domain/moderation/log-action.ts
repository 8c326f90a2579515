// Notes who did what to whom, in the transaction in which it is done, and reads these notes.
import type { IdWindow } from '../../model/page.ts'
import { insertLogRows, pageLog } from '../../store/moderation/moderation-log.ts'
import type { LogChoice } from '../../store/moderation/moderation-log.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { Actor } from './actor.ts'
import { requirePermission } from './actor.ts'

export type TargetKind =
  | 'account'
  | 'report'
  | 'post'
  | 'domain'
  | 'rule'
  | 'announcement'
  | 'emoji'
  | 'invite'
  | 'setting'
  | 'relay'
  | 'trend'
  | 'ip-block'
  | 'email-block'
  | 'appeal'
  | 'job'
  | 'host'
  | 'media'

export interface Deed {
  /** A verb: approve, suspend, resolve, create, update, delete... */
  action: string
  kind: TargetKind
  id?: number | null
  /** What is shown of the target when it is gone, and what else is worth knowing; small. */
  detail?: Record<string, string | number | boolean | null>
}

/** Without an actor it was the command line. */
export async function logAction(
  ctx: Context,
  tx: Tx,
  actor: Pick<Actor, 'accountId'> | undefined,
  deed: Deed,
): Promise<void> {
  await logActions(ctx, tx, actor, [deed])
}

export async function logActions(
  ctx: Context,
  tx: Tx,
  actor: Pick<Actor, 'accountId'> | undefined,
  deeds: readonly Deed[],
): Promise<void> {
  const rows = deeds.map((deed) => ({
    id: ctx.ids.next(),
    account_id: actor?.accountId ?? null,
    action: deed.action,
    target_kind: deed.kind,
    target_id: deed.id ?? null,
    detail: JSON.stringify(deed.detail ?? {}),
    created_at: ctx.clock.now(),
  }))
  await insertLogRows(tx, rows)
}

export interface LogEntry {
  id: number
  accountId: number | null
  action: string
  targetKind: string
  targetId: number | null
  detail: Record<string, unknown>
  createdAt: number
}

export async function readLog(
  ctx: Context,
  actor: Actor,
  choice: LogChoice,
  window: IdWindow,
): Promise<LogEntry[]> {
  requirePermission(actor, 'view-audit-log')
  return (await pageLog(ctx.store.read, choice, window)).map((row) => ({
    id: row.id,
    accountId: row.account_id,
    action: row.action,
    targetKind: row.target_kind,
    targetId: row.target_id,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    createdAt: row.created_at,
  }))
}
