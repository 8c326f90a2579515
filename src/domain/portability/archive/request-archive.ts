// Archives of everything that somebody has here: asking for one, seeing how far it is, and finding its file.
import { randomBytes } from 'node:crypto'
import { notFound, Refusal } from '../../../model/refusal.ts'
import { findArchiveOf, insertArchive, removeArchive } from '../../../store/archives.ts'
import type { ArchiveRow } from '../../../store/archives.ts'
import type { Context } from '../../context.ts'

export type { ArchiveRow } from '../../../store/archives.ts'

export const MAKE_ARCHIVE = 'make-archive'
export const ARCHIVES_QUEUE = 'archives'
/** How long an archive stays, and how long nobody may ask for another. */
export const ARCHIVE_DAYS = 7

const DAY_MS = 86_400_000

/** Asks for an archive; it is made in the background. */
export async function requestArchive(ctx: Context, accountId: number): Promise<ArchiveRow> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const row: ArchiveRow = {
    id,
    account_id: accountId,
    state: 'making',
    file_key: `archives/${id}-${randomBytes(18).toString('base64url')}.tar.gz`,
    total: 0,
    done: 0,
    bytes: 0,
    created_at: now,
    finished_at: null,
    expires_at: now + ARCHIVE_DAYS * DAY_MS,
  }
  await ctx.store.write(async (tx) => {
    const known = await findArchiveOf(tx, accountId)
    if (known && (known.state === 'failed' || known.expires_at <= now)) await removeArchive(tx, known.id)
    if (!(await insertArchive(tx, row)))
      throw new Refusal('too-many', `You can ask for an archive once in ${ARCHIVE_DAYS} days`)
    await ctx.jobs.add(tx, { queue: ARCHIVES_QUEUE, kind: MAKE_ARCHIVE, payload: { id } })
  })
  return row
}

/** The archive of this account, unless it has run out. */
export async function readArchive(ctx: Context, accountId: number): Promise<ArchiveRow | undefined> {
  const row = await findArchiveOf(ctx.store.read, accountId)
  return row && row.expires_at > ctx.clock.now() ? row : undefined
}

/** A finished archive of this account; anything else is not found. */
export async function findOwnArchive(ctx: Context, accountId: number, id: number): Promise<ArchiveRow> {
  const row = await readArchive(ctx, accountId)
  if (!row || row.id !== id || row.state !== 'ready') throw notFound()
  return row
}
