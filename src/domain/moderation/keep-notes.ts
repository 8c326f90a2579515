// Moderators write notes about accounts and reports for each other.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { deleteNote, insertNote, listNotes } from '../../store/moderation/notes.ts'
import type { NoteRow } from '../../store/moderation/notes.ts'
import { findReportRow } from '../../store/moderation/report-queue.ts'
import type { Context } from '../context.ts'
import { NOT_ALLOWED, requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction } from './log-action.ts'

export type { NoteRow }

export interface NoteTarget {
  kind: 'account' | 'report'
  id: number
}

const MOST_TEXT = 2000
const MOST_SHOWN = 200

function mayNote(actor: Actor, { kind }: NoteTarget): void {
  requirePermission(actor, kind === 'report' ? 'manage-reports' : 'manage-users')
}

export async function readNotes(ctx: Context, actor: Actor, target: NoteTarget): Promise<NoteRow[]> {
  mayNote(actor, target)
  return listNotes(ctx.store.read, target, MOST_SHOWN)
}

export async function addNote(
  ctx: Context,
  actor: Actor,
  target: NoteTarget,
  content: string,
): Promise<NoteRow> {
  mayNote(actor, target)
  const text = content.trim()
  if (text === '') throw new Refusal('invalid', 'Write something first: this note is empty')
  if (text.length > MOST_TEXT)
    throw new Refusal('invalid', `This note is too long: use at most ${MOST_TEXT} characters`)
  const row: NoteRow = {
    id: ctx.ids.next(),
    account_id: actor.accountId,
    target_kind: target.kind,
    target_id: target.id,
    content: text,
    created_at: ctx.clock.now(),
  }
  await ctx.store.write(async (tx) => {
    const find = target.kind === 'report' ? findReportRow : findAccount
    if (!(await find(tx, target.id))) throw notFound()
    await insertNote(tx, row)
  })
  return row
}

/** One's own; administrators remove any. */
export async function removeNote(ctx: Context, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-reports')
  await ctx.store.write(async (tx) => {
    const row = await deleteNote(tx, id)
    if (!row) throw notFound()
    if (row.account_id !== actor.accountId && actor.role === 'moderator')
      throw new Refusal('forbidden', NOT_ALLOWED)
    const kind = row.target_kind === 'report' ? 'report' : 'account'
    const detail = { note: id, writtenBy: row.account_id }
    await logAction(ctx, tx, actor, { action: 'delete-note', kind, id: row.target_id, detail })
  })
}
