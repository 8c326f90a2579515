// What the operators tell everybody on this server.

export interface AnnouncementReaction {
  emoji: string
  count: number
  /** Whether the reader is among them. */
  mine: boolean
}

/** `content` is HTML; times in milliseconds since 1970. */
export interface Announcement {
  id: number
  content: string
  startsAt: number | null
  endsAt: number | null
  allDay: boolean
  publishedAt: number
  updatedAt: number
  isRead: boolean
  reactions: AnnouncementReaction[]
}
