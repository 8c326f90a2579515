// Who may quote a post: changing that, and taking a consent back.
import type { Hono } from 'hono'
import { setQuotePolicy } from '../../../domain/posts/set-quote-policy.ts'
import { revokeQuote } from '../../../domain/posts/settle-quote.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import { showStatus } from '../show.ts'
import { pathId } from './accounts.ts'
import { readQuotePolicy } from './draft.ts'

async function change(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const policy = readQuotePolicy(request.params)
  if (policy === undefined) throw new MissingParam('quote_approval_policy')
  await setQuotePolicy(api, userOf(request), pathId(request), policy)
  return showStatus(api, userOf(request), pathId(request))
}

async function revoke(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const quotingId = pathId(request, 'quoting_status_id')
  await revokeQuote(api, userOf(request), pathId(request), quotingId)
  return showStatus(api, userOf(request), quotingId)
}

export function addQuotingRoutes(server: Hono, api: Api): void {
  const rule = { auth: 'user', scopes: ['write', 'write:statuses'] } as const
  endpoint(server, api, 'PUT /api/v1/statuses/:id/interaction_policy', rule, change)
  endpoint(server, api, 'PATCH /api/v1/statuses/:id/interaction_policy', rule, change)
  endpoint(server, api, 'POST /api/v1/statuses/:id/quotes/:quoting_status_id/revoke', rule, revoke)
}
