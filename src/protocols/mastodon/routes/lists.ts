// Lists of people, each a timeline of its own.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { addToList, createList, removeFromList } from '../../../domain/lists/change-list.ts'
import { deleteList } from '../../../domain/lists/delete-list.ts'
import { editList } from '../../../domain/lists/edit-list.ts'
import { findOwnList } from '../../../domain/lists/find-own-list.ts'
import { listLists, listListsWith } from '../../../domain/lists/list-lists.ts'
import { listMembers } from '../../../domain/lists/list-members.ts'
import type { List } from '../../../model/list.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import { answerEdges, pathAccount, pathId } from './accounts.ts'

function writeList(list: List): entity.List {
  return {
    id: String(list.id),
    title: list.title,
    replies_policy: list.replies_policy as entity.List['replies_policy'],
    exclusive: list.exclusive === 1,
  }
}

function ownList(request: ApiRequest): Promise<List> {
  return findOwnList(request.api, userOf(request), pathId(request))
}

function readWish(params: Params, old?: List) {
  const title = params.text('title', 1000) ?? old?.title ?? ''
  if (title.trim() === '') throw new Refusal('invalid', "Validation failed: Title can't be blank")
  if (title.length > 256)
    throw new Refusal('invalid', 'Validation failed: Title is too long (maximum is 256 characters)')
  const policy = params.text('replies_policy', 20) ?? old?.replies_policy ?? 'list'
  if (!['list', 'followed', 'none'].includes(policy))
    throw new Refusal('invalid', `'${policy}' is not a valid replies_policy`)
  const exclusive = params.flag('exclusive') ?? old?.exclusive === 1
  return { title, replies_policy: policy, exclusive: exclusive ? 1 : 0 }
}

async function change(request: ApiRequest): Promise<entity.List> {
  const list = await ownList(request)
  return writeList(await editList(request.api, list, readWish(request.params, list)))
}

async function members(request: ApiRequest): Promise<unknown> {
  const list = await ownList(request)
  const all = request.params.integer('limit') === 0
  const page = all ? { limit: 5000 } : readPage(request.params, 40, 80)
  return answerEdges(request, await listMembers(request.api, list, page), page.limit)
}

export function addListRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:lists'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:lists'] } as const
  endpoint(server, api, 'GET /api/v1/lists', read, async (request) =>
    (await listLists(api, userOf(request))).map(writeList),
  )
  endpoint(server, api, 'POST /api/v1/lists', write, async (request) =>
    writeList(await createList(api, userOf(request), readWish(request.params))),
  )
  endpoint(server, api, 'GET /api/v1/lists/:id', read, async (request) => writeList(await ownList(request)))
  endpoint(server, api, 'PUT /api/v1/lists/:id', write, change)
  endpoint(server, api, 'DELETE /api/v1/lists/:id', write, async (request) => {
    await deleteList(api, await ownList(request))
    return {}
  })
  endpoint(server, api, 'GET /api/v1/lists/:id/accounts', read, members)
  endpoint(server, api, 'POST /api/v1/lists/:id/accounts', write, async (request) => {
    const list = await ownList(request)
    await addToList(api, list, request.params.ids('account_ids', 500) ?? [])
    return {}
  })
  endpoint(server, api, 'DELETE /api/v1/lists/:id/accounts', write, async (request) => {
    const list = await ownList(request)
    await removeFromList(api, list, request.params.ids('account_ids', 500) ?? [])
    return {}
  })
  endpoint(server, api, 'GET /api/v1/accounts/:id/lists', read, async (request) => {
    const account = await pathAccount(request)
    return (await listListsWith(api, userOf(request), account.id)).map(writeList)
  })
}
