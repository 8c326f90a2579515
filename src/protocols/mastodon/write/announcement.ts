// An announcement as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { Announcement, AnnouncementReaction } from '../../../model/announcement.ts'
import { dateTime } from './time.ts'

export type Emojis = ReadonlyMap<string, entity.CustomEmoji>

/** Without what the reader did, as it is told to everybody. */
export function writeReaction(
  { emoji, count }: Pick<AnnouncementReaction, 'emoji' | 'count'>,
  emojis: Emojis,
): entity.Reaction {
  const custom = emojis.get(emoji)
  return {
    name: emoji,
    count,
    ...(custom ? { url: custom.url, static_url: custom.static_url } : {}),
  }
}

export function writeAnnouncement(announcement: Announcement, emojis: Emojis): entity.Announcement {
  const time = (ms: number | null): string | null => (ms === null ? null : dateTime(ms))
  return {
    id: String(announcement.id),
    content: announcement.content,
    starts_at: time(announcement.startsAt),
    ends_at: time(announcement.endsAt),
    all_day: announcement.allDay,
    published_at: dateTime(announcement.publishedAt),
    updated_at: dateTime(announcement.updatedAt),
    read: announcement.isRead,
    mentions: [],
    statuses: [],
    tags: [],
    emojis: [],
    reactions: announcement.reactions.map((reaction) => ({
      ...writeReaction(reaction, emojis),
      me: reaction.mine,
    })),
  }
}
