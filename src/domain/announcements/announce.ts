// Administrators tell everybody something, now or later, change it, and take it back.
import { formatMarkdown } from '../../lib/text/format-markdown.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  deleteAnnouncement,
  findAnnouncement,
  insertAnnouncement,
  listAllAnnouncements,
  updateAnnouncement,
} from '../../store/announcements.ts'
import type { AnnouncementRow } from '../../store/announcements.ts'
import type { Context } from '../context.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'
import { tellListeners } from './tell-listeners.ts'

export type { AnnouncementRow }

/** `text` is Markdown; times in milliseconds since 1970. */
export interface AnnouncementWish {
  text: string
  startsAt?: number | null
  endsAt?: number | null
  allDay?: boolean
  /** When everybody sees it: now when left out, never when null. */
  publishedAt?: number | null
}

const MOST_TEXT = 10_000

function checkText(text: string): void {
  if (text.trim() === '' || text.length > MOST_TEXT)
    throw new Refusal('invalid', `An announcement has between 1 and ${MOST_TEXT} characters`)
}

function checkTimes({ starts_at, ends_at }: Pick<AnnouncementRow, 'starts_at' | 'ends_at'>): void {
  if (starts_at !== null && ends_at !== null && ends_at < starts_at)
    throw new Refusal('invalid', 'An announcement cannot end before it begins')
}

function toHtml(ctx: Context, text: string): string {
  const words = { mention: () => undefined, hashtag: (name: string) => ctx.urls.tag(name) }
  return formatMarkdown(text, words).html
}

/** Gives its id. Without an actor it is the server itself. */
export async function announce(ctx: Context, wish: AnnouncementWish, actor?: Actor): Promise<number> {
  if (actor) requirePermission(actor, 'manage-announcements')
  checkText(wish.text)
  const now = ctx.clock.now()
  const row: AnnouncementRow = {
    id: ctx.ids.next(),
    text: wish.text,
    content: toHtml(ctx, wish.text),
    starts_at: wish.startsAt ?? null,
    ends_at: wish.endsAt ?? null,
    all_day: wish.allDay === true ? 1 : 0,
    published_at: wish.publishedAt === undefined ? now : wish.publishedAt,
    created_at: now,
    updated_at: now,
  }
  checkTimes(row)
  await ctx.store.write(async (tx) => {
    await insertAnnouncement(tx, row)
    const detail = { name: row.text.slice(0, 100) }
    await logAction(ctx, tx, actor, { action: 'create', kind: 'announcement', id: row.id, detail })
    tellListeners(ctx, tx, 'announcement', row.id)
  })
  return row.id
}

/** What is left out stays as it was. */
export async function changeAnnouncement(
  ctx: Context,
  actor: Actor,
  id: number,
  wish: Partial<AnnouncementWish>,
): Promise<void> {
  requirePermission(actor, 'manage-announcements')
  if (wish.text !== undefined) checkText(wish.text)
  await ctx.store.write(async (tx) => {
    const before = await findAnnouncement(tx, id)
    if (!before) throw notFound()
    const next = {
      ...before,
      ...(wish.text === undefined ? {} : { text: wish.text, content: toHtml(ctx, wish.text) }),
      ...(wish.startsAt === undefined ? {} : { starts_at: wish.startsAt }),
      ...(wish.endsAt === undefined ? {} : { ends_at: wish.endsAt }),
      ...(wish.allDay === undefined ? {} : { all_day: wish.allDay ? 1 : 0 }),
      ...(wish.publishedAt === undefined ? {} : { published_at: wish.publishedAt }),
      updated_at: ctx.clock.now(),
    }
    checkTimes(next)
    await updateAnnouncement(tx, next)
    const detail = { name: next.text.slice(0, 100) }
    await logAction(ctx, tx, actor, { action: 'update', kind: 'announcement', id, detail })
    tellListeners(ctx, tx, next.published_at === null ? 'announcement-deleted' : 'announcement', id)
  })
}

export async function withdrawAnnouncement(ctx: Context, id: number, actor?: Actor): Promise<void> {
  if (actor) requirePermission(actor, 'manage-announcements')
  await ctx.store.write(async (tx) => {
    const row = await findAnnouncement(tx, id)
    if (!row || !(await deleteAnnouncement(tx, id))) throw notFound()
    const detail = { name: row.text.slice(0, 100) }
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'announcement', id, detail })
    tellListeners(ctx, tx, 'announcement-deleted', id)
  })
}

/** Those that nobody sees (yet, any more) as well, newest first. */
export async function listAllForAdmins(ctx: Context, actor: Actor): Promise<AnnouncementRow[]> {
  requirePermission(actor, 'manage-announcements')
  return listAllAnnouncements(ctx.store.read)
}
