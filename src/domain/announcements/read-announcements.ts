// What people do with announcements: read them, put them away, react to them.
import { countGraphemes } from '../../lib/text/count.ts'
import type { Announcement } from '../../model/announcement.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { deleteReaction, insertReaction, listAnnouncements, markRead } from '../../store/announcements.ts'
import { findLocalEmojis } from '../../store/custom-emojis.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REACTED, tellListeners } from './tell-listeners.ts'

/** Of one announcement. */
const MOST_EMOJIS = 8

export async function readAnnouncements(ctx: Context, accountId: number): Promise<Announcement[]> {
  return listAnnouncements(ctx.store.read, accountId, ctx.clock.now())
}

async function find(ctx: Context, tx: Tx, accountId: number, id: number): Promise<Announcement> {
  const all = await listAnnouncements(tx, accountId, ctx.clock.now())
  const announcement = all.find((one) => one.id === id)
  if (!announcement) throw notFound()
  return announcement
}

export async function dismissAnnouncement(ctx: Context, accountId: number, id: number): Promise<void> {
  await ctx.store.write(async (tx) => markRead(tx, accountId, (await find(ctx, tx, accountId, id)).id))
}

/** `emoji` is one emoji sign, or the name of one of this server's own. */
export interface AnnouncementReacting {
  accountId: number
  id: number
  emoji: string
}

export async function reactToAnnouncement(ctx: Context, reacting: AnnouncementReacting): Promise<void> {
  const { accountId, id, emoji } = reacting
  await ctx.store.write(async (tx) => {
    const { reactions } = await find(ctx, tx, accountId, id)
    if (!(await isEmoji(tx, emoji)))
      throw new Refusal('invalid', 'Validation failed: Name is not a recognized emoji')
    if (!reactions.some((one) => one.emoji === emoji) && reactions.length >= MOST_EMOJIS)
      throw new Refusal('invalid', 'Validation failed: Limit of different reactions reached')
    await insertReaction(tx, { id, accountId, emoji, now: ctx.clock.now() })
    tellListeners(ctx, tx, `${REACTED}${emoji}`, id)
  })
}

async function isEmoji(tx: Tx, emoji: string): Promise<boolean> {
  if (/^\w{2,60}$/.test(emoji)) return (await findLocalEmojis(tx, [emoji])).length > 0
  return emoji.length <= 64 && countGraphemes(emoji) === 1 && /\p{Emoji}/u.test(emoji)
}

/** One that is not there is no error. */
export async function unreactToAnnouncement(ctx: Context, reacting: AnnouncementReacting): Promise<void> {
  const { accountId, id, emoji } = reacting
  await ctx.store.write(async (tx) => {
    await find(ctx, tx, accountId, id)
    await deleteReaction(tx, { id, accountId, emoji })
    tellListeners(ctx, tx, `${REACTED}${emoji}`, id)
  })
}
