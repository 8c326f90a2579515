// Accounts: who one is, who others are, whom they follow, and finding them.
import type { Hono } from 'hono'
import { findAccountIds, lookupAccount } from '../../../domain/accounts/find-accounts.ts'
import { notFound } from '../../../model/refusal.ts'
import { findAccount } from '../../../store/accounts.ts'
import type { Account } from '../../../store/accounts.ts'
import { pageFollowers, pageFollowing } from '../../../store/follows.ts'
import type { FollowEdge } from '../../../store/follows.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { MissingParam } from '../http/params.ts'
import { parseId } from '../../../lib/id.ts'
import { showAccount, showAccounts, showOwnAccount, showRelationships } from '../show.ts'

/** The id in the path, as a number; anything else is "not found". */
export function pathId(request: ApiRequest, name = 'id'): number {
  const id = parseId(request.path(name))
  if (id === undefined) throw notFound()
  return id
}

/** The account of the path, unless it is gone. */
export async function pathAccount(request: ApiRequest, name = 'id'): Promise<Account> {
  const account = await findAccount(request.api.store.read, pathId(request, name))
  if (!account || account.deleted_at !== null) throw notFound()
  return account
}

/** Answers with a page of accounts and the cursors of the rows behind it. */
export async function answerEdges(
  request: ApiRequest,
  edges: readonly FollowEdge[],
  limit: number,
): Promise<unknown> {
  const first = edges[0]
  const last = edges.at(-1)
  if (first && last)
    request.link({ first: first.id, last: last.id, more: edges.length >= limit, minId: false })
  return showAccounts(
    request.api,
    edges.map((edge) => edge.accountId),
  )
}

async function listFollows(request: ApiRequest, which: 'followers' | 'following'): Promise<unknown> {
  const account = await pathAccount(request)
  const page = readPage(request.params, 40, 80)
  const hidden =
    account.suspended_at !== null || (account.hide_collections === 1 && account.id !== request.viewerId)
  if (hidden) return []
  const list = which === 'followers' ? pageFollowers : pageFollowing
  return answerEdges(request, await list(request.api.store.read, account.id, page), page.limit)
}

async function search(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const viewerId = userOf(request)
  const query = params.text('q', 500)
  if (query === undefined) throw new MissingParam('q')
  const ids = await findAccountIds(api, {
    query,
    limit: readPage(params, 40, 80).limit,
    offset: Math.max(0, params.integer('offset') ?? 0),
    resolve: params.flag('resolve') === true,
    ...(params.flag('following') === true ? { followedBy: viewerId } : {}),
  })
  return showAccounts(api, ids)
}

async function lookup({ api, params }: ApiRequest): Promise<unknown> {
  const account = await lookupAccount(api, params.required('acct', 500))
  if (!account) throw notFound()
  return showAccount(api, account.id)
}

export function addAccountRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const open = { auth: 'optional', scopes: ['read', 'read:accounts'] } as const
  endpoint(
    server,
    api,
    'GET /api/v1/accounts/verify_credentials',
    { auth: 'user', scopes: ['read', 'read:accounts', 'profile'] },
    (request) => showOwnAccount(api, userOf(request)),
  )
  endpoint(server, api, 'GET /api/v1/accounts/search', read, search)
  endpoint(server, api, 'GET /api/v1/accounts/lookup', open, lookup)
  endpoint(
    server,
    api,
    'GET /api/v1/accounts/relationships',
    { auth: 'user', scopes: ['read', 'read:follows'] },
    (request) => {
      const ids = request.params.ids('id', 500) ?? []
      return knownOnly(api, ids).then((known) => showRelationships(api, userOf(request), known))
    },
  )
  endpoint(server, api, 'GET /api/v1/accounts', open, (request) =>
    showAccounts(api, request.params.ids('id', 40) ?? []),
  )
  endpoint(server, api, 'GET /api/v1/accounts/:id', open, async (request) => {
    const account = await pathAccount(request)
    if (account.kind === 'application' && account.domain === '') throw notFound()
    await api.remote.refreshSoon?.(account.id)
    return showAccount(api, account.id)
  })
  endpoint(server, api, 'GET /api/v1/accounts/:id/followers', open, (request) =>
    listFollows(request, 'followers'),
  )
  endpoint(server, api, 'GET /api/v1/accounts/:id/following', open, (request) =>
    listFollows(request, 'following'),
  )
}

async function knownOnly(api: Api, ids: readonly number[]): Promise<number[]> {
  const views = await showAccounts(api, ids)
  return views.map((account) => Number(account.id))
}
