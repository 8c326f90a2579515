// Operators tell everybody something, and take it back.
import { formatMarkdown } from '../../lib/text/format-markdown.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { deleteAnnouncement, insertAnnouncement } from '../../store/announcements.ts'
import type { Context } from '../context.ts'

/** `text` is Markdown; times in milliseconds since 1970. */
export interface AnnouncementWish {
  text: string
  startsAt?: number
  endsAt?: number
  allDay?: boolean
}

const MOST_TEXT = 10_000

/** Published at once; gives its id. */
export async function announce(ctx: Context, wish: AnnouncementWish): Promise<number> {
  if (wish.text.trim() === '' || wish.text.length > MOST_TEXT)
    throw new Refusal('invalid', `An announcement has between 1 and ${MOST_TEXT} characters`)
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const { html } = formatMarkdown(wish.text, {
    mention: () => undefined,
    hashtag: (name) => ctx.urls.tag(name),
  })
  await ctx.store.write((tx) =>
    insertAnnouncement(tx, {
      id,
      text: wish.text,
      content: html,
      starts_at: wish.startsAt ?? null,
      ends_at: wish.endsAt ?? null,
      all_day: wish.allDay === true ? 1 : 0,
      published_at: now,
      created_at: now,
      updated_at: now,
    }),
  )
  return id
}

export async function withdrawAnnouncement(ctx: Context, id: number): Promise<void> {
  if (!(await ctx.store.write((tx) => deleteAnnouncement(tx, id)))) throw notFound()
}
