// Endpoints for what Folkmoot does not do, answered as a server answers that has none of it.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint } from '../http/endpoint.ts'

export function addBygoneRoutes(server: Hono, api: Api): void {
  const user = { auth: 'user' } as const
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  const reports = '/api/v1/annual_reports'
  const none: entity.AnnualReports = { annual_reports: [], accounts: [], statuses: [] }
  endpoint(
    server,
    api,
    'GET /api/v1/accounts/:id/identity_proofs',
    { ...user, deprecatedSince: '2022-03-30' },
    async () => [],
  )
  endpoint(
    server,
    api,
    'GET /api/v1/donation_campaigns',
    user,
    async () => new Response(null, { status: 204 }),
  )
  endpoint(server, api, `GET ${reports}`, read, async () => none)
  endpoint(server, api, `GET ${reports}/:year`, read, () => Promise.reject(notFound()))
  endpoint(server, api, `GET ${reports}/:year/state`, read, async () => ({ state: 'ineligible' }))
  endpoint(server, api, `POST ${reports}/:year/generate`, write, async () => ({}))
  endpoint(server, api, `POST ${reports}/:year/read`, write, () => Promise.reject(notFound()))
}
