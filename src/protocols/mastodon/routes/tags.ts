// Hashtags: looking at them, following them.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import { notFound } from '../../../model/refusal.ts'
import { findTag } from '../../../store/tag-lookups.ts'
import type { Tag } from '../../../store/tag-lookups.ts'
import { followTag, pageFollowedTags, unfollowTag } from '../../../store/tag-views.ts'
import { ensureTags } from '../../../store/tags.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showTags } from '../write/tag.ts'

function pathTag(request: ApiRequest): { name: string; displayName: string } {
  const displayName = request.path('name').replace(/^#/, '')
  const name = normalizeTag(displayName)
  if (name === undefined) throw notFound()
  return { name, displayName }
}

/** A tag that nobody used yet is shown as if it existed, but not kept. */
async function show(request: ApiRequest): Promise<entity.Tag> {
  const { api, viewerId } = request
  const { name, displayName } = pathTag(request)
  const known = await findTag(api.store.read, name)
  const tag: Tag = known ?? {
    id: 0,
    name,
    display_name: displayName,
    created_at: 0,
    last_used_at: null,
    usable: 1,
    trendable: null,
    listable: 1,
    reviewed_at: null,
  }
  const [shown] = await showTags(api, viewerId, [tag])
  return shown as entity.Tag
}

async function follow(request: ApiRequest): Promise<entity.Tag> {
  const { api } = request
  const wanted = pathTag(request)
  await api.store.write(async (tx) => {
    const [kept] = await ensureTags(tx, [wanted], { now: api.clock.now(), nextId: () => api.ids.next() })
    if (kept) await followTag(tx, { accountId: userOf(request), tagId: kept.id, id: api.ids.next() })
  })
  return show(request)
}

async function unfollow(request: ApiRequest): Promise<entity.Tag> {
  const { api } = request
  const tag = await findTag(api.store.read, pathTag(request).name)
  if (tag) await api.store.write((tx) => unfollowTag(tx, userOf(request), tag.id))
  return show(request)
}

async function followed(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const page = readPage(request.params, 100, 200)
  const rows = await pageFollowedTags(api.store.read, userOf(request), page)
  const first = rows[0]
  const last = rows.at(-1)
  if (first && last) request.link({ first: first.cursor, last: last.cursor, more: rows.length >= page.limit })
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
