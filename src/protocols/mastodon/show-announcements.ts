// Loads what announcements are shown with, for pages of them and for streams.
import type * as entity from '../../contract/entities.ts'
import { REACTED } from '../../domain/announcements/tell-listeners.ts'
import { readAnnouncements } from '../../domain/announcements/read-announcements.ts'
import { listOwnEmojis } from '../../domain/emojis/list-own-emojis.ts'
import type { Announcement } from '../../model/announcement.ts'
import type { Api } from './api.ts'
import { writeAnnouncement, writeReaction } from './write/announcement.ts'
import type { Emojis } from './write/announcement.ts'
import { writeEmoji } from './write/emoji.ts'

/** This server's own emojis, where any of the announcements may show one. */
export async function announcementEmojis(
  api: Api,
  announcements: readonly Pick<Announcement, 'reactions'>[],
): Promise<Emojis> {
  const isPlain = announcements.every((one) => one.reactions.length === 0)
  const own = isPlain ? [] : (await listOwnEmojis(api)).map((emoji) => writeEmoji(api.urls, emoji))
  return new Map(own.map((emoji) => [emoji.shortcode, emoji]))
}

/** As the reader sees it; undefined when it is not shown (any more). */
export async function showAnnouncement(
  api: Api,
  readerId: number,
  id: number,
): Promise<entity.Announcement | undefined> {
  const found = (await readAnnouncements(api, readerId)).find((one) => one.id === id)
  return found && writeAnnouncement(found, await announcementEmojis(api, [found]))
}

/** How often the emoji of the event stands under the announcement now; the same for every reader. */
export async function showReaction(
  api: Api,
  told: { event: string; id: number },
): Promise<entity.Reaction | undefined> {
  const emoji = told.event.slice(REACTED.length)
  const found = (await readAnnouncements(api, 0)).find((one) => one.id === told.id)
  if (!found) return undefined
  const reaction = found.reactions.find((one) => one.emoji === emoji) ?? { emoji, count: 0, mine: false }
  const emojis = await announcementEmojis(api, [{ reactions: [reaction] }])
  return { ...writeReaction(reaction, emojis), announcement_id: String(told.id) }
}
