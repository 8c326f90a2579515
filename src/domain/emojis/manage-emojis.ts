// Administrators upload emojis, copy them from other servers, sort them, and switch them off and on.
import type { CustomEmoji } from '../../model/custom-emoji.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  deleteEmoji,
  findEmojiRow,
  insertOwnEmoji,
  listEmojiRows,
  updateEmoji,
} from '../../store/custom-emojis.ts'
import type { Context } from '../context.ts'
import { dropFiles, keepPicture } from '../media/keep-files.ts'
import type { MediaContext } from '../media/machines.ts'
import { pictureKeys } from '../media/media-keys.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'

const NAME = /^\w{2,64}$/
/** The largest picture that is made into an emoji; others are smaller when they arrive. */
export const EMOJI_BYTES = 2 * 1_048_576

export interface EmojiWish {
  shortcode: string
  category: string
  bytes: Uint8Array
}

export async function listEmojis(
  ctx: Context,
  actor: Actor,
  choice: { local: boolean; text: string; after: string; limit: number },
): Promise<CustomEmoji[]> {
  requirePermission(actor, 'manage-emojis')
  return listEmojiRows(ctx.store.read, choice)
}

function checkName(shortcode: string): string {
  if (!NAME.test(shortcode))
    throw new Refusal(
      'invalid',
      'The name of an emoji has 2 to 64 letters without accents, digits and underscores',
    )
  return shortcode
}

/** Refuses names that are taken, and pictures that cannot be read. */
export async function addEmoji(ctx: MediaContext, actor: Actor, wish: EmojiWish): Promise<CustomEmoji> {
  requirePermission(actor, 'manage-emojis')
  const shortcode = checkName(wish.shortcode)
  const made = await ctx.media.works.emoji(wish.bytes, EMOJI_BYTES)
  const id = ctx.ids.next()
  const kept = await keepPicture(ctx, pictureKeys('emojis', String(id)), made)
  const now = ctx.clock.now()
  const row: CustomEmoji = {
    id,
    domain: '',
    shortcode,
    uri: ctx.urls.emoji(id),
    remote_url: null,
    file_key: kept.key,
    static_key: kept.staticKey,
    category: categoryOf(wish.category),
    visible: 1,
    disabled: 0,
    created_at: now,
    updated_at: now,
  }
  try {
    await ctx.store.write(async (tx) => {
      if (!(await insertOwnEmoji(tx, row)))
        throw new Refusal('conflict', `There is an emoji :${shortcode}: already`)
      await logAction(ctx, tx, actor, { action: 'create', kind: 'emoji', id, detail: { name: shortcode } })
    })
  } catch (error) {
    await dropFiles(ctx, [kept.key, kept.staticKey])
    throw error
  }
  return row
}

function categoryOf(text: string): string | null {
  const category = text.trim().slice(0, 100)
  return category === '' ? null : category
}

export interface EmojiChange {
  category?: string
  isVisible?: boolean
  isDisabled?: boolean
}

/** Another server's emoji can only be switched off and on. */
export async function changeEmoji(
  ctx: Context,
  actor: Actor,
  id: number,
  change: EmojiChange,
): Promise<CustomEmoji> {
  requirePermission(actor, 'manage-emojis')
  return ctx.store.write(async (tx) => {
    const before = await findEmojiRow(tx, id)
    if (!before) throw notFound()
    const isOwn = before.domain === ''
    const row = await updateEmoji(tx, id, {
      updated_at: ctx.clock.now(),
      ...(change.isDisabled === undefined ? {} : { disabled: change.isDisabled ? 1 : 0 }),
      ...(isOwn && change.category !== undefined ? { category: categoryOf(change.category) } : {}),
      ...(isOwn && change.isVisible !== undefined ? { visible: change.isVisible ? 1 : 0 } : {}),
    })
    const action = change.isDisabled === undefined ? 'update' : change.isDisabled ? 'disable' : 'enable'
    await logAction(ctx, tx, actor, { action, kind: 'emoji', id, detail: { name: before.shortcode } })
    return row ?? before
  })
}

/** Posts that use it show its name from now on. */
export async function removeEmoji(ctx: MediaContext, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-emojis')
  const row = await ctx.store.write(async (tx) => {
    const gone = await deleteEmoji(tx, id)
    if (!gone) throw notFound()
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'emoji', id, detail: { name: gone.shortcode } })
    return gone
  })
  await dropFiles(ctx, [row.file_key, row.static_key])
}

/** Another server's emoji, to be copied; the caller fetches its picture. */
export async function findForeignEmoji(ctx: Context, actor: Actor, id: number): Promise<CustomEmoji> {
  requirePermission(actor, 'manage-emojis')
  const row = await findEmojiRow(ctx.store.read, id)
  if (!row || row.domain === '' || row.remote_url === null) throw notFound()
  return row
}
