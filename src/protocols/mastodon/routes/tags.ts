// Hashtags: looking at them, following them.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { followTag, unfollowTag } from '../../../domain/tags/follow-tag.ts'
import { listFollowedTags } from '../../../domain/tags/list-followed-tags.ts'
import { viewTag } from '../../../domain/tags/view-tag.ts'
import type { NamedTag } from '../../../domain/tags/view-tag.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import { edgesOf } from '../../../model/page.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showTags } from '../show.ts'
import { writeTag } from '../write/tag.ts'

function pathTag(request: ApiRequest): NamedTag {
  const displayName = request.path('name').replace(/^#/, '')
  const name = normalizeTag(displayName)
  if (name === undefined) throw notFound()
  return { name, displayName }
}

async function show(request: ApiRequest): Promise<entity.Tag> {
  const { api, viewerId } = request
  return writeTag(api.urls, await viewTag(api, viewerId, pathTag(request)))
}

async function follow(request: ApiRequest): Promise<entity.Tag> {
  await followTag(request.api, userOf(request), pathTag(request))
  return show(request)
}

async function unfollow(request: ApiRequest): Promise<entity.Tag> {
  await unfollowTag(request.api, userOf(request), pathTag(request).name)
  return show(request)
}

async function followed(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const page = readPage(request.params, 100, 200)
  const rows = await listFollowedTags(api, userOf(request), page)
  const edges = edgesOf(rows, (row) => row.cursor, page.limit)
  if (edges) request.link({ ...edges, minId: false })
  return showTags(api, userOf(request), rows)
}

export function addTagRoutes(server: Hono, api: Api): void {
  const write = { auth: 'user', scopes: ['follow', 'write', 'write:follows'] } as const
  endpoint(server, api, 'GET /api/v1/tags/:name', { auth: 'optional' }, show)
  endpoint(server, api, 'POST /api/v1/tags/:name/follow', { ...write, family: 'follows' }, follow)
  endpoint(server, api, 'POST /api/v1/tags/:name/unfollow', write, unfollow)
  endpoint(
    server,
    api,
    'GET /api/v1/followed_tags',
    { auth: 'user', scopes: ['follow', 'read', 'read:follows'] },
    followed,
  )
}
