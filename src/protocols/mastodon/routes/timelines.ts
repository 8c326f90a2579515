// Timelines: home, public, hashtag and list, an account's own posts, favourites and bookmarks.
import type { Hono } from 'hono'
import { accountTimeline } from '../../../domain/timelines/account-timeline.ts'
import { bookmarkedTimeline } from '../../../domain/timelines/bookmarked-timeline.ts'
import { homeTimeline } from '../../../domain/timelines/home-timeline.ts'
import { likedTimeline } from '../../../domain/timelines/liked-timeline.ts'
import { listTimeline } from '../../../domain/timelines/list-timeline.ts'
import { pinnedPosts } from '../../../domain/timelines/pinned-posts.ts'
import { publicTimeline } from '../../../domain/timelines/public-timeline.ts'
import type { Reach } from '../../../domain/timelines/public-timeline.ts'
import { tagTimeline } from '../../../domain/timelines/tag-timeline.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { PageRequest } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import { refuseVisitors } from '../http/refuse-visitors.ts'
import { answerStatuses, answerTimeline } from '../show.ts'
import { pathAccount, pathId } from './accounts.ts'

function pageOf(request: ApiRequest): PageRequest {
  return readPage(request.params, 20, 40)
}

function reachOf(params: Params): Reach {
  if (params.flag('local') === true) return 'local'
  return params.flag('remote') === true ? 'remote' : 'all'
}

async function answerHome(request: ApiRequest): Promise<unknown> {
  return answerTimeline(request, await homeTimeline(request.api, userOf(request), pageOf(request)))
}

async function answerPublic(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const { api, params, viewerId } = request
  const choice = { reach: reachOf(params), onlyMedia: params.flag('only_media') === true }
  return answerTimeline(request, await publicTimeline(api, viewerId, choice, pageOf(request)))
}

function tagNames(params: Params, name: string): string[] {
  return (params.texts(name, 20, 200) ?? []).flatMap((text) => normalizeTag(text) ?? [])
}

async function answerTag(request: ApiRequest): Promise<unknown> {
  refuseVisitors(request)
  const { api, params, viewerId } = request
  const name = normalizeTag(request.path('hashtag'))
  if (name === undefined) return []
  const wish = {
    any: [name, ...tagNames(params, 'any')],
    all: tagNames(params, 'all'),
    none: tagNames(params, 'none'),
    reach: reachOf(params),
    onlyMedia: params.flag('only_media') === true,
  }
  return answerTimeline(request, await tagTimeline(api, viewerId, wish, pageOf(request)))
}

async function answerList(request: ApiRequest): Promise<unknown> {
  const listId = pathId(request, 'list_id')
  return answerTimeline(request, await listTimeline(request.api, userOf(request), listId, pageOf(request)))
}

async function answerAccount(request: ApiRequest): Promise<unknown> {
  const { api, params, viewerId } = request
  const account = await pathAccount(request)
  if (params.flag('pinned') === true)
    return answerStatuses(api, viewerId, await pinnedPosts(api, viewerId, account))
  const tag = params.text('tagged', 200)
  const wish = {
    onlyMedia: params.flag('only_media') === true,
    withoutReplies: params.flag('exclude_replies') === true,
    withoutBoosts: params.flag('exclude_reblogs') === true || params.flag('only_media') === true,
    withoutDirect: params.flag('exclude_direct') === true,
    ...(tag === undefined ? {} : { tag: normalizeTag(tag) ?? '' }),
  }
  return answerTimeline(request, await accountTimeline(api, { account, viewerId }, wish, pageOf(request)))
}

async function answerFavourites(request: ApiRequest): Promise<unknown> {
  return answerTimeline(request, await likedTimeline(request.api, userOf(request), pageOf(request)))
}

async function answerBookmarks(request: ApiRequest): Promise<unknown> {
  return answerTimeline(request, await bookmarkedTimeline(request.api, userOf(request), pageOf(request)))
}

export function addTimelineRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  const mine = (what: string) => ({ auth: 'user', scopes: ['read', `read:${what}`] }) as const
  endpoint(server, api, 'GET /api/v1/timelines/home', mine('statuses'), answerHome)
  endpoint(server, api, 'GET /api/v1/timelines/public', open, answerPublic)
  endpoint(server, api, 'GET /api/v1/timelines/tag/:hashtag', open, answerTag)
  endpoint(server, api, 'GET /api/v1/timelines/list/:list_id', mine('lists'), answerList)
  endpoint(server, api, 'GET /api/v1/accounts/:id/statuses', open, answerAccount)
  endpoint(server, api, 'GET /api/v1/favourites', mine('favourites'), answerFavourites)
  endpoint(server, api, 'GET /api/v1/bookmarks', mine('bookmarks'), answerBookmarks)
}
