// What people show on their profiles: accounts, hashtags; and who of one's acquaintances follows somebody.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { endorseAccount, listEndorsed, unendorseAccount } from '../../../domain/follows/endorse-account.ts'
import { familiarFollowers } from '../../../domain/follows/familiar-followers.ts'
import {
  featureTag,
  featuredTags,
  suggestTags,
  unfeatureById,
  unfeatureTag,
} from '../../../domain/tags/feature-tag.ts'
import type { NamedTag } from '../../../domain/tags/view-tag.ts'
import { viewTag } from '../../../domain/tags/view-tag.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showRelationship, showTags } from '../show.ts'
import { acctOf } from '../write/account.ts'
import { writeFeaturedTag } from '../write/profile.ts'
import { writeTag } from '../write/tag.ts'
import { answerEdges, pathAccount, pathId } from './accounts.ts'
import { seeAccount } from '../../../domain/accounts/see-account.ts'

function namedTag(text: string): NamedTag {
  const displayName = text.trim().replace(/^#/, '')
  const name = normalizeTag(displayName)
  if (name === undefined) throw new Refusal('invalid', 'Validation failed: Name is not a valid hashtag')
  return { name, displayName }
}

async function showFeatured(api: Api, accountId: number): Promise<entity.FeaturedTag[]> {
  const account = await seeAccount(api, accountId)
  const tags = account.suspended_at === null ? await featuredTags(api, accountId) : []
  return tags.map((tag) => writeFeaturedTag(api.urls, acctOf(account), tag))
}

async function feature(request: ApiRequest): Promise<entity.FeaturedTag> {
  const { api, params } = request
  const account = await seeAccount(api, userOf(request))
  const tag = await featureTag(api, account.id, namedTag(params.required('name', 500)))
  return writeFeaturedTag(api.urls, account.username, tag)
}

async function answerEndorsed(request: ApiRequest, accountId: number): Promise<unknown> {
  const isAll = request.params.integer('limit') === 0
  const page = isAll ? { limit: 1000 } : readPage(request.params, 40, 80)
  return answerEdges(request, await listEndorsed(request.api, accountId, page), page.limit)
}

async function familiar(request: ApiRequest): Promise<entity.FamiliarFollowers[]> {
  const { api, params } = request
  const found = await familiarFollowers(api, userOf(request), (params.ids('id', 100) ?? []).slice(0, 40))
  const ids = [...new Set(found.flatMap((one) => one.followerIds))]
  const accounts = new Map((await showAccounts(api, ids)).map((account) => [Number(account.id), account]))
  return found.map(({ id, followerIds }) => ({
    id: String(id),
    accounts: followerIds.flatMap((followerId) => accounts.get(followerId) ?? []),
  }))
}

function addTagRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/featured_tags', read, (request) => showFeatured(api, userOf(request)))
  endpoint(server, api, 'GET /api/v1/featured_tags/suggestions', read, async (request) =>
    showTags(api, userOf(request), await suggestTags(api, userOf(request))),
  )
  endpoint(server, api, 'POST /api/v1/featured_tags', write, feature)
  endpoint(server, api, 'DELETE /api/v1/featured_tags/:id', write, async (request) => {
    await unfeatureById(api, userOf(request), pathId(request))
    return {}
  })
  endpoint(server, api, 'GET /api/v1/accounts/:id/featured_tags', { auth: 'optional' }, async (request) =>
    showFeatured(api, (await pathAccount(request)).id),
  )
  const show = async (request: ApiRequest, tag: NamedTag): Promise<entity.Tag> =>
    writeTag(api.urls, await viewTag(api, userOf(request), tag))
  endpoint(server, api, 'POST /api/v1/tags/:id/feature', write, async (request) => {
    const tag = namedTag(request.path('id'))
    await featureTag(api, userOf(request), tag)
    return show(request, tag)
  })
  endpoint(server, api, 'POST /api/v1/tags/:id/unfeature', write, async (request) => {
    const tag = namedTag(request.path('id'))
    await unfeatureTag(api, userOf(request), tag.name)
    return show(request, tag)
  })
}

/** To be added before the routes of single accounts, whose paths are wider. */
export function addFeaturedRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:accounts'] } as const
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  addTagRoutes(server, api)
  endpoint(
    server,
    api,
    'GET /api/v1/accounts/familiar_followers',
    { auth: 'user', scopes: ['read', 'read:follows'] },
    familiar,
  )
  endpoint(server, api, 'GET /api/v1/endorsements', read, (request) =>
    answerEndorsed(request, userOf(request)),
  )
  endpoint(server, api, 'GET /api/v1/accounts/:id/endorsements', open, async (request) =>
    answerEndorsed(request, (await pathAccount(request)).id),
  )
  for (const [word, deed] of [
    ['endorse', endorseAccount],
    ['pin', endorseAccount],
    ['unendorse', unendorseAccount],
    ['unpin', unendorseAccount],
  ] as const)
    endpoint(server, api, `POST /api/v1/accounts/:id/${word}`, write, async (request) => {
      const account = await pathAccount(request)
      await deed(api, userOf(request), account.id)
      return showRelationship(api, userOf(request), account.id)
    })
}
