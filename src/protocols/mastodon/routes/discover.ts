// Finding posts, hashtags, links and people: what is popular, whom one might follow, who wants to be found.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  hideSuggestion,
  readDirectory,
  suggestAccounts,
} from '../../../domain/suggestions/suggest-accounts.ts'
import type { Suggested } from '../../../domain/suggestions/suggest-accounts.ts'
import { linkTimeline } from '../../../domain/timelines/link-timeline.ts'
import { listPeers } from '../../../domain/server/list-peers.ts'
import { trendingLinks, trendingPosts, trendingTags } from '../../../domain/trends/view-trends.ts'
import type { LinkDay } from '../../../model/trends.ts'
import { parseId } from '../../../lib/id.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { refuseVisitors } from '../http/refuse-visitors.ts'
import { answerStatuses, answerTimeline, showAccounts, showTags } from '../show.ts'
import { writeCard } from '../write/card.ts'

const DAY_SECONDS = 86_400
const HISTORY_DAYS = 7
const MOST_OFFSET = 10_000

interface Slice {
  offset: number
  limit: number
}

export function readSlice({ params }: ApiRequest, fallback: number, max: number): Slice {
  const offset = Math.min(Math.max(0, params.integer('offset') ?? 0), MOST_OFFSET)
  return { offset, limit: readPage(params, fallback, max).limit }
}

/** These lists are cut by counting; a full page leads on. */
export function linkOffsets(request: ApiRequest, { offset, limit }: Slice, found: number): void {
  const build = (at: number): string => {
    const asked = new URL(request.raw.req.url)
    const url = new URL(asked.pathname, request.api.config.origin)
    for (const [key, value] of asked.searchParams) if (key !== 'offset') url.searchParams.append(key, value)
    url.searchParams.set('offset', String(at))
    return url.href
  }
  const links = found >= limit ? [`<${build(offset + limit)}>; rel="next"`] : []
  if (offset > 0) links.push(`<${build(Math.max(0, offset - limit))}>; rel="prev"`)
  if (links.length > 0) request.setHeader('link', links.join(', '))
}

async function tags(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const slice = readSlice(request, 10, 20)
  const found = await trendingTags(request.api, slice)
  linkOffsets(request, slice, found.length)
  return showTags(request.api, request.viewerId, found)
}

async function statuses(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const { api, viewerId } = request
  const slice = readSlice(request, 20, 40)
  const views = await trendingPosts(api, viewerId, slice)
  linkOffsets(request, slice, views.length)
  return answerStatuses(api, viewerId, views)
}

export function writeDays(days: readonly LinkDay[], today: number): entity.TagHistory[] {
  return Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const day = days.find((one) => one.day === today - index)
    return {
      day: String((today - index) * DAY_SECONDS),
      accounts: String(day?.accounts ?? 0),
      uses: String(day?.uses ?? 0),
    }
  })
}

async function links(request: ApiRequest): Promise<entity.TrendsLink[]> {
  refuseVisitors(request)
  const { api } = request
  const slice = readSlice(request, 10, 20)
  const found = await trendingLinks(api, slice)
  linkOffsets(request, slice, found.length)
  const today = Math.floor(api.clock.now() / (DAY_SECONDS * 1000))
  return found.map(({ card, days }) => ({ ...writeCard(api.urls, card), history: writeDays(days, today) }))
}

async function suggest(request: ApiRequest): Promise<{ account: entity.Account; suggested: Suggested }[]> {
  const { api } = request
  const found = await suggestAccounts(api, userOf(request), readSlice(request, 40, 80))
  const accounts = await showAccounts(
    api,
    found.map((one) => one.accountId),
  )
  return accounts.flatMap((account) => {
    const suggested = found.find((one) => one.accountId === Number(account.id))
    return suggested ? { account, suggested } : []
  })
}

async function suggestions(request: ApiRequest): Promise<entity.Suggestion[]> {
  return (await suggest(request)).map(({ account, suggested }) =>
    suggested.isFriendOfFriend
      ? { source: 'past_interactions', sources: ['friends_of_friends'], account }
      : { source: 'global', sources: ['most_followed'], account },
  )
}

async function sharing(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const { api, viewerId, params } = request
  const url = params.required('url', 4096)
  return answerTimeline(request, await linkTimeline(api, viewerId, url, readPage(params, 20, 40)))
}

async function directory(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const { api, params } = request
  const order = params.text('order', 20) === 'new' ? 'new' : 'active'
  const localOnly = params.flag('local') === true
  return showAccounts(api, await readDirectory(api, { order, localOnly, ...readSlice(request, 40, 80) }))
}

export function addDiscoverRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional' } as const
  const posts = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/trends', { ...open, deprecatedSince: '2022-03-30' }, tags)
  endpoint(server, api, 'GET /api/v1/trends/tags', open, tags)
  endpoint(server, api, 'GET /api/v1/trends/statuses', open, statuses)
  endpoint(server, api, 'GET /api/v1/trends/links', open, links)
  endpoint(server, api, 'GET /api/v2/suggestions', read, suggestions)
  endpoint(
    server,
    api,
    'GET /api/v1/suggestions',
    { ...read, deprecatedSince: '2021-05-16' },
    async (request) => (await suggest(request)).map(({ account }) => account),
  )
  endpoint(server, api, 'DELETE /api/v1/suggestions/:account_id', write, async (request) => {
    await hideSuggestion(api, userOf(request), parseId(request.path('account_id')) ?? 0)
    return {}
  })
  endpoint(server, api, 'GET /api/v1/directory', open, directory)
  endpoint(server, api, 'GET /api/v1/instance/peers', { auth: 'none' }, () => listPeers(api))
  endpoint(server, api, 'GET /api/v1/timelines/link', posts, sharing)
}
