// Everything of the client API that is for moderators and administrators.
import type { Hono } from 'hono'
import type { Api } from '../../api.ts'
import { addAdminAccountRoutes } from './accounts.ts'
import { addAdminBlockRoutes } from './address-blocks.ts'
import { addAdminDomainRoutes } from './domains.ts'
import { addAdminEmojiRoutes } from './emojis.ts'
import { addAdminNumberRoutes } from './numbers.ts'
import { addAdminPeopleRoutes } from './people.ts'
import { addAdminReportRoutes } from './reports.ts'
import { addAdminSettingRoutes } from './settings.ts'
import { addAdminTextRoutes } from './texts.ts'
import { addAdminTrendRoutes } from './trends.ts'
import { addAdminWorkRoutes } from './work.ts'

const ROUTES = [
  addAdminAccountRoutes,
  addAdminReportRoutes,
  addAdminDomainRoutes,
  addAdminBlockRoutes,
  addAdminTrendRoutes,
  addAdminNumberRoutes,
  addAdminTextRoutes,
  addAdminSettingRoutes,
  addAdminEmojiRoutes,
  addAdminWorkRoutes,
  addAdminPeopleRoutes,
]

export function addAdminRoutes(server: Hono, api: Api): void {
  for (const add of ROUTES) add(server, api)
}
