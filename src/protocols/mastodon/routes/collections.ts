// Collections: people recommended together; starter packs are those that newcomers are shown.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  addToCollection,
  changeCollection,
  createCollection,
  endCollection,
  leaveCollection,
  removeFromCollection,
} from '../../../domain/collections/change-collection.ts'
import type { CollectionWish } from '../../../domain/collections/change-collection.ts'
import { followCollection } from '../../../domain/collections/follow-collection.ts'
import {
  readCollection,
  readCollectionsOf,
  readCollectionsWith,
  readStarterPacks,
} from '../../../domain/collections/read-collections.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import type { CollectionView } from '../../../model/collection.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { showAccounts, showRelationships } from '../show.ts'
import { writeCollection, writeCollectionItem } from '../write/collection.ts'
import { pathAccount, pathId } from './accounts.ts'

function readWish({ params }: ApiRequest): CollectionWish {
  const wish: CollectionWish = {}
  const texts = { name: params.text('name', 1000), description: params.text('description', 5000) }
  const flags = { sensitive: params.flag('sensitive'), discoverable: params.flag('discoverable') }
  for (const [name, value] of Object.entries({ ...texts, ...flags }))
    if (value !== undefined) Object.assign(wish, { [name]: value })
  const language = params.text('language', 20)
  if (language !== undefined) wish.language = language === '' ? null : language
  const tag = params.text('tag_name', 200)
  if (tag !== undefined) wish.tag = tag === '' ? null : checkedTag(tag)
  return wish
}

function checkedTag(text: string): string {
  const tag = normalizeTag(text)
  if (tag === undefined) throw new Refusal('invalid', 'Validation failed: Tag name is not a hashtag')
  return tag
}

async function whole(request: ApiRequest, view: CollectionView): Promise<entity.CollectionWithAccounts> {
  const { api } = request
  const ids = [view.collection.account_id, ...view.items.map((item) => item.account_id)]
  return { collection: writeCollection(api.urls, view), accounts: await showAccounts(api, ids) }
}

async function wrapped(request: ApiRequest, id: number): Promise<entity.WrappedCollection> {
  const view = await readCollection(request.api, request.viewerId, id)
  return { collection: writeCollection(request.api.urls, view) }
}

async function create(request: ApiRequest): Promise<entity.WrappedCollection> {
  const accountIds = request.params.ids('account_ids', 100) ?? []
  const id = await createCollection(request.api, userOf(request), { ...readWish(request), accountIds })
  return wrapped(request, id)
}

async function change(request: ApiRequest): Promise<entity.WrappedCollection> {
  const id = pathId(request)
  await changeCollection(request.api, userOf(request), id, readWish(request))
  return wrapped(request, id)
}

async function add(request: ApiRequest): Promise<entity.WrappedCollectionItem> {
  const accountId = request.params.id('account_id')
  if (accountId === undefined) throw notFound()
  const id = pathId(request, 'collection_id')
  return {
    collection_item: writeCollectionItem(await addToCollection(request.api, userOf(request), id, accountId)),
  }
}

/** One list of accounts is loaded for all packs. */
async function starterPacks(request: ApiRequest): Promise<entity.CollectionWithAccounts[]> {
  const { api } = request
  const views = await readStarterPacks(api)
  const idsOf = ({ collection, items }: CollectionView): number[] => [
    collection.account_id,
    ...items.map((item) => item.account_id),
  ]
  const accounts = await showAccounts(api, [...new Set(views.flatMap(idsOf))])
  const byId = new Map(accounts.map((account) => [Number(account.id), account]))
  return views.map((view) => ({
    collection: writeCollection(api.urls, view),
    accounts: idsOf(view).flatMap((id) => byId.get(id) ?? []),
  }))
}

/** The catalogue promises a body without a single byte. */
function nothing(): Response {
  return new Response('', {
    headers: { 'access-control-allow-origin': '*', 'cache-control': 'private, no-store' },
  })
}

function addReading(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:collections'] } as const
  const mine = { auth: 'user', scopes: ['read', 'read:collections'] } as const
  endpoint(server, api, 'GET /api/v1/collections/:id', open, async (request) =>
    whole(request, await readCollection(api, request.viewerId, pathId(request))),
  )
  endpoint(server, api, 'GET /api/v1/accounts/:account_id/collections', open, async (request) => {
    const account = await pathAccount(request, 'account_id')
    const views = await readCollectionsOf(api, request.viewerId, account.id)
    return { collections: views.map((view) => writeCollection(api.urls, view)) }
  })
  endpoint(server, api, 'GET /api/v1/accounts/:account_id/in_collections', mine, async (request) => {
    if (pathId(request, 'account_id') !== userOf(request)) throw notFound()
    const views = await readCollectionsWith(api, userOf(request))
    return { collections: views.map((view) => writeCollection(api.urls, view)) }
  })
  endpoint(server, api, 'GET /api/v1/starter_packs', open, starterPacks)
}

export function addCollectionRoutes(server: Hono, api: Api): void {
  const write = { auth: 'user', scopes: ['write', 'write:collections'] } as const
  const follow = { auth: 'user', scopes: ['write', 'write:follows', 'follow'], family: 'follows' } as const
  addReading(server, api)
  endpoint(server, api, 'POST /api/v1/collections', write, create)
  endpoint(server, api, 'PATCH /api/v1/collections/:id', write, change)
  endpoint(server, api, 'DELETE /api/v1/collections/:id', write, async (request) => {
    await endCollection(api, userOf(request), pathId(request))
    return nothing()
  })
  endpoint(server, api, 'POST /api/v1/collections/:collection_id/items', write, add)
  const item = '/api/v1/collections/:collection_id/items/:id'
  endpoint(server, api, `DELETE ${item}`, write, async (request) => {
    const id = pathId(request, 'collection_id')
    await removeFromCollection(api, userOf(request), id, pathId(request))
    return nothing()
  })
  endpoint(server, api, `POST ${item}/revoke`, write, async (request) => {
    await leaveCollection(api, userOf(request), pathId(request, 'collection_id'), pathId(request))
    return nothing()
  })
  endpoint(server, api, 'POST /api/v1/collections/:id/follow', follow, async (request) => {
    const ids = await followCollection(api, userOf(request), pathId(request))
    return showRelationships(api, userOf(request), ids)
  })
}
