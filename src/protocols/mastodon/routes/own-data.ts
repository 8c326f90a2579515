// Beyond Mastodon: taking one's lists along, moving to another server, and leaving.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { deleteAccount } from '../../../domain/accounts/delete-account.ts'
import {
  addAlias,
  listAliases,
  moveAccount,
  removeAlias,
  requirePassword,
} from '../../../domain/accounts/move-account.ts'
import { EXPORT_KINDS, exportList } from '../../../domain/portability/csv/export-lists.ts'
import { previewImport, readImports, startImport } from '../../../domain/portability/csv/import-lists.ts'
import type { ImportRow } from '../../../domain/portability/csv/import-lists.ts'
import { notFound, Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { showOwnAccount } from '../show.ts'
import { dateTime } from '../write/time.ts'

function writeImport(row: ImportRow): entity.ListImport {
  return {
    id: String(row.id),
    kind: row.kind,
    total: row.total,
    done: row.done,
    failed: row.failed,
    mode: row.mode === 'replace' ? 'replace' : 'merge',
    removed: row.removed,
    created_at: dateTime(row.created_at),
    finished_at: row.finished_at === null ? null : dateTime(row.finished_at),
  }
}

async function exported(request: ApiRequest): Promise<Response> {
  const kind = EXPORT_KINDS.find((one) => one === request.path('kind'))
  if (!kind) throw notFound()
  const text = await exportList(request.api, userOf(request), kind)
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${kind}.csv"`,
      'cache-control': 'private, no-store',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    },
  })
}

function listIn({ params }: ApiRequest): { kind: string; text: string } {
  return { kind: params.text('kind', 50) ?? '', text: params.text('text', 4_000_000) ?? '' }
}

/** A password may be tried a few times only, whoever has the token. */
async function checkPassword(request: ApiRequest): Promise<void> {
  const { api } = request
  const accountId = userOf(request)
  const limit = { limit: 10, periodSeconds: 3600 }
  if (!(await api.limits.consume('own-password', String(accountId), limit)).allowed)
    throw new Refusal('too-many', 'Too many attempts. Try again in an hour')
  await requirePassword(api, accountId, request.params.text('password', 1000) ?? '')
}

export function addOwnDataRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/exports/:kind', read, exported)
  endpoint(server, api, 'GET /api/v1/imports', read, async (request) =>
    (await readImports(api, userOf(request))).map(writeImport),
  )
  endpoint(server, api, 'POST /api/v1/imports', { ...write, maxBody: 5_000_000 }, async (request) => {
    const mode = request.params.text('mode', 20) === 'replace' ? 'replace' : 'merge'
    return writeImport(await startImport(api, userOf(request), { ...listIn(request), mode }))
  })
  endpoint(server, api, 'POST /api/v1/imports/preview', { ...write, maxBody: 5_000_000 }, (request) =>
    previewImport(api, userOf(request), listIn(request)),
  )
  endpoint(server, api, 'GET /api/v1/aliases', read, (request) => listAliases(api, userOf(request)))
  endpoint(server, api, 'POST /api/v1/aliases', write, (request) =>
    addAlias(api, userOf(request), request.params.required('acct', 400).trim()),
  )
  endpoint(server, api, 'DELETE /api/v1/aliases', write, (request) =>
    removeAlias(api, userOf(request), request.params.required('uri', 2000)),
  )
  endpoint(server, api, 'POST /api/v1/move', write, async (request) => {
    await checkPassword(request)
    await moveAccount(api, userOf(request), request.params.required('acct', 400).trim())
    return showOwnAccount(api, userOf(request))
  })
  endpoint(server, api, 'POST /api/v1/leave', write, async (request) => {
    await checkPassword(request)
    await deleteAccount(api, userOf(request))
    return {}
  })
}
