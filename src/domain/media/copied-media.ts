// Attachments of other servers' posts and the copies we keep of them.
import { readFile } from 'node:fs/promises'
import { Refusal } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { keepMediaCopy } from '../../store/media-files.ts'
import { findMedia } from '../../store/media-rows.ts'
import type { MediaRow } from '../../model/media.ts'
import { refusesMedia } from './copied-pictures.ts'
import { dropFiles, keepMedia } from './keep-files.ts'
import type { MadeMedia, MediaContext } from './machines.ts'
import { mediaKeys } from './media-keys.ts'

export type MediaStyle = 'original' | 'small'

/** The attachment, unless its author is hidden or its server's media are refused here. */
export async function findCopiedMedia(ctx: MediaContext, id: number): Promise<MediaRow | undefined> {
  const [row] = await findMedia(ctx.store.read, [id])
  if (!row || (row.post_id ?? row.inline_of) === null) return undefined
  const account = await findAccount(ctx.store.read, row.account_id)
  if (!account || account.suspended_at !== null || account.deleted_at !== null) return undefined
  return (await refusesMedia(ctx, account.domain)) ? undefined : row
}

/** Where the copy lies in this style; null when there is none. */
export function copyKey(row: MediaRow, style: MediaStyle): string | null {
  if (style === 'original') return row.file_key
  return row.preview_key ?? (row.kind === 'image' ? row.file_key : null)
}

/** What must be fetched to show this style; undefined when it cannot be had. */
export function sourceOf(row: MediaRow, style: MediaStyle): { url: string; preview: boolean } | undefined {
  if (style === 'small' && row.kind !== 'image')
    return row.remote_preview_url === null ? undefined : { url: row.remote_preview_url, preview: true }
  return row.remote_url === null ? undefined : { url: row.remote_url, preview: false }
}

/** A file as it was fetched, on the local disk. */
export interface Fetched {
  url: string
  preview: boolean
  path: string
}

/**
 * Keeps a copy of a fetched file: pictures made safe and small, video and sound as they came, once their content is known
 * to be what it should. Throws Refusal for everything else.
 */
export async function keepCopiedMedia(ctx: MediaContext, row: MediaRow, fetched: Fetched): Promise<void> {
  const now = ctx.clock.now()
  const made = fetched.preview ? await makePreview(ctx, fetched.path) : await makeCopy(ctx, row, fetched.path)
  const kept = await keepMedia(ctx, mediaKeys(row.id, 'cache'), made)
  const before = JSON.parse(row.meta) as object
  const change = {
    blurhash: row.blurhash ?? kept.blurhash,
    bytes: kept.bytes + (row.cached_at === null ? 0 : row.bytes),
    cached_at: now,
    used_at: now,
    ...(fetched.preview
      ? { preview_key: kept.file_key }
      : {
          kind: kept.kind,
          content_type: kept.content_type,
          file_key: kept.file_key,
          ...(kept.preview_key !== null && { preview_key: kept.preview_key }),
          meta: JSON.stringify({ ...before, ...made.meta }),
        }),
  }
  const isKept = await ctx.store.write((tx) => keepMediaCopy(tx, { id: row.id, ...fetched }, change))
  await dropFiles(ctx, isKept ? replaced(row, change) : [kept.file_key, kept.preview_key])
}

function replaced(row: MediaRow, change: { file_key?: string; preview_key?: string }): (string | null)[] {
  return [change.file_key ? row.file_key : null, change.preview_key ? row.preview_key : null]
}

async function makePreview(ctx: MediaContext, path: string): Promise<MadeMedia> {
  const { small, blurhash } = await ctx.media.works.preview(await readFile(path))
  return {
    kind: 'image',
    files: { original: small },
    meta: {},
    blurhash,
    contentType: small.contentType,
    release: () => Promise.resolve(),
  }
}

async function makeCopy(ctx: MediaContext, row: MediaRow, path: string): Promise<MadeMedia> {
  const found = await ctx.media.works.recognise({ path })
  if (found.family === 'image') return ctx.media.works.picture(await readFile(path))
  if (row.kind === 'image') throw new Refusal('unsupported', 'This file is no picture.')
  const { contentType, extension, byteLength } = found
  return {
    kind: row.kind === 'gifv' ? 'gifv' : found.family,
    files: { original: { body: { path }, byteLength, contentType, extension } },
    meta: {},
    blurhash: null,
    contentType,
    release: () => Promise.resolve(),
  }
}
