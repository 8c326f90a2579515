// Takes in a list that somebody brings along: read at once, done line by line in the background.
import { readCsv } from '../../../lib/text/csv.ts'
import { Refusal } from '../../../model/refusal.ts'
import { findImport, insertImport, listImports, updateImport } from '../../../store/imports.ts'
import type { ImportRow } from '../../../store/imports.ts'
import type { Context } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { DomainJob } from '../../posts/post-jobs.ts'
import { EXPORT_KINDS } from './export-lists.ts'
import type { ExportKind } from './export-lists.ts'
import { importLine } from './import-line.ts'
import { linesLeftOut, removeLine } from './replace-list.ts'

export type { ImportRow } from '../../../store/imports.ts'

export const IMPORT_LINES = 'import-lines'
export const IMPORT_QUEUE = 'imports'

const MOST_LINES = 20_000
const MOST_TEXT = 2_000_000
/** Lines that one run of the job looks after: each may ask another server. */
const CHUNK = 10
const MOST_SHOWN = 10

/** The jobs of what people bring along. */
export const importJobs: readonly DomainJob[] = [
  {
    kind: IMPORT_LINES,
    queue: IMPORT_QUEUE,
    run: (ctx, payload) => importSome(ctx, (payload as { id: number }).id),
  },
]

/** What an import would do in the mode `replace`. */
export interface ImportPreview {
  total: number
  /** How many entries would go, counted up to a thousand, and the first of them. */
  removes: number
  examples: string[]
}

const MOST_COUNTED = 1000
/** Entries that one run of the job takes away. */
const SWEEP = 50

/** What would be taken away; nothing is changed. */
export async function previewImport(
  ctx: Context,
  accountId: number,
  wish: { kind: string; text: string },
): Promise<ImportPreview> {
  const { kind, lines } = readWish(wish)
  const left = await linesLeftOut(ctx, accountId, { kind, wanted: lines, limit: MOST_COUNTED })
  const examples = left.slice(0, 10).map((line) => (kind === 'lists' ? line.join(': ') : (line[0] ?? '')))
  return { total: lines.length, removes: left.length, examples }
}

function readWish(wish: { kind: string; text: string }): { kind: ExportKind; lines: string[][] } {
  const kind = EXPORT_KINDS.find((one) => one === wish.kind)
  if (!kind) throw new Refusal('invalid', `Validation failed: kind must be one of ${EXPORT_KINDS.join(', ')}`)
  if (wish.text.length > MOST_TEXT) throw new Refusal('too-large', 'This file is larger than 2 MB')
  const lines = linesOf(kind, wish.text)
  if (lines.length === 0) throw new Refusal('invalid', 'There is no line in this file that could be used')
  return { kind, lines }
}

/** Adds to what is there; in the mode `replace`, what is not in the list is taken away afterwards. */
export async function startImport(
  ctx: Context,
  accountId: number,
  wish: { kind: string; text: string; mode: 'merge' | 'replace' },
): Promise<ImportRow> {
  const { kind, lines } = readWish(wish)
  const row: ImportRow = {
    id: ctx.ids.next(),
    account_id: accountId,
    kind,
    lines: JSON.stringify(lines),
    total: lines.length,
    done: 0,
    failed: 0,
    created_at: ctx.clock.now(),
    finished_at: null,
    mode: wish.mode,
    removed: 0,
  }
  await ctx.store.write(async (tx) => {
    const running = (await listImports(tx, accountId, MOST_SHOWN)).filter((one) => one.finished_at === null)
    if (running.length >= 3)
      throw new Refusal('conflict', 'Three lists are being taken in already; wait for one of them')
    await insertImport(tx, row)
    await goOn(ctx, tx, row.id, 0)
  })
  return row
}

/** A heading names columns and is left out; so are lines that hold no address. */
function linesOf(kind: ExportKind, text: string): string[][] {
  const at = kind === 'lists' ? 1 : 0
  const sign = kind === 'domain_blocks' ? '.' : kind === 'bookmarks' ? '://' : '@'
  return readCsv(text, MOST_LINES).filter((line) => line[at]?.includes(sign) === true)
}

export async function readImports(ctx: Context, accountId: number): Promise<ImportRow[]> {
  return listImports(ctx.store.read, accountId, MOST_SHOWN)
}

async function goOn(ctx: Context, tx: Tx, id: number, done: number | string): Promise<void> {
  const key = `${IMPORT_LINES}-${id}-${done}`
  await ctx.jobs.add(tx, { queue: IMPORT_QUEUE, kind: IMPORT_LINES, payload: { id }, key })
}

/** Lines may be done twice when the process stops in between; each of them says what shall be, not what to change. */
async function importSome(ctx: Context, id: number): Promise<void> {
  const row = await findImport(ctx.store.read, id)
  if (!row || row.finished_at !== null) return
  if (row.done >= row.total) return sweep(ctx, row)
  const lines = (JSON.parse(row.lines) as string[][]).slice(row.done, row.done + CHUNK)
  let failed = 0
  for (const line of lines)
    if (!(await importLine(ctx, row.account_id, row.kind as ExportKind, line))) failed += 1
  const done = row.done + lines.length
  const isOver = done >= row.total && row.mode !== 'replace'
  await ctx.store.write(async (tx) => {
    await updateImport(tx, id, {
      done,
      failed: row.failed + failed,
      ...(isOver ? { finished_at: ctx.clock.now(), lines: '[]' } : {}),
    })
    if (!isOver) await goOn(ctx, tx, id, done)
  })
}

/** Takes away some of what the list does not hold; over when nothing more can be taken. */
async function sweep(ctx: Context, row: ImportRow): Promise<void> {
  const wanted = JSON.parse(row.lines) as string[][]
  const kind = row.kind as ExportKind
  const left = await linesLeftOut(ctx, row.account_id, { kind, wanted, limit: SWEEP })
  let removed = 0
  for (const line of left) if (await removeLine(ctx, row.account_id, kind, line)) removed += 1
  const isOver = removed === 0 || left.length < SWEEP
  await ctx.store.write(async (tx) => {
    await updateImport(tx, row.id, {
      removed: row.removed + removed,
      ...(isOver ? { finished_at: ctx.clock.now(), lines: '[]' } : {}),
    })
    if (!isOver) await goOn(ctx, tx, row.id, `sweep-${row.removed + removed}`)
  })
}
