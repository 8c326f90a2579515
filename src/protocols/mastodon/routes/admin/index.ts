// Everything of the client API that is for moderators and administrators.
import type { Hono } from 'hono'
import type { Api } from '../../api.ts'
import { addAdminAccountRoutes } from './accounts.ts'
import { addAdminBlockRoutes } from './address-blocks.ts'
import { addAdminDomainRoutes } from './domains.ts'
import { addAdminNumberRoutes } from './numbers.ts'
import { addAdminReportRoutes } from './reports.ts'
import { addAdminTrendRoutes } from './trends.ts'

const ROUTES = [
  addAdminAccountRoutes,
  addAdminReportRoutes,
  addAdminDomainRoutes,
  addAdminBlockRoutes,
  addAdminTrendRoutes,
  addAdminNumberRoutes,
]

export function addAdminRoutes(server: Hono, api: Api): void {
  for (const add of ROUTES) add(server, api)
}
