// Hangs uploaded media on a post of their owner, with descriptions and focal points.
import { Refusal } from '../../model/refusal.ts'
import type { PostDraft } from '../../model/post.ts'
import { attachMedia, detachMedia, findMedia, listMediaOf, updateMedia } from '../../store/media-rows.ts'
import type { MediaRow } from '../../model/media.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

type WithMedia = Pick<PostDraft, 'mediaIds' | 'mediaAttributes'>

/** Refuses media that are not the author's, belong to another post, or are still being worked on. */
export async function checkDraftMedia(
  ctx: Context,
  accountId: number,
  mediaIds: readonly number[],
  postId?: number,
): Promise<void> {
  const media = await findMedia(ctx.store.read, mediaIds)
  const own = media.filter((row) => row.account_id === accountId)
  if (own.length !== mediaIds.length) throw new Refusal('invalid', 'A media file was not found')
  if (own.some((row) => row.post_id !== null && row.post_id !== postId)) {
    throw new Refusal('invalid', 'A media file belongs to another post already')
  }
  if (own.some((row) => row.state === 'processing')) {
    throw new Refusal('invalid', 'A media file is still being processed; try again in a moment')
  }
  if (own.some((row) => row.state !== 'ready')) {
    throw new Refusal('invalid', 'A media file could not be processed')
  }
}

export async function attachDraftMedia(
  tx: Tx,
  post: { id: number; accountId: number },
  draft: WithMedia,
): Promise<void> {
  const ids = draft.mediaIds ?? []
  if ((await attachMedia(tx, post, ids)) !== ids.length) {
    throw new Refusal('invalid', 'A media file belongs to another post already')
  }
  await describeMedia(tx, await namedIn(tx, draft), draft)
}

/** Makes the media of a post exactly those of the edit; says whether anything changed. */
export async function replaceMedia(
  tx: Tx,
  post: { id: number; accountId: number },
  edit: WithMedia,
): Promise<boolean> {
  const before = await listMediaOf(tx, post.id)
  const ids = edit.mediaIds ?? before.map((row) => row.id)
  const isSame = ids.length === before.length && ids.every((id, index) => before[index]?.id === id)
  if (!isSame) {
    await detachMedia(tx, post.id, ids)
    if ((await attachMedia(tx, post, ids)) !== ids.length) {
      throw new Refusal('invalid', 'A media file belongs to another post already')
    }
  }
  const now = isSame ? before : await listMediaOf(tx, post.id)
  return (await describeMedia(tx, now, edit)) || !isSame
}

async function namedIn(tx: Tx, draft: WithMedia): Promise<MediaRow[]> {
  if ((draft.mediaAttributes ?? []).length === 0) return []
  return findMedia(tx, draft.mediaIds ?? [])
}

async function describeMedia(tx: Tx, media: readonly MediaRow[], draft: WithMedia): Promise<boolean> {
  let isChanged = false
  for (const wanted of draft.mediaAttributes ?? []) {
    const row = media.find((one) => one.id === wanted.id)
    if (!row) continue
    const description = wanted.description === undefined ? row.description : wanted.description.trim() || null
    const meta = wanted.focus ? withFocus(row.meta, wanted.focus) : row.meta
    if (description === row.description && meta === row.meta) continue
    await updateMedia(tx, row.id, { description, meta })
    isChanged = true
  }
  return isChanged
}

function withFocus(meta: string, focus: { x: number; y: number }): string {
  return JSON.stringify({ ...(JSON.parse(meta) as object), focus })
}
