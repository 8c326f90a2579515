// Administrators write rules, announcements and settings of the server.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import {
  announce,
  changeAnnouncement,
  listAllForAdmins,
  withdrawAnnouncement,
} from '../../../../domain/announcements/announce.ts'
import type { AnnouncementRow, AnnouncementWish } from '../../../../domain/announcements/announce.ts'
import { addRule, changeRule, readRules, removeRule } from '../../../../domain/server/rules.ts'
import type { RuleRow } from '../../../../domain/server/rules.ts'
import { notFound } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import { BadParam } from '../../http/params.ts'
import type { Params } from '../../http/params.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULES = { permission: 'manage-rules' } as const
const NEWS = { permission: 'manage-announcements' } as const

function writeRuleRow({ id, text, hint, position }: RuleRow): entity.AdminRule {
  return { id: String(id), text, hint, position }
}

function ruleWish(params: Params) {
  const [text, hint, position] = [
    params.text('text', 1000),
    params.text('hint', 4000),
    params.integer('position'),
  ]
  return {
    ...(text === undefined ? {} : { text }),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position }),
  }
}

function addRules(server: Hono, api: Api): void {
  const path = '/api/v1/admin/rules'
  adminEndpoint(server, api, `GET ${path}`, RULES, async () =>
    (await readRules(api)).filter((rule) => rule.deleted_at === null).map(writeRuleRow),
  )
  adminEndpoint(server, api, `POST ${path}`, RULES, async ({ actor, params }) =>
    writeRuleRow(await addRule(api, actor, { ...ruleWish(params), text: params.required('text', 1000) })),
  )
  adminEndpoint(server, api, `PUT ${path}/:id`, RULES, async (request) =>
    writeRuleRow(await changeRule(api, request.actor, adminId(request), ruleWish(request.params))),
  )
  adminEndpoint(server, api, `DELETE ${path}/:id`, RULES, async (request) => {
    await removeRule(api, request.actor, adminId(request))
    return {}
  })
}

function writeAnnouncementRow(row: AnnouncementRow): entity.AdminAnnouncement {
  const time = (at: number | null): string | null => (at === null ? null : dateTime(at))
  return {
    id: String(row.id),
    text: row.text,
    content: row.content,
    starts_at: time(row.starts_at),
    ends_at: time(row.ends_at),
    all_day: row.all_day === 1,
    published_at: time(row.published_at),
    created_at: dateTime(row.created_at),
    updated_at: dateTime(row.updated_at),
  }
}

/** A time, null where it is there but blank. */
function timeOf(params: Params, name: string): number | null | undefined {
  if (!params.has(name)) return undefined
  const text = params.text(name, 40) ?? ''
  if (text === '') return null
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new BadParam(`${name} is not a time`)
  return time
}

function announcementWish(params: Params): Partial<AnnouncementWish> {
  const wish = {
    text: params.text('text', 20_000),
    startsAt: timeOf(params, 'starts_at'),
    endsAt: timeOf(params, 'ends_at'),
    publishedAt: timeOf(params, 'published_at'),
    allDay: params.flag('all_day'),
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

async function oneAnnouncement({ api, actor }: AdminRequest, id: number): Promise<entity.AdminAnnouncement> {
  const row = (await listAllForAdmins(api, actor)).find((one) => one.id === id)
  if (!row) throw notFound()
  return writeAnnouncementRow(row)
}

function addAnnouncements(server: Hono, api: Api): void {
  const path = '/api/v1/admin/announcements'
  adminEndpoint(server, api, `GET ${path}`, NEWS, async ({ actor }) =>
    (await listAllForAdmins(api, actor)).map(writeAnnouncementRow),
  )
  adminEndpoint(server, api, `POST ${path}`, NEWS, async (request) => {
    const text = request.params.required('text', 20_000)
    const id = await announce(api, { ...announcementWish(request.params), text }, request.actor)
    return oneAnnouncement(request, id)
  })
  adminEndpoint(server, api, `PUT ${path}/:id`, NEWS, async (request) => {
    await changeAnnouncement(api, request.actor, adminId(request), announcementWish(request.params))
    return oneAnnouncement(request, adminId(request))
  })
  adminEndpoint(server, api, `DELETE ${path}/:id`, NEWS, async (request) => {
    await withdrawAnnouncement(api, adminId(request), request.actor)
    return {}
  })
}

export function addAdminTextRoutes(server: Hono, api: Api): void {
  addRules(server, api)
  addAnnouncements(server, api)
}
