// Posts that wait for their time: looking at them, putting them off, thinking better of them.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  listScheduled,
  ownScheduled,
  reschedulePost,
  rewriteScheduledPost,
  scheduledMedia,
  unschedulePost,
} from '../../../domain/schedule/schedule-post.ts'
import { publishScheduledNow } from '../../../domain/schedule/publish-scheduled.ts'
import { edgesOf } from '../../../model/page.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { ScheduledPost } from '../../../model/scheduled-post.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import { writeMedia } from '../write/media.ts'
import { visibilityOf } from '../write/status.ts'
import { dateTime } from '../write/time.ts'
import { showStatus } from '../show.ts'
import { pathId } from './accounts.ts'
import { audienceWord, readDraft } from './draft.ts'

/** Milliseconds since 1970; undefined when nothing was said. */
export function readScheduledAt(params: Params): number | undefined {
  const text = params.text('scheduled_at', 100)
  if (text === undefined || text === '') return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Refusal('invalid', 'Validation failed: scheduled_at is not a valid date')
  return at
}

function writeParams({ draft }: ScheduledPost): entity.ScheduledStatusParams {
  return {
    text: draft.text,
    poll: draft.poll
      ? {
          options: draft.poll.options,
          expires_in: draft.poll.expiresInSeconds,
          multiple: draft.poll.multiple,
          hide_totals: draft.poll.hideTotals,
        }
      : null,
    media_ids: draft.mediaIds && draft.mediaIds.length > 0 ? draft.mediaIds.map(String) : null,
    sensitive: draft.sensitive ?? null,
    spoiler_text: draft.spoilerText ?? null,
    visibility: visibilityOf(draft.audience),
    in_reply_to_id: draft.inReplyToId ?? null,
    language: draft.language ?? null,
    application_id: draft.appId ?? null,
    scheduled_at: null,
    idempotency: draft.idempotencyKey ?? null,
    with_rate_limit: false,
    quoted_status_id: draft.quoteOfId === undefined ? null : String(draft.quoteOfId),
    quote_approval_policy: draft.quotePolicy ?? 'public',
    audience: audienceWord(draft.audience),
    content_type: draft.sourceType,
    local_only: draft.localOnly === true,
    circle_ids: (draft.circleIds ?? []).map(String),
    recipient_ids: (draft.recipientIds ?? []).map(String),
  }
}

export async function showScheduled(api: Api, post: ScheduledPost): Promise<entity.ScheduledStatus> {
  const media = await scheduledMedia(api, post)
  return {
    id: String(post.id),
    scheduled_at: dateTime(post.scheduledAt),
    params: writeParams(post),
    media_attachments: media.map((row) => writeMedia(api.urls, row)),
  }
}

async function list(request: ApiRequest): Promise<unknown> {
  const page = readPage(request.params, 20, 40)
  const posts = await listScheduled(request.api, userOf(request), page)
  const edges = edgesOf(posts, (post) => post.id, page.limit)
  if (edges) request.link(edges)
  return Promise.all(posts.map((post) => showScheduled(request.api, post)))
}

async function change(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const [accountId, id] = [userOf(request), pathId(request)]
  const at = readScheduledAt(request.params)
  if (request.params.has('status') || request.params.has('media_ids')) {
    const draft = await readDraft(request)
    return showScheduled(api, await rewriteScheduledPost(api, accountId, id, { draft, at }))
  }
  const post =
    at === undefined ? await ownScheduled(api, accountId, id) : await reschedulePost(api, accountId, id, at)
  return showScheduled(api, post)
}

export function addScheduledRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:statuses'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:statuses'] } as const
  const path = '/api/v1/scheduled_statuses'
  endpoint(server, api, `GET ${path}`, read, list)
  endpoint(server, api, `GET ${path}/:id`, read, async (request) =>
    showScheduled(api, await ownScheduled(api, userOf(request), pathId(request))),
  )
  endpoint(server, api, `PUT ${path}/:id`, write, change)
  endpoint(server, api, `PATCH ${path}/:id`, write, change)
  endpoint(server, api, `POST ${path}/:id/publish`, { ...write, family: 'statuses' }, async (request) =>
    showStatus(api, userOf(request), await publishScheduledNow(api, userOf(request), pathId(request))),
  )
  endpoint(server, api, `DELETE ${path}/:id`, write, async (request) => {
    await unschedulePost(api, userOf(request), pathId(request))
    return {}
  })
}
