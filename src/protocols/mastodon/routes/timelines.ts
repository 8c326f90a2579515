// Timelines: home, public, hashtag and list, an account's own posts, favourites and bookmarks.
import type { Hono } from 'hono'
import { settingsOf } from '../../../domain/accounts/settings.ts'
import { readTimeline, wantedPosts } from '../../../domain/timelines/read-timeline.ts'
import type { IdSourceOf, Reader } from '../../../domain/timelines/read-timeline.ts'
import { viewPosts } from '../../../domain/posts/view-posts.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import { notFound } from '../../../model/refusal.ts'
import { findList } from '../../../store/lists.ts'
import { findTagIds } from '../../../store/tag-lookups.ts'
import {
  pageAccountPosts,
  pageBookmarked,
  pageFeed,
  pageLiked,
  pagePublic,
  pageTags,
} from '../../../store/timelines.ts'
import type { MarkedPost, Reach } from '../../../store/timelines.ts'
import { findFollow } from '../../../store/follows.ts'
import { listPins } from '../../../store/pins.ts'
import { findUser } from '../../../store/users.ts'
import type { IdWindow } from '../../../store/paging.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import { writeStatuses } from '../show.ts'
import { pathAccount, pathId } from './accounts.ts'

async function answerTimeline(request: ApiRequest, source: IdSourceOf, reader?: Reader): Promise<unknown> {
  const { api, viewerId } = request
  const page = readPage(request.params, 20, 40)
  const who = reader ?? { viewerId, now: api.clock.now() }
  const { views, edges } = await readTimeline(api.store.read, who, source, page)
  if (edges) request.link(edges)
  return writeStatuses(api, viewerId, views)
}

function reachOf(params: Params): Reach {
  if (params.flag('local') === true) return 'local'
  return params.flag('remote') === true ? 'remote' : 'all'
}

/** The reader of public timelines, with the languages that a user chose. */
async function publicReader({ api, viewerId }: ApiRequest): Promise<Reader> {
  const user = viewerId === undefined ? undefined : await findUser(api.store.read, viewerId)
  return { viewerId, now: api.clock.now(), languages: settingsOf(user).chosenLanguages }
}

async function answerPublic(request: ApiRequest): Promise<unknown> {
  const choice = { reach: reachOf(request.params), onlyMedia: request.params.flag('only_media') === true }
  const source = (window: IdWindow) => pagePublic(request.api.store.read, choice, window)
  return answerTimeline(request, source, await publicReader(request))
}

function tagNames(params: Params, name: string): string[] {
  return (params.texts(name, 20, 200) ?? []).flatMap((text) => normalizeTag(text) ?? [])
}

async function answerTag(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const db = api.store.read
  const name = normalizeTag(request.path('hashtag'))
  if (name === undefined) return []
  const all = tagNames(params, 'all')
  const tagIds = await findTagIds(db, [name, ...tagNames(params, 'any')])
  const allIds = await findTagIds(db, all)
  if (allIds.length < new Set(all).size) return []
  const choice = {
    tagIds,
    allIds,
    noneIds: await findTagIds(db, tagNames(params, 'none')),
    reach: reachOf(params),
    onlyMedia: params.flag('only_media') === true,
  }
  return answerTimeline(request, (window) => pageTags(db, choice, window), await publicReader(request))
}

/** Which audiences of an author a reader may see at all; the visibility rule still looks at every post. */
async function audiencesFor(request: ApiRequest, accountId: number): Promise<readonly string[] | undefined> {
  const { api, viewerId } = request
  if (viewerId === accountId) return undefined
  const open = ['public', 'unlisted']
  if (viewerId === undefined) return open
  const follow = await findFollow(api.store.read, viewerId, accountId)
  return follow?.accepted === 1 ? [...open, 'followers'] : open
}

async function answerAccount(request: ApiRequest): Promise<unknown> {
  const { api, params, viewerId } = request
  const account = await pathAccount(request)
  const db = api.store.read
  if (account.suspended_at !== null) return []
  if (params.flag('pinned') === true) {
    const pins = await listPins(db, account.id, 40)
    return writeStatuses(api, viewerId, await wantedPosts(db, { viewerId, now: api.clock.now() }, pins))
  }
  const tag = params.text('tagged', 200)
  const [tagId] = tag === undefined ? [] : await findTagIds(db, [normalizeTag(tag) ?? ''])
  if (tag !== undefined && tagId === undefined) return []
  const audiences = await audiencesFor(request, account.id)
  const choice = {
    accountId: account.id,
    onlyMedia: params.flag('only_media') === true,
    withoutReplies: params.flag('exclude_replies') === true,
    withoutBoosts: params.flag('exclude_reblogs') === true || params.flag('only_media') === true,
    ...(tagId === undefined ? {} : { tagId }),
    ...(audiences === undefined ? {} : { audiences }),
    ...(viewerId === undefined || params.flag('exclude_direct') === true ? {} : { namedId: viewerId }),
  }
  return answerProfile(request, (window) => pageAccountPosts(db, choice, window))
}

/** Visiting a profile shows its posts even to those who muted it: only the visibility rule applies. */
async function answerProfile(request: ApiRequest, source: IdSourceOf): Promise<unknown> {
  const { api, viewerId } = request
  const page = readPage(request.params, 20, 40)
  const ids = await source(page)
  const first = ids[0]
  const last = ids.at(-1)
  if (first !== undefined && last !== undefined) request.link({ first, last, more: ids.length >= page.limit })
  return writeStatuses(api, viewerId, await viewPosts(api.store.read, viewerId, ids))
}

async function answerMarked(
  request: ApiRequest,
  rows: readonly MarkedPost[],
  limit: number,
): Promise<unknown> {
  const { api, viewerId } = request
  const first = rows[0]
  const last = rows.at(-1)
  if (first && last) request.link({ first: first.cursor, last: last.cursor, more: rows.length >= limit })
  return writeStatuses(
    api,
    viewerId,
    await viewPosts(
      api.store.read,
      viewerId,
      rows.map((row) => row.id),
    ),
  )
}

async function answerList(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const listId = pathId(request, 'list_id')
  const list = await findList(api.store.read, listId)
  if (list?.account_id !== userOf(request)) throw notFound()
  return answerTimeline(request, (window) => pageFeed(api.store.read, listId, window))
}

export function addTimelineRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  const statuses = { auth: 'user', scopes: ['read', 'read:statuses'] } as const
  endpoint(server, api, 'GET /api/v1/timelines/home', statuses, (request) =>
    answerTimeline(request, (window) => pageFeed(api.store.read, userOf(request), window)),
  )
  endpoint(server, api, 'GET /api/v1/timelines/public', open, answerPublic)
  endpoint(server, api, 'GET /api/v1/timelines/tag/:hashtag', open, answerTag)
  endpoint(
    server,
    api,
    'GET /api/v1/timelines/list/:list_id',
    { auth: 'user', scopes: ['read', 'read:lists'] },
    answerList,
  )
  endpoint(server, api, 'GET /api/v1/accounts/:id/statuses', open, answerAccount)
  endpoint(
    server,
    api,
    'GET /api/v1/favourites',
    { auth: 'user', scopes: ['read', 'read:favourites'] },
    async (request) => {
      const page = readPage(request.params, 20, 40)
      return answerMarked(request, await pageLiked(api.store.read, userOf(request), page), page.limit)
    },
  )
  endpoint(
    server,
    api,
    'GET /api/v1/bookmarks',
    { auth: 'user', scopes: ['read', 'read:bookmarks'] },
    async (request) => {
      const page = readPage(request.params, 20, 40)
      return answerMarked(request, await pageBookmarked(api.store.read, userOf(request), page), page.limit)
    },
  )
}
