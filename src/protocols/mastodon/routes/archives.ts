// Beyond Mastodon: an archive of everything that somebody has here, made in the background and fetched by its owner only.
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  findOwnArchive,
  readArchive,
  requestArchive,
} from '../../../domain/portability/archive/request-archive.ts'
import type { ArchiveRow } from '../../../domain/portability/archive/request-archive.ts'
import { parseId } from '../../../lib/id.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import { ownPage } from '../oauth/signed-in.ts'
import { dateTime } from '../write/time.ts'

const PAGE = '/settings/archives'

function writeArchive(api: Api, row: ArchiveRow): entity.Archive {
  return {
    id: String(row.id),
    state: row.state as entity.Archive['state'],
    total: row.total,
    done: Math.min(row.done, row.total),
    size: row.bytes,
    url: row.state === 'ready' ? `${api.config.origin}${PAGE}/${row.id}` : null,
    created_at: dateTime(row.created_at),
    expires_at: dateTime(row.expires_at),
  }
}

async function send(api: Api, accountId: number, id: string | undefined): Promise<Response> {
  const row = await findOwnArchive(api, accountId, parseId(id) ?? 0)
  const file = await api.blobs.read(row.file_key)
  if (!file) throw notFound()
  const day = new Date(row.created_at).toISOString().slice(0, 10)
  return new Response(Readable.toWeb(file.stream) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/gzip',
      'content-length': String(file.size),
      'content-disposition': `attachment; filename="archive-${day}.tar.gz"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

export function addArchiveRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/archives', read, async (request) => {
    const row = await readArchive(api, userOf(request))
    return row ? [writeArchive(api, row)] : []
  })
  endpoint(server, api, 'POST /api/v1/archives', write, async (request) =>
    writeArchive(api, await requestArchive(api, userOf(request))),
  )
  // A link for browsers, which then write the file as it comes.
  ownPage(server, api, `${PAGE}/:id`, ({ c, visit }) => send(api, visit.account.id, c.req.param('id')))
}
