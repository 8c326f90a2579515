// Private conversations: listing, marking and removing them.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { deleteConversation } from '../../../domain/conversations/delete-conversation.ts'
import { markConversation } from '../../../domain/conversations/mark-conversation.ts'
import { readConversations } from '../../../domain/conversations/read-conversations.ts'
import type { Conversation } from '../../../model/conversation.ts'
import { edgesOf } from '../../../model/page.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showStatuses } from '../show.ts'
import { pathId } from './accounts.ts'

export async function showConversations(
  api: Api,
  viewerId: number,
  rows: readonly Conversation[],
): Promise<entity.Conversation[]> {
  const people = new Map(rows.map((row) => [row.id, JSON.parse(row.participants) as number[]]))
  const accounts = await showAccounts(api, [...new Set([...people.values()].flat())])
  const byId = new Map(accounts.map((account) => [Number(account.id), account]))
  const statuses = await showStatuses(
    api,
    viewerId,
    rows.map((row) => row.last_post_id),
  )
  const lastById = new Map(statuses.map((status) => [Number(status.id), status]))
  return rows.map((row) => ({
    id: String(row.id),
    unread: row.unread === 1,
    accounts: (people.get(row.id) ?? []).flatMap((id) => byId.get(id) ?? []),
    last_status: lastById.get(row.last_post_id) ?? null,
  }))
}

async function mark(request: ApiRequest, unread: boolean): Promise<unknown> {
  const { api } = request
  const viewerId = userOf(request)
  const marked = await markConversation(api, viewerId, pathId(request), unread)
  const [shown] = await showConversations(api, viewerId, [marked])
  return shown
}

export function addConversationRoutes(server: Hono, api: Api): void {
  const write = { auth: 'user', scopes: ['write', 'write:conversations'] } as const
  endpoint(
    server,
    api,
    'GET /api/v1/conversations',
    { auth: 'user', scopes: ['read', 'read:statuses'] },
    async (request) => {
      const page = readPage(request.params, 20, 40)
      const rows = await readConversations(api, userOf(request), page)
      const edges = edgesOf(rows, (row) => row.last_post_id, page.limit)
      if (edges) request.link(edges)
      return showConversations(api, userOf(request), rows)
    },
  )
  endpoint(server, api, 'POST /api/v1/conversations/:id/read', write, (request) => mark(request, false))
  endpoint(server, api, 'POST /api/v1/conversations/:id/unread', write, (request) => mark(request, true))
  endpoint(server, api, 'DELETE /api/v1/conversations/:id', write, async (request) => {
    await deleteConversation(api, userOf(request), pathId(request))
    return {}
  })
}
