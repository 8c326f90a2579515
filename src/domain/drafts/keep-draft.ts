// Keeps what somebody has begun to write, with its media, until it is published or thrown away.
import { DRAFT_LIMITS } from '../../model/kept-draft.ts'
import type { DraftContent, KeptDraft } from '../../model/kept-draft.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  countDrafts,
  deleteDraft,
  findDraft,
  insertDraft,
  pageDrafts,
  updateDraft,
} from '../../store/drafts.ts'
import { findMedia } from '../../store/media-rows.ts'
import type { IdWindow } from '../../model/page.ts'
import type { MediaRow } from '../../model/media.ts'
import type { Db } from '../../store/open.ts'
import type { Context } from '../context.ts'
import { POST_LIMITS } from '../posts/limits.ts'
import type { Tx } from '../ports.ts'

/** Newest first. */
export function listDrafts(ctx: Context, accountId: number, window: IdWindow): Promise<KeptDraft[]> {
  return pageDrafts(ctx.store.read, accountId, window)
}

export function ownDraft(ctx: Context, accountId: number, id: number): Promise<KeptDraft> {
  return own(ctx.store.read, accountId, id)
}

async function own(db: Db, accountId: number, id: number): Promise<KeptDraft> {
  const draft = await findDraft(db, id)
  if (draft?.accountId !== accountId) throw notFound()
  return draft
}

/** Something unfinished may break the rules of posts, only not those of size. */
function check(content: DraftContent): void {
  const { parts } = content
  if (parts.length === 0 || parts.length > DRAFT_LIMITS.parts)
    throw new Refusal('invalid', `A draft holds one to ${DRAFT_LIMITS.parts} posts`)
  if (parts.some((part) => part.mediaIds.length > POST_LIMITS.media))
    throw new Refusal('invalid', `A post can hold at most ${POST_LIMITS.media} media files`)
  if (content.circleIds.length > POST_LIMITS.circles)
    throw new Refusal('invalid', `A post can go to at most ${POST_LIMITS.circles} circles`)
  if (JSON.stringify(content).length > DRAFT_LIMITS.bytes)
    throw new Refusal('invalid', 'The draft is too long')
}

async function checkMedia(db: Db, accountId: number, content: DraftContent): Promise<void> {
  const ids = content.parts.flatMap((part) => part.mediaIds)
  const rows = await findMedia(db, ids)
  if (rows.filter((row) => row.account_id === accountId).length < new Set(ids).size)
    throw new Refusal('invalid', 'A media file was not found')
}

export async function createDraft(
  ctx: Context,
  accountId: number,
  content: DraftContent,
): Promise<KeptDraft> {
  check(content)
  await checkMedia(ctx.store.read, accountId, content)
  return ctx.store.write(async (tx) => {
    if ((await countDrafts(tx, accountId, DRAFT_LIMITS.drafts)) >= DRAFT_LIMITS.drafts)
      throw new Refusal('invalid', `You can keep at most ${DRAFT_LIMITS.drafts} drafts`)
    return keepDraft(ctx, tx, accountId, content)
  })
}

/** Keeps a draft whatever the limits say: something written must not be lost. */
export async function keepDraft(
  ctx: Context,
  tx: Tx,
  accountId: number,
  content: DraftContent,
  problem: string | null = null,
): Promise<KeptDraft> {
  const now = ctx.clock.now()
  const draft = { id: ctx.ids.next(), accountId, content, problem, createdAt: now, updatedAt: now }
  await insertDraft(tx, draft)
  return draft
}

/** Refuses when the draft was changed after `known`, the time of the version that the change began from. */
export async function changeDraft(
  ctx: Context,
  accountId: number,
  id: number,
  change: { content: DraftContent; known: number | undefined },
): Promise<KeptDraft> {
  check(change.content)
  await checkMedia(ctx.store.read, accountId, change.content)
  return ctx.store.write(async (tx) => {
    const before = await own(tx, accountId, id)
    const updatedAt = Math.max(ctx.clock.now(), before.updatedAt + 1)
    const draft = { ...before, content: change.content, problem: null, updatedAt }
    if (!(await updateDraft(tx, draft, change.known)))
      throw new Refusal('conflict', 'This draft was changed elsewhere meanwhile')
    return draft
  })
}

/** Its media are thrown away with other uploads that nobody used. */
export async function discardDraft(ctx: Context, accountId: number, id: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    await own(tx, accountId, id)
    await deleteDraft(tx, id)
  })
}

/** The media of several drafts, by id; those that are gone are left out. */
export async function draftMedia(
  ctx: Context,
  drafts: readonly KeptDraft[],
): Promise<ReadonlyMap<number, MediaRow>> {
  const ids = drafts.flatMap((draft) => draft.content.parts.flatMap((part) => part.mediaIds))
  const rows = await findMedia(ctx.store.read, [...new Set(ids)])
  return new Map(
    rows.flatMap((row): [number, MediaRow][] =>
      drafts.some((draft) => draft.accountId === row.account_id) ? [[row.id, row]] : [],
    ),
  )
}
