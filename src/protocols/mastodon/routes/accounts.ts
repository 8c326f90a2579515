// Accounts: who one is, who others are, whom they follow, and finding them.
import type { Hono } from 'hono'
import { findAccountIds, lookupAccount } from '../../../domain/accounts/find-accounts.ts'
import { seeAccount } from '../../../domain/accounts/see-account.ts'
import { listFollowers, listFollowing } from '../../../domain/follows/list-follows.ts'
import type { Account } from '../../../model/account.ts'
import { edgesOf } from '../../../model/page.ts'
import { notFound } from '../../../model/refusal.ts'
import type { FollowEdge } from '../../../model/relation.ts'
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
export function pathAccount(request: ApiRequest, name = 'id'): Promise<Account> {
  return seeAccount(request.api, pathId(request, name))
}

/** Answers with a page of accounts and the cursors of the rows behind it. */
export async function answerEdges(
  request: ApiRequest,
  edges: readonly FollowEdge[],
  limit: number,
  minId = false,
): Promise<unknown> {
  const cursors = edgesOf(edges, (edge) => edge.id, limit)
  if (cursors) request.link({ ...cursors, minId })
  return showAccounts(
    request.api,
    edges.map((edge) => edge.accountId),
  )
}

async function answerFollows(request: ApiRequest, list: typeof listFollowers): Promise<unknown> {
  const account = await pathAccount(request)
  const page = readPage(request.params, 40, 80)
  const of = { account, viewerId: request.viewerId }
  return answerEdges(request, await list(request.api, of, page), page.limit)
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
      const withSuspended = request.params.flag('with_suspended') === true
      return knownOnly(api, ids, withSuspended).then((known) =>
        showRelationships(api, userOf(request), known),
      )
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
    answerFollows(request, listFollowers),
  )
  endpoint(server, api, 'GET /api/v1/accounts/:id/following', open, (request) =>
    answerFollows(request, listFollowing),
  )
}

async function knownOnly(api: Api, ids: readonly number[], withSuspended: boolean): Promise<number[]> {
  const views = await showAccounts(api, ids)
  return views
    .filter((account) => withSuspended || account.suspended !== true)
    .map((account) => Number(account.id))
}
