// Filters as the first version of the API has them: each is one word, known by the word's id.
import type { Hono } from 'hono'
import { changeFilter, createFilter, removeFilter } from '../../../domain/filters/keep-filter.ts'
import { removeKeyword } from '../../../domain/filters/keep-keyword.ts'
import { filterAmong, keywordAmong, ownFilters } from '../../../domain/filters/own-filters.ts'
import type { Filter, FilterKeyword } from '../../../model/filter.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { writeOldFilter } from '../write/filter.ts'
import { pathId } from './accounts.ts'
import { READ_FILTERS, WRITE_FILTERS, readExpiry } from './filters.ts'

async function find(request: ApiRequest): Promise<{ filter: Filter; keyword: FilterKeyword }> {
  const filters = await ownFilters(request.api, userOf(request))
  const keyword = keywordAmong(filters, pathId(request))
  return { filter: filterAmong(filters, keyword.filterId), keyword }
}

function readWish({ params }: ApiRequest) {
  const phrase = params.text('phrase') ?? ''
  return {
    title: phrase.slice(0, 256),
    keyword: phrase,
    contexts: params.texts('context', 20, 50) ?? [],
    action: params.flag('irreversible') === true ? 'hide' : 'warn',
    expiresIn: readExpiry(params),
    wholeWord: params.flag('whole_word') ?? false,
  }
}

function shown(filter: Filter, keywordId?: number): unknown {
  const keyword = filter.keywords.find((one) => keywordId === undefined || one.id === keywordId)
  if (!keyword) throw notFound()
  return writeOldFilter(filter, keyword)
}

async function create(request: ApiRequest): Promise<unknown> {
  const { keyword, wholeWord, ...wish } = readWish(request)
  return shown(await createFilter(request.api, userOf(request), wish, [{ keyword, wholeWord }]))
}

async function change(request: ApiRequest): Promise<unknown> {
  const { filter, keyword } = await find(request)
  const { keyword: phrase, wholeWord, title, ...wish } = readWish(request)
  const isOther =
    wish.action !== filter.action ||
    wish.expiresIn !== undefined ||
    wish.contexts.toSorted().join() !== filter.contexts.toSorted().join()
  if (filter.keywords.length > 1 && isOther)
    throw new Refusal(
      'invalid',
      'These parameters cannot be changed from this application because they apply to more than one filter keyword',
    )
  const whole = filter.keywords.length > 1 ? {} : { ...wish, title }
  const owned = { accountId: userOf(request), id: filter.id }
  const words = [{ id: keyword.id, keyword: phrase, wholeWord }]
  return shown(await changeFilter(request.api, owned, whole, words), keyword.id)
}

/** The last word takes its filter with it. */
async function remove(request: ApiRequest): Promise<unknown> {
  const { filter, keyword } = await find(request)
  if (filter.keywords.length > 1) await removeKeyword(request.api, userOf(request), keyword.id)
  else await removeFilter(request.api, userOf(request), filter.id)
  return {}
}

export function addOldFilterRoutes(server: Hono, api: Api): void {
  const deprecated = { deprecatedSince: '2022-11-14' }
  const read = { ...READ_FILTERS, ...deprecated }
  const write = { ...WRITE_FILTERS, ...deprecated }
  endpoint(server, api, 'GET /api/v1/filters', read, async (request) =>
    (await ownFilters(api, userOf(request))).flatMap((filter) =>
      filter.keywords.map((keyword) => writeOldFilter(filter, keyword)),
    ),
  )
  endpoint(server, api, 'POST /api/v1/filters', write, create)
  endpoint(server, api, 'GET /api/v1/filters/:id', read, async (request) => {
    const { filter, keyword } = await find(request)
    return writeOldFilter(filter, keyword)
  })
  endpoint(server, api, 'PUT /api/v1/filters/:id', write, change)
  endpoint(server, api, 'PATCH /api/v1/filters/:id', write, change)
  endpoint(server, api, 'DELETE /api/v1/filters/:id', write, remove)
}
