// An endpoint for moderators: beside the token's scope, the role of its person has to allow it.
import type { Hono } from 'hono'
import { requirePermission } from '../../../../domain/moderation/actor.ts'
import type { Actor } from '../../../../domain/moderation/actor.ts'
import { parseId } from '../../../../lib/id.ts'
import { edgesOf } from '../../../../model/page.ts'
import type { IdWindow } from '../../../../model/page.ts'
import type { Permission } from '../../../../model/permissions.ts'
import { notFound } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import { endpoint, userOf } from '../../http/endpoint.ts'
import type { ApiRequest, Method } from '../../http/endpoint.ts'
import { readPage } from '../../http/page.ts'
import type { EndpointRule } from '../../http/rule.ts'

export interface AdminRequest extends ApiRequest {
  actor: Actor
}

export interface AdminRule extends Pick<EndpointRule, 'maxBody' | 'streamsBody'> {
  permission: Permission
  /** The granular scope below `admin:read` or `admin:write`. */
  scope?: string
}

/** GET needs `admin:read` (or its part), all else `admin:write`. */
export function adminEndpoint(
  server: Hono,
  api: Api,
  at: `${Method} ${string}`,
  { permission, scope, ...rule }: AdminRule,
  handler: (request: AdminRequest) => Promise<unknown>,
): void {
  const parent = at.startsWith('GET ') || READS.has(at) ? 'admin:read' : 'admin:write'
  const scopes = scope === undefined ? [parent] : [parent, `${parent}:${scope}`]
  endpoint(server, api, at, { ...rule, auth: 'user', scopes }, (request) => {
    const actor: Actor = { accountId: userOf(request), role: request.caller?.role ?? 'user' }
    requirePermission(actor, permission)
    return handler(Object.assign(request, { actor }))
  })
}

/** What reads although it is asked for by POST. */
const READS = new Set([
  'POST /api/v1/admin/measures',
  'POST /api/v1/admin/dimensions',
  'POST /api/v1/admin/retention',
  'POST /api/v1/admin/canonical_email_blocks/test',
])

/** The id in the path; what cannot be one is not found. */
export function adminId(request: ApiRequest, name = 'id'): number {
  const id = parseId(request.path(name))
  if (id === undefined) throw notFound()
  return id
}

export function adminWindow(request: ApiRequest): IdWindow {
  return readPage(request.params, 100, 200)
}

/** Sets the Link header for rows that were read for a window. */
export function linkRows<T>(
  request: ApiRequest,
  rows: readonly T[],
  idOf: (row: T) => number,
  window: IdWindow,
): void {
  const edges = edgesOf(rows, idOf, window.limit)
  if (edges) request.link(edges)
}
