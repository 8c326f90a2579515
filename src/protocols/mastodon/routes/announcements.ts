// What the operators tell everybody, and what people do with that.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  dismissAnnouncement,
  reactToAnnouncement,
  readAnnouncements,
  unreactToAnnouncement,
} from '../../../domain/announcements/read-announcements.ts'
import { listOwnEmojis } from '../../../domain/emojis/list-own-emojis.ts'
import type { Announcement } from '../../../model/announcement.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { writeEmoji } from '../write/emoji.ts'
import { dateTime } from '../write/time.ts'
import { pathId } from './accounts.ts'

type Emojis = ReadonlyMap<string, entity.CustomEmoji>

function write(announcement: Announcement, emojis: Emojis): entity.Announcement {
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
    reactions: announcement.reactions.map(({ emoji, count, mine }) => {
      const custom = emojis.get(emoji)
      const pictures = custom ? { url: custom.url, static_url: custom.static_url } : {}
      return { name: emoji, count, me: mine, ...pictures }
    }),
  }
}

async function list(request: ApiRequest): Promise<entity.Announcement[]> {
  const { api } = request
  const all = await readAnnouncements(api, userOf(request))
  const isPlain = all.every((one) => one.reactions.length === 0)
  const own = isPlain ? [] : (await listOwnEmojis(api)).map((emoji) => writeEmoji(api.urls, emoji))
  const emojis = new Map(own.map((emoji) => [emoji.shortcode, emoji]))
  return all.map((announcement) => write(announcement, emojis))
}

function reactingOf(request: ApiRequest) {
  return { accountId: userOf(request), id: pathId(request), emoji: request.path('name') }
}

export function addAnnouncementRoutes(server: Hono, api: Api): void {
  const react = { auth: 'user', scopes: ['write', 'write:favourites'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  const path = '/api/v1/announcements'
  endpoint(server, api, `GET ${path}`, { auth: 'user' }, list)
  endpoint(server, api, `POST ${path}/:id/dismiss`, write, async (request) => {
    await dismissAnnouncement(api, userOf(request), pathId(request))
    return {}
  })
  for (const method of ['PUT', 'PATCH'] as const)
    endpoint(server, api, `${method} ${path}/:id/reactions/:name`, react, async (request) => {
      await reactToAnnouncement(api, reactingOf(request))
      return {}
    })
  endpoint(server, api, `DELETE ${path}/:id/reactions/:name`, react, async (request) => {
    await unreactToAnnouncement(api, reactingOf(request))
    return {}
  })
}
