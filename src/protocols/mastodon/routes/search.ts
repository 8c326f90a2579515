// Search over people, hashtags and posts; an address or link is looked up where it lives.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { findAccountIds, resolveUrl } from '../../../domain/accounts/find-accounts.ts'
import { searchPosts } from '../../../domain/search/search-posts.ts'
import { searchTags } from '../../../domain/tags/search-tags.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint } from '../http/endpoint.ts'
import { BadParam } from '../http/params.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showStatuses, showTags, writeStatuses } from '../show.ts'

interface Asked {
  query: string
  type: string | undefined
  limit: number
  offset: number
  resolve: boolean
}

function readAsked({ params, viewerId }: ApiRequest): Asked {
  const query = params.required('q', 1000).trim()
  const type = params.text('type', 20)
  if (type !== undefined && type !== '' && !['accounts', 'hashtags', 'statuses'].includes(type))
    throw new Refusal('invalid', 'Validation failed: type must be accounts, hashtags or statuses')
  const offset = params.integer('offset') ?? 0
  const resolve = params.flag('resolve') === true
  if (viewerId === undefined && (resolve || offset !== 0))
    throw new Refusal(
      'unauthorized',
      'Search queries that resolve remote resources or page need a signed-in user',
    )
  if (offset < 0 || (params.integer('limit') ?? 0) < 0)
    throw new BadParam('limit and offset must not be negative')
  return {
    query,
    type: type === '' ? undefined : type,
    limit: readPage(params, 20, 40).limit,
    offset: type ? offset : 0,
    resolve,
  }
}

function wants(asked: Asked, type: string): boolean {
  return asked.type === undefined || asked.type === type
}

async function byUrl(request: ApiRequest, asked: Asked): Promise<entity.Search | undefined> {
  const { api, viewerId } = request
  if (!asked.resolve || !/^https?:\/\//.test(asked.query)) return undefined
  const found = await resolveUrl(api, asked.query)
  return {
    accounts:
      found.accountId !== undefined && wants(asked, 'accounts')
        ? await showAccounts(api, [found.accountId])
        : [],
    statuses:
      found.postId !== undefined && wants(asked, 'statuses')
        ? await showStatuses(api, viewerId, [found.postId])
        : [],
    hashtags: [],
    collections: [],
  }
}

async function accounts({ api, params, viewerId }: ApiRequest, asked: Asked): Promise<entity.Account[]> {
  if (!wants(asked, 'accounts') || asked.query.startsWith('#')) return []
  const following = params.flag('following') === true && viewerId !== undefined
  return showAccounts(
    api,
    await findAccountIds(api, { ...asked, ...(following ? { followedBy: viewerId } : {}) }),
  )
}

async function statuses({ api, params, viewerId }: ApiRequest, asked: Asked): Promise<entity.Status[]> {
  if (!wants(asked, 'statuses') || viewerId === undefined) return []
  const maxId = params.id('max_id')
  const minId = params.id('min_id')
  const accountId = params.id('account_id')
  const views = await searchPosts(api, {
    query: asked.query,
    viewerId,
    limit: asked.limit,
    offset: asked.offset,
    ...(maxId === undefined ? {} : { maxId }),
    ...(minId === undefined ? {} : { minId }),
    ...(accountId === undefined ? {} : { accountId }),
  })
  return writeStatuses(api, viewerId, views)
}

async function hashtags({ api, viewerId }: ApiRequest, asked: Asked): Promise<entity.Tag[]> {
  if (!wants(asked, 'hashtags') || asked.query.startsWith('@')) return []
  return showTags(api, viewerId, await searchTags(api, asked.query, asked))
}

async function search(request: ApiRequest): Promise<entity.Search> {
  const asked = readAsked(request)
  const exact = await byUrl(request, asked)
  if (exact) return exact
  return {
    accounts: await accounts(request, asked),
    statuses: await statuses(request, asked),
    hashtags: await hashtags(request, asked),
    collections: [],
  }
}

export function addSearchRoutes(server: Hono, api: Api): void {
  endpoint(server, api, 'GET /api/v2/search', { auth: 'optional', scopes: ['read', 'read:search'] }, search)
}
