// What the operators tell everybody, and what people do with that.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  dismissAnnouncement,
  reactToAnnouncement,
  readAnnouncements,
  unreactToAnnouncement,
} from '../../../domain/announcements/read-announcements.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { announcementEmojis } from '../show-announcements.ts'
import { writeAnnouncement } from '../write/announcement.ts'
import { pathId } from './accounts.ts'

async function list(request: ApiRequest): Promise<entity.Announcement[]> {
  const { api } = request
  const all = await readAnnouncements(api, userOf(request))
  const emojis = await announcementEmojis(api, all)
  return all.map((announcement) => writeAnnouncement(announcement, emojis))
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
