// The words and the posts of a filter, one by one.
import type { Hono } from 'hono'
import { addKeyword, changeKeyword, removeKeyword } from '../../../domain/filters/keep-keyword.ts'
import { addFilteredPost, removeFilteredPost } from '../../../domain/filters/keep-post.ts'
import { ownFilter, ownFilteredPost, ownKeyword } from '../../../domain/filters/own-filters.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import { writeFilteredPost, writeKeyword } from '../write/filter.ts'
import { pathId } from './accounts.ts'
import { READ_FILTERS, WRITE_FILTERS } from './filters.ts'

function readWord({ params }: ApiRequest) {
  return { keyword: params.text('keyword') ?? '', wholeWord: params.flag('whole_word') }
}

function filterOf(request: ApiRequest): { accountId: number; filterId: number } {
  return { accountId: userOf(request), filterId: pathId(request, 'filter_id') }
}

function addKeywordRoutes(server: Hono, api: Api): void {
  endpoint(server, api, 'GET /api/v2/filters/:filter_id/keywords', READ_FILTERS, async (request) => {
    const { accountId, filterId } = filterOf(request)
    return (await ownFilter(api, accountId, filterId)).keywords.map(writeKeyword)
  })
  endpoint(server, api, 'POST /api/v2/filters/:filter_id/keywords', WRITE_FILTERS, async (request) =>
    writeKeyword(await addKeyword(api, filterOf(request), readWord(request))),
  )
  endpoint(server, api, 'GET /api/v2/filters/keywords/:id', READ_FILTERS, async (request) =>
    writeKeyword(await ownKeyword(api, userOf(request), pathId(request))),
  )
  const change = async (request: ApiRequest): Promise<unknown> => {
    const owned = { accountId: userOf(request), id: pathId(request) }
    return writeKeyword(await changeKeyword(api, owned, readWord(request)))
  }
  endpoint(server, api, 'PUT /api/v2/filters/keywords/:id', WRITE_FILTERS, change)
  endpoint(server, api, 'PATCH /api/v2/filters/keywords/:id', WRITE_FILTERS, change)
  endpoint(server, api, 'DELETE /api/v2/filters/keywords/:id', WRITE_FILTERS, async (request) => {
    await removeKeyword(api, userOf(request), pathId(request))
    return {}
  })
}

export function addFilterPartRoutes(server: Hono, api: Api): void {
  addKeywordRoutes(server, api)
  endpoint(server, api, 'GET /api/v2/filters/:filter_id/statuses', READ_FILTERS, async (request) => {
    const { accountId, filterId } = filterOf(request)
    return (await ownFilter(api, accountId, filterId)).posts.map(writeFilteredPost)
  })
  endpoint(server, api, 'POST /api/v2/filters/:filter_id/statuses', WRITE_FILTERS, async (request) => {
    const postId = request.params.id('status_id')
    if (postId === undefined) throw new MissingParam('status_id')
    return writeFilteredPost(await addFilteredPost(api, filterOf(request), postId))
  })
  endpoint(server, api, 'GET /api/v2/filters/statuses/:id', READ_FILTERS, async (request) =>
    writeFilteredPost(await ownFilteredPost(api, userOf(request), pathId(request))),
  )
  endpoint(server, api, 'DELETE /api/v2/filters/statuses/:id', WRITE_FILTERS, async (request) => {
    await removeFilteredPost(api, userOf(request), pathId(request))
    return {}
  })
}
