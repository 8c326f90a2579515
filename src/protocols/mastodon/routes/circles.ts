// Circles, the private lists of people that one shares with (our own addition, in the shape of lists), and their timelines.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { createCircle, deleteCircle, renameCircle } from '../../../domain/circles/change-circle.ts'
import { addToCircle, removeFromCircle } from '../../../domain/circles/change-members.ts'
import { findOwnCircle } from '../../../domain/circles/find-own-circle.ts'
import { listCircleMembers, listCircles, listCirclesWith } from '../../../domain/circles/list-circles.ts'
import { readAudience } from '../../../domain/posts/read-audience.ts'
import { circleTimeline } from '../../../domain/timelines/circle-timeline.ts'
import type { CircleSide } from '../../../domain/timelines/circle-timeline.ts'
import type { Audience } from '../../../model/audience.ts'
import { CIRCLE_LIMITS } from '../../../model/circle.ts'
import type { SizedCircle } from '../../../model/circle.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { answerTimeline, showAccounts } from '../show.ts'
import { answerEdges, pathAccount, pathId } from './accounts.ts'
import { audienceWord } from './draft.ts'

function writeCircle(circle: SizedCircle): entity.Circle {
  return { id: String(circle.id), title: circle.name, accounts_count: circle.members }
}

function ownCircle(request: ApiRequest): Promise<SizedCircle> {
  return findOwnCircle(request.api, userOf(request), pathId(request))
}

function wantedName(request: ApiRequest): string {
  return request.params.text('title', 1000) ?? ''
}

async function members(request: ApiRequest): Promise<unknown> {
  const circle = await ownCircle(request)
  if (request.params.integer('limit') === 0) {
    const everybody = await listCircleMembers(request.api, circle, { limit: CIRCLE_LIMITS.members })
    return showAccounts(
      request.api,
      everybody.map((edge) => edge.accountId),
    )
  }
  const page = readPage(request.params, 40, 80)
  return answerEdges(request, await listCircleMembers(request.api, circle, page), page.limit)
}

async function circlePage(request: ApiRequest, circleId: number, side: CircleSide): Promise<unknown> {
  const { api } = request
  const owner = { accountId: userOf(request), circleId }
  const page = readPage(request.params, 20, 40)
  return answerTimeline(request, await circleTimeline(api, owner, side, page))
}

async function audience(request: ApiRequest): Promise<entity.StatusAudience> {
  const { api } = request
  const { post, circles, recipientIds } = await readAudience(api, userOf(request), pathId(request))
  return {
    audience: audienceWord(post.audience as Audience),
    local_only: post.local_only === 1,
    circles: circles.map(writeCircle),
    accounts: await showAccounts(api, recipientIds),
  }
}

export function addCircleRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:lists'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:lists'] } as const
  const path = '/api/v1/circles'
  endpoint(server, api, `GET ${path}`, read, async (request) =>
    (await listCircles(api, userOf(request))).map(writeCircle),
  )
  endpoint(server, api, `POST ${path}`, write, async (request) =>
    writeCircle(await createCircle(api, userOf(request), wantedName(request))),
  )
  endpoint(server, api, `GET ${path}/:id`, read, async (request) => writeCircle(await ownCircle(request)))
  endpoint(server, api, `PUT ${path}/:id`, write, async (request) =>
    writeCircle(await renameCircle(api, await ownCircle(request), wantedName(request))),
  )
  endpoint(server, api, `DELETE ${path}/:id`, write, async (request) => {
    await deleteCircle(api, await ownCircle(request))
    return {}
  })
  endpoint(server, api, `GET ${path}/:id/accounts`, read, members)
  endpoint(server, api, `POST ${path}/:id/accounts`, write, async (request) => {
    await addToCircle(api, await ownCircle(request), request.params.ids('account_ids', 500) ?? [])
    return {}
  })
  endpoint(server, api, `DELETE ${path}/:id/accounts`, write, async (request) => {
    await removeFromCircle(api, await ownCircle(request), request.params.ids('account_ids', 500) ?? [])
    return {}
  })
  endpoint(server, api, 'GET /api/v1/accounts/:id/circles', read, async (request) => {
    const account = await pathAccount(request)
    return (await listCirclesWith(api, userOf(request), account.id)).map(writeCircle)
  })
  endpoint(server, api, `GET ${path}/:id/statuses`, read, (request) =>
    circlePage(request, pathId(request), 'posts'),
  )
  endpoint(server, api, 'GET /api/v1/timelines/circle/:circle_id', read, (request) =>
    circlePage(request, pathId(request, 'circle_id'), 'people'),
  )
  const own = { auth: 'user', scopes: ['read', 'read:statuses'] } as const
  endpoint(server, api, 'GET /api/v1/statuses/:id/audience', own, audience)
}
