// Servers that somebody wants nothing to do with.
import type { Hono } from 'hono'
import {
  blockDomain,
  listBlockedDomains,
  previewDomainBlock,
  unblockDomain,
} from '../../../domain/follows/block-domain.ts'
import { edgesOf } from '../../../model/page.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'

async function list(request: ApiRequest): Promise<string[]> {
  const page = readPage(request.params, 100, 200)
  const rows = await listBlockedDomains(request.api, userOf(request), page)
  const edges = edgesOf(rows, (row) => row.id, page.limit)
  if (edges) request.link({ ...edges, minId: false })
  return rows.map((row) => row.domain)
}

export function addDomainBlockRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['follow', 'read', 'read:blocks'] } as const
  const write = { auth: 'user', scopes: ['follow', 'write', 'write:blocks'] } as const
  const path = '/api/v1/domain_blocks'
  endpoint(server, api, `GET ${path}`, read, list)
  endpoint(server, api, `GET ${path}/preview`, write, async (request) => {
    const domain = request.params.required('domain', 500)
    const found = await previewDomainBlock(api, userOf(request), domain)
    return { following_count: found.following, followers_count: found.followers }
  })
  endpoint(server, api, `POST ${path}`, write, async (request) => {
    await blockDomain(api, userOf(request), request.params.required('domain', 500))
    return {}
  })
  endpoint(server, api, `DELETE ${path}`, write, async (request) => {
    await unblockDomain(api, userOf(request), request.params.required('domain', 500))
    return {}
  })
}
