// Filters: making, changing and removing them, words included.
import type { Hono } from 'hono'
import { changeFilter, createFilter, removeFilter } from '../../../domain/filters/keep-filter.ts'
import type { KeywordWish } from '../../../domain/filters/keep-filter.ts'
import { FILTER_LIMITS } from '../../../domain/filters/limits.ts'
import { ownFilter, ownFilters } from '../../../domain/filters/own-filters.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import type { Params } from '../http/params.ts'
import { writeFilter } from '../write/filter.ts'
import { pathId } from './accounts.ts'

export const READ_FILTERS = { auth: 'user', scopes: ['read', 'read:filters'] } as const
export const WRITE_FILTERS = { auth: 'user', scopes: ['write', 'write:filters'] } as const

/** Seconds; null (an empty value) for never, undefined when nothing was said. */
export function readExpiry(params: Params): number | null | undefined {
  if (!params.has('expires_in')) return undefined
  const text = params.text('expires_in', 30)
  if (text === undefined || text === '') return null
  const seconds = params.integer('expires_in')
  if (seconds === undefined) throw new Refusal('invalid', 'Validation failed: Expires in is not a number')
  return seconds
}

function readKeywords(params: Params): KeywordWish[] {
  const wishes = params.children('keywords_attributes', FILTER_LIMITS.keywords * 2) ?? []
  return wishes.map((wish) => {
    const id = wish.id('id')
    const keyword = wish.text('keyword')
    const wholeWord = wish.flag('whole_word')
    return {
      ...(id === undefined ? {} : { id }),
      ...(keyword === undefined ? {} : { keyword }),
      ...(wholeWord === undefined ? {} : { wholeWord }),
      remove: wish.flag('_destroy') === true,
    }
  })
}

async function create(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const wish = {
    title: params.text('title') ?? '',
    contexts: params.texts('context', 20, 50) ?? [],
    action: params.text('filter_action', 20) ?? 'warn',
    expiresIn: readExpiry(params),
  }
  return writeFilter(await createFilter(api, userOf(request), wish, readKeywords(params)))
}

async function change(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const title = params.text('title')
  const contexts = params.texts('context', 20, 50)
  const action = params.text('filter_action', 20)
  const wish = {
    ...(title === undefined ? {} : { title }),
    ...(contexts === undefined ? {} : { contexts }),
    ...(action === undefined ? {} : { action }),
    expiresIn: readExpiry(params),
  }
  const owned = { accountId: userOf(request), id: pathId(request) }
  return writeFilter(await changeFilter(api, owned, wish, readKeywords(params)))
}

export function addFilterRoutes(server: Hono, api: Api): void {
  endpoint(server, api, 'GET /api/v2/filters', READ_FILTERS, async (request) =>
    (await ownFilters(api, userOf(request))).map(writeFilter),
  )
  endpoint(server, api, 'POST /api/v2/filters', WRITE_FILTERS, create)
  endpoint(server, api, 'GET /api/v2/filters/:id', READ_FILTERS, async (request) =>
    writeFilter(await ownFilter(api, userOf(request), pathId(request))),
  )
  endpoint(server, api, 'PUT /api/v2/filters/:id', WRITE_FILTERS, change)
  endpoint(server, api, 'PATCH /api/v2/filters/:id', WRITE_FILTERS, change)
  endpoint(server, api, 'DELETE /api/v2/filters/:id', WRITE_FILTERS, async (request) => {
    await removeFilter(api, userOf(request), pathId(request))
    return {}
  })
}
