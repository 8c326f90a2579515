// People read what moderators did to them, and ask them to look again.
import type { Hono } from 'hono'
import { appealStrike, listOwnStrikes } from '../../../domain/moderation/appeal-strike.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccount } from '../show.ts'
import { writeWarning } from '../write/strike.ts'
import { pathId } from './accounts.ts'

export function addStrikeRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/strikes', read, async (request) => {
    const accountId = userOf(request)
    const page = readPage(request.params, 20, 40)
    const strikes = await listOwnStrikes(api, accountId, page)
    const [first, last] = [strikes[0], strikes.at(-1)]
    if (first && last)
      request.link({ first: first.row.id, last: last.row.id, more: strikes.length >= page.limit })
    const target = await showAccount(api, accountId)
    return strikes.map((one) => writeWarning(one, target))
  })
  endpoint(server, api, 'POST /api/v1/strikes/:id/appeal', write, async (request) => {
    const accountId = userOf(request)
    const text = request.params.required('text', 5000)
    const strike = await appealStrike(api, accountId, pathId(request), text)
    if (strike.row.target_id !== accountId) throw notFound()
    return writeWarning(strike, await showAccount(api, accountId))
  })
}
