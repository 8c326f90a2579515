// Moderators review what becomes popular.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import {
  changeTag,
  decideSite,
  decideTrend,
  findTag,
  listSites,
  listTags,
} from '../../../../domain/trends/review-trends.ts'
import type { ProviderRow } from '../../../../domain/trends/review-trends.ts'
import { candidateLinks, candidatePosts, candidateTags } from '../../../../domain/trends/view-trends.ts'
import type { TrendingLink } from '../../../../domain/trends/view-trends.ts'
import { viewPosts } from '../../../../domain/posts/view-posts.ts'
import { notFound } from '../../../../model/refusal.ts'
import type { Tag } from '../../../../model/tag.ts'
import type { Api } from '../../api.ts'
import { showTags, writeStatuses } from '../../show.ts'
import { writeCard } from '../../write/card.ts'
import { dateTime } from '../../write/time.ts'
import { linkOffsets, readSlice, writeDays } from '../discover.ts'
import { adminEndpoint, adminId, adminWindow, linkRows } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'manage-taxonomies' } as const
const DAY_MS = 86_400_000

async function writeTags({ api, viewerId }: AdminRequest, tags: readonly Tag[]): Promise<entity.AdminTag[]> {
  const shown = await showTags(api, viewerId, tags)
  return shown.flatMap((written) => {
    const tag = tags.find((one) => String(one.id) === written.id)
    if (!tag) return []
    return {
      ...written,
      trendable: tag.trendable === null ? null : tag.trendable === 1,
      usable: tag.usable === 1,
      requires_review: tag.reviewed_at === null,
      listable: tag.listable === 1,
    }
  })
}

async function oneTag(request: AdminRequest, tag: Tag): Promise<unknown> {
  return (await writeTags(request, [tag]))[0]
}

/** A page of the candidates, with the Link header. */
function cut<T>(request: AdminRequest, list: readonly T[]): T[] {
  const slice = readSlice(request, 20, 100)
  const page = list.slice(slice.offset, slice.offset + slice.limit)
  linkOffsets(request, slice, page.length)
  return page
}

function writeLink({ api }: AdminRequest, { card, days, verdict }: TrendingLink): entity.AdminTrendsLink {
  const today = Math.floor(api.clock.now() / DAY_MS)
  return {
    ...writeCard(api.urls, card),
    history: writeDays(days, today),
    id: card.id,
    requires_review: verdict === undefined,
  }
}

function writeSite(row: ProviderRow): entity.AdminTrendsPreviewCardProvider {
  const time = (at: number | null): string | null => (at === null ? null : dateTime(at))
  return {
    id: row.id,
    domain: row.domain,
    trendable: row.trendable === null ? null : row.trendable === 1,
    reviewed_at: time(row.reviewed_at),
    requested_review_at: time(row.requested_at),
    requires_review: row.reviewed_at === null,
  }
}

async function writePosts(
  { api }: AdminRequest,
  posts: readonly { id: number; verdict: boolean | undefined }[],
): Promise<entity.AdminTrendsStatus[]> {
  const ids = posts.map((post) => post.id)
  const written = await writeStatuses(api, undefined, await viewPosts(api.store.read, undefined, ids))
  return written.map((status) => {
    const verdict = posts.find((post) => String(post.id) === status.id)?.verdict
    return { ...status, requires_review: verdict === undefined }
  })
}

function addTagRoutes(server: Hono, api: Api): void {
  adminEndpoint(server, api, 'GET /api/v1/admin/trends/tags', RULE, async (request) =>
    writeTags(request, cut(request, await candidateTags(api))),
  )
  adminEndpoint(server, api, 'GET /api/v1/admin/tags', RULE, async (request) => {
    const window = adminWindow(request)
    const tags = await listTags(api, request.actor, window)
    linkRows(request, tags, (tag) => tag.id, window)
    return writeTags(request, tags)
  })
  adminEndpoint(server, api, 'GET /api/v1/admin/tags/:id', RULE, async (request) =>
    oneTag(request, await findTag(api, request.actor, adminId(request))),
  )
  for (const method of ['PUT', 'PATCH'] as const)
    adminEndpoint(server, api, `${method} /api/v1/admin/tags/:id`, RULE, async (request) => {
      const { params, actor } = request
      const name = params.text('display_name', 400)
      const flags = {
        listable: params.flag('listable'),
        trendable: params.flag('trendable'),
        usable: params.flag('usable'),
      }
      const wish = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
      const tag = await changeTag(api, actor, adminId(request), {
        ...wish,
        ...(name === undefined ? {} : { displayName: name }),
      })
      return oneTag(request, tag)
    })
  for (const [verb, trendable] of VERBS)
    adminEndpoint(server, api, `POST /api/v1/admin/trends/tags/:id/${verb}`, RULE, async (request) =>
      oneTag(request, await changeTag(api, request.actor, adminId(request), { trendable })),
    )
}

const VERBS = [
  ['approve', true],
  ['reject', false],
] as const

export function addAdminTrendRoutes(server: Hono, api: Api): void {
  addTagRoutes(server, api)
  const path = '/api/v1/admin/trends'
  adminEndpoint(server, api, `GET ${path}/links`, RULE, async (request) =>
    cut(request, await candidateLinks(api)).map((link) => writeLink(request, link)),
  )
  adminEndpoint(server, api, `GET ${path}/links/publishers`, RULE, async (request) => {
    const window = adminWindow(request)
    const rows = await listSites(api, request.actor, window)
    linkRows(request, rows, (row) => row.id, window)
    return rows.map(writeSite)
  })
  adminEndpoint(server, api, `GET ${path}/statuses`, RULE, async (request) =>
    writePosts(request, cut(request, await candidatePosts(api))),
  )
  for (const [verb, allowed] of VERBS) {
    adminEndpoint(server, api, `POST ${path}/links/:id/${verb}`, RULE, async (request) => {
      const id = adminId(request)
      await decideTrend(api, request.actor, { kind: 'link', id, allowed })
      const link = (await candidateLinks(api)).find(({ card }) => card.id === id)
      if (!link) throw notFound()
      return writeLink(request, link)
    })
    adminEndpoint(server, api, `POST ${path}/links/publishers/:id/${verb}`, RULE, async (request) =>
      writeSite(await decideSite(api, request.actor, adminId(request), allowed)),
    )
    adminEndpoint(server, api, `POST ${path}/statuses/:id/${verb}`, RULE, async (request) => {
      const id = adminId(request)
      await decideTrend(api, request.actor, { kind: 'post', id, allowed })
      const [written] = await writePosts(request, [{ id, verdict: allowed }])
      if (!written) throw notFound()
      return written
    })
  }
}
