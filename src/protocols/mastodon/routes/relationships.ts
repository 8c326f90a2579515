// What one account does about another: follow, block, mute, answer requests, keep a note.
import type { Hono } from 'hono'
import { acceptRequest, rejectFollow } from '../../../domain/follows/answer-follow.ts'
import { blockAccount, unblockAccount } from '../../../domain/follows/block-account.ts'
import { followAccount } from '../../../domain/follows/follow-account.ts'
import type { FollowWish } from '../../../domain/follows/follow-account.ts'
import { listBlocks } from '../../../domain/follows/list-blocks.ts'
import { listFollowRequests } from '../../../domain/follows/list-follow-requests.ts'
import { listMutes } from '../../../domain/follows/list-mutes.ts'
import { muteAccount, unmuteAccount } from '../../../domain/follows/mute-account.ts'
import { noteAccount } from '../../../domain/follows/note-account.ts'
import { unfollowAccount } from '../../../domain/follows/unfollow-account.ts'
import { normalizeLanguage } from '../../../lib/text/language.ts'
import { edgesOf } from '../../../model/page.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import type { EndpointRule } from '../http/rule.ts'
import { showAccounts, showRelationship } from '../show.ts'
import { dateTime } from '../write/time.ts'
import { answerEdges, pathAccount } from './accounts.ts'

type Deed = (api: Api, ids: { viewerId: number; targetId: number }, params: Params) => Promise<unknown>

function readWish(params: Params): FollowWish {
  const boosts = params.flag('reblogs')
  const notify = params.flag('notify')
  const languages = params.texts('languages', 50, 20)
  return {
    ...(boosts === undefined ? {} : { showBoosts: boosts }),
    ...(notify === undefined ? {} : { notify }),
    ...(params.has('languages')
      ? {
          languages:
            languages && languages.length > 0
              ? languages.flatMap((tag) => normalizeLanguage(tag) ?? [])
              : null,
        }
      : {}),
  }
}

async function follow(
  api: Api,
  { viewerId, targetId }: { viewerId: number; targetId: number },
  params: Params,
): Promise<void> {
  await followAccount(api, viewerId, targetId, readWish(params))
}

/** Adds a route that does something about the account in the path and answers with the relationship after it. */
function addDeed(server: Hono, api: Api, at: `POST ${string}`, rule: EndpointRule, deed: Deed): void {
  endpoint(server, api, at, rule, async (request) => {
    const viewerId = userOf(request)
    const account = await pathAccount(request, at.includes(':account_id') ? 'account_id' : 'id')
    await deed(api, { viewerId, targetId: account.id }, request.params)
    return showRelationship(api, viewerId, account.id)
  })
}

const follows: EndpointRule = { auth: 'user', scopes: ['follow', 'write', 'write:follows'] }
const blocks: EndpointRule = { auth: 'user', scopes: ['follow', 'write', 'write:blocks'] }
const mutes: EndpointRule = { auth: 'user', scopes: ['follow', 'write', 'write:mutes'] }

async function answerMutes(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const page = readPage(request.params, 40, 80)
  const rows = await listMutes(api, userOf(request), page)
  const ends = new Map(rows.map((row) => [String(row.accountId), row.expiresAt]))
  const edges = edgesOf(rows, (row) => row.id, page.limit)
  if (edges) request.link({ ...edges, minId: false })
  const accounts = await showAccounts(
    api,
    rows.map((row) => row.accountId),
  )
  return accounts.map((account) => {
    const expiresAt = ends.get(account.id) ?? null
    return { ...account, mute_expires_at: expiresAt === null ? null : dateTime(expiresAt) }
  })
}

function addLists(server: Hono, api: Api): void {
  endpoint(
    server,
    api,
    'GET /api/v1/blocks',
    { auth: 'user', scopes: ['follow', 'read', 'read:blocks'] },
    async (request) => {
      const page = readPage(request.params, 40, 80)
      return answerEdges(request, await listBlocks(api, userOf(request), page), page.limit)
    },
  )
  endpoint(
    server,
    api,
    'GET /api/v1/mutes',
    { auth: 'user', scopes: ['follow', 'read', 'read:mutes'] },
    answerMutes,
  )
  endpoint(
    server,
    api,
    'GET /api/v1/follow_requests',
    { auth: 'user', scopes: ['follow', 'read', 'read:follows'] },
    async (request) => {
      const page = readPage(request.params, 40, 80)
      return answerEdges(request, await listFollowRequests(api, userOf(request), page), page.limit)
    },
  )
}

export function addRelationshipRoutes(server: Hono, api: Api): void {
  addDeed(server, api, 'POST /api/v1/accounts/:id/follow', { ...follows, family: 'follows' }, follow)
  addDeed(server, api, 'POST /api/v1/accounts/:id/unfollow', follows, (_, { viewerId, targetId }) =>
    unfollowAccount(api, viewerId, targetId),
  )
  addDeed(
    server,
    api,
    'POST /api/v1/accounts/:id/remove_from_followers',
    follows,
    (_, { viewerId, targetId }) => rejectFollow(api, viewerId, targetId),
  )
  addDeed(server, api, 'POST /api/v1/accounts/:id/block', blocks, (_, { viewerId, targetId }) =>
    blockAccount(api, viewerId, targetId),
  )
  addDeed(server, api, 'POST /api/v1/accounts/:id/unblock', blocks, (_, { viewerId, targetId }) =>
    unblockAccount(api, viewerId, targetId),
  )
  addDeed(server, api, 'POST /api/v1/accounts/:id/mute', mutes, (_, { viewerId, targetId }, params) => {
    const notifications = params.flag('notifications')
    return muteAccount(api, viewerId, targetId, {
      durationSeconds: params.integer('duration') ?? 0,
      ...(notifications === undefined ? {} : { notifications }),
    })
  })
  addDeed(server, api, 'POST /api/v1/accounts/:id/unmute', mutes, (_, { viewerId, targetId }) =>
    unmuteAccount(api, viewerId, targetId),
  )
  addDeed(
    server,
    api,
    'POST /api/v1/accounts/:id/note',
    { auth: 'user', scopes: ['write', 'write:accounts'] },
    (_, { viewerId, targetId }, params) =>
      noteAccount(api, viewerId, targetId, params.text('comment', 2000) ?? ''),
  )
  addDeed(
    server,
    api,
    'POST /api/v1/follow_requests/:account_id/authorize',
    follows,
    (_, { viewerId, targetId }) => acceptRequest(api, viewerId, targetId),
  )
  addDeed(
    server,
    api,
    'POST /api/v1/follow_requests/:account_id/reject',
    follows,
    async (_, { viewerId, targetId }) => {
      if (!(await rejectFollow(api, viewerId, targetId))) throw notFound()
    },
  )
  addLists(server, api)
}
