// Beyond Mastodon: events that posts announce, answering them, and emoji reactions.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { answerEvent } from '../../../domain/events/answer-event.ts'
import { readEvent } from '../../../domain/events/read-event.ts'
import { readEmojis } from '../../../domain/reactions/read-emojis.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { writeEmoji } from '../write/emoji.ts'
import { writeEventDetails } from '../write/event.ts'
import { pathId } from './accounts.ts'

async function show(request: ApiRequest): Promise<entity.EventDetails> {
  const { event, own } = await readEvent(request.api, request.viewerId, pathId(request))
  return writeEventDetails(event, own)
}

async function answer(request: ApiRequest): Promise<entity.EventDetails> {
  const word = request.params.required('answer', 10)
  await answerEvent(request.api, {
    accountId: userOf(request),
    postId: pathId(request),
    // The verb says which answers there are.
    answer: word as 'yes',
  })
  return show(request)
}

async function reactions(request: ApiRequest): Promise<entity.EmojiReaction[]> {
  const { api, viewerId } = request
  return (await readEmojis(api, viewerId, pathId(request))).map(({ emoji, count, mine, custom }) => {
    const picture = custom && writeEmoji(api.urls, custom)
    return {
      name: emoji.replaceAll(':', ''),
      count,
      me: mine,
      url: picture?.url ?? null,
      static_url: picture?.static_url ?? null,
    }
  })
}

export function addEventRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:statuses'] } as const
  endpoint(server, api, 'GET /api/v1/statuses/:id/event', open, show)
  endpoint(server, api, 'POST /api/v1/statuses/:id/event/answer', write, answer)
  endpoint(server, api, 'GET /api/v1/statuses/:id/reactions', open, reactions)
}
