// Pictures of other servers that stand for something, account, emoji or link preview, and the copies we keep of them.
import { findAccount } from '../../store/accounts.ts'
import {
  findCardPicture,
  findEmojiPicture,
  keepAccountPicture,
  keepCardPicture,
  keepEmojiPicture,
} from '../../store/picture-copies.ts'
import type { PictureCopy } from '../../store/picture-copies.ts'
import { policyFor } from '../moderation/policy-cache.ts'
import type { Tx } from '../ports.ts'
import { dropFiles, keepPicture } from './keep-files.ts'
import type { MadePicture, MediaContext } from './machines.ts'
import { pictureKeys } from './media-keys.ts'

export type PictureOf =
  | { of: 'accounts'; id: number; which: 'avatar' | 'header' }
  | { of: 'emojis' | 'cards'; id: number }

/** A picture as it stands now: where it comes from, and where its copy lies, if there is one. */
export interface CopiedPicture {
  id: number
  url: string | null
  key: string | null
  staticKey: string | null
  maxBytes: number
  make(bytes: Uint8Array): Promise<MadePicture>
  folder: 'cache/accounts' | 'cache/emojis' | 'cache/cards'
  name: string
  keep(tx: Tx, copy: PictureCopy): Promise<boolean>
}

const PICTURE_BYTES = 8 * 1_048_576
const EMOJI_BYTES = 2 * 1_048_576

/** Undefined for what does not exist, is hidden, or comes from a server whose media are refused here. */
export async function findCopiedPicture(
  ctx: MediaContext,
  wanted: PictureOf,
): Promise<CopiedPicture | undefined> {
  if (wanted.of === 'accounts') return findAccountPicture(ctx, wanted.id, wanted.which)
  return wanted.of === 'emojis' ? findEmoji(ctx, wanted.id) : findCard(ctx, wanted.id)
}

async function findAccountPicture(
  ctx: MediaContext,
  id: number,
  which: 'avatar' | 'header',
): Promise<CopiedPicture | undefined> {
  const account = await findAccount(ctx.store.read, id)
  if (!account || account.suspended_at !== null || account.deleted_at !== null) return undefined
  if (await refusesMedia(ctx, account.domain)) return undefined
  return {
    id,
    url: account[`${which}_remote_url`],
    key: account[`${which}_key`],
    staticKey: account[`${which}_static_key`],
    maxBytes: PICTURE_BYTES,
    make: (bytes) => ctx.media.works[which](bytes),
    folder: 'cache/accounts',
    name: `${id}-${which}`,
    keep: (tx, copy) => keepAccountPicture(tx, which, copy),
  }
}

async function findEmoji(ctx: MediaContext, id: number): Promise<CopiedPicture | undefined> {
  const emoji = await findEmojiPicture(ctx.store.read, id)
  if (!emoji || emoji.disabled === 1 || (await refusesMedia(ctx, emoji.domain))) return undefined
  return {
    id,
    url: emoji.remote_url,
    key: emoji.file_key,
    staticKey: emoji.static_key,
    maxBytes: EMOJI_BYTES,
    make: (bytes) => ctx.media.works.emoji(bytes, EMOJI_BYTES),
    folder: 'cache/emojis',
    name: String(id),
    keep: keepEmojiPicture,
  }
}

async function findCard(ctx: MediaContext, id: number): Promise<CopiedPicture | undefined> {
  const card = await findCardPicture(ctx.store.read, id)
  if (!card || (await refusesMedia(ctx, URL.parse(card.url)?.hostname ?? ''))) return undefined
  return {
    id,
    url: card.image_remote_url,
    key: card.image_key,
    staticKey: card.image_key,
    maxBytes: PICTURE_BYTES,
    make: async (bytes) => ({ original: (await ctx.media.works.preview(bytes)).small }),
    folder: 'cache/cards',
    name: String(id),
    keep: keepCardPicture,
  }
}

/** Whether an operator decided that nothing of this server is shown or fetched; '' is ours. */
export async function refusesMedia(ctx: MediaContext, domain: string): Promise<boolean> {
  if (domain === '') return false
  const policy = await policyFor(ctx, domain)
  return policy.suspended || policy.rejectMedia
}

/** Makes a fetched picture safe and keeps it; nothing is kept when the picture has changed meanwhile. */
export async function keepCopiedPicture(
  ctx: MediaContext,
  picture: CopiedPicture,
  fetched: { url: string; bytes: Uint8Array },
): Promise<{ key: string; staticKey: string } | undefined> {
  const made = await picture.make(fetched.bytes)
  const kept = await keepPicture(ctx, pictureKeys(picture.folder, picture.name), made)
  const copy = { id: picture.id, url: fetched.url, ...kept }
  if (await ctx.store.write((tx) => picture.keep(tx, copy))) {
    await dropFiles(ctx, [picture.key, picture.staticKey])
    return kept
  }
  await dropFiles(ctx, [kept.key, kept.staticKey])
  return undefined
}
