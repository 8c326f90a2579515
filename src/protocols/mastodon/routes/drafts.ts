// Drafts: what somebody has begun to write, kept on the server (our own addition).
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  changeDraft,
  createDraft,
  discardDraft,
  draftMedia,
  listDrafts,
  ownDraft,
} from '../../../domain/drafts/keep-draft.ts'
import type { DraftContent, DraftPart, KeptDraft } from '../../../model/kept-draft.ts'
import type { MediaRow } from '../../../model/media.ts'
import { edgesOf } from '../../../model/page.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import type { Params } from '../http/params.ts'
import { writeMedia } from '../write/media.ts'
import { dateTime } from '../write/time.ts'
import { pathId } from './accounts.ts'
import { audienceWord, readAudience, readContentType, readKeptPoll, readQuotePolicy } from './draft.ts'

function readPart(params: Params): DraftPart {
  return {
    text: params.text('text', 100_000) ?? '',
    spoilerText: params.text('spoiler_text', 10_000) ?? '',
    sensitive: params.flag('sensitive') === true,
    mediaIds: params.ids('media_ids', 20) ?? [],
    poll: readKeptPoll(params) ?? null,
  }
}

function readContent(params: Params): DraftContent {
  const language = params.text('language', 50)
  return {
    parts: (params.children('posts', 50) ?? []).map(readPart),
    sourceType: readContentType(params),
    language: language === undefined || language === '' ? null : language,
    audience: readAudience(params, 'public'),
    localOnly: params.flag('local_only') === true,
    circleIds: params.ids('circle_ids', 100) ?? [],
    recipientIds: params.ids('recipient_ids', 1000) ?? [],
    inReplyToId: params.id('in_reply_to_id') ?? null,
    quoteOfId: params.id('quoted_status_id') ?? null,
    quotePolicy: readQuotePolicy(params) ?? null,
  }
}

function writePart(api: Api, part: DraftPart, media: ReadonlyMap<number, MediaRow>): entity.DraftPost {
  return {
    text: part.text,
    spoiler_text: part.spoilerText,
    sensitive: part.sensitive,
    media_attachments: part.mediaIds.flatMap((id) => {
      const row = media.get(id)
      return row ? writeMedia(api.urls, row) : []
    }),
    poll: part.poll && {
      options: part.poll.options,
      expires_in: part.poll.expiresInSeconds,
      multiple: part.poll.multiple,
      hide_totals: part.poll.hideTotals,
    },
  }
}

function writeDraft(api: Api, draft: KeptDraft, media: ReadonlyMap<number, MediaRow>): entity.Draft {
  const { content } = draft
  const id = (value: number | null): string | null => (value === null ? null : String(value))
  return {
    id: String(draft.id),
    created_at: dateTime(draft.createdAt),
    updated_at: dateTime(draft.updatedAt),
    problem: draft.problem,
    posts: content.parts.map((part) => writePart(api, part, media)),
    content_type: content.sourceType,
    language: content.language,
    visibility: audienceWord(content.audience),
    local_only: content.localOnly,
    circle_ids: content.circleIds.map(String),
    recipient_ids: content.recipientIds.map(String),
    in_reply_to_id: id(content.inReplyToId),
    quoted_status_id: id(content.quoteOfId),
    quote_approval_policy: content.quotePolicy,
  }
}

async function showDrafts(api: Api, drafts: readonly KeptDraft[]): Promise<entity.Draft[]> {
  const media = await draftMedia(api, drafts)
  return drafts.map((draft) => writeDraft(api, draft, media))
}

async function showDraft(api: Api, draft: KeptDraft): Promise<entity.Draft> {
  return writeDraft(api, draft, await draftMedia(api, [draft]))
}

async function list(request: ApiRequest): Promise<entity.Draft[]> {
  const { api } = request
  const page = readPage(request.params, 20, 40)
  const drafts = await listDrafts(api, userOf(request), page)
  const edges = edgesOf(drafts, (draft) => draft.id, page.limit)
  if (edges) request.link(edges)
  return showDrafts(api, drafts)
}

async function change(request: ApiRequest): Promise<entity.Draft> {
  const { api, params } = request
  const text = params.text('updated_at', 100)
  const known = text === undefined || text === '' ? undefined : Date.parse(text)
  if (Number.isNaN(known)) throw new Refusal('invalid', 'Validation failed: updated_at is not a valid date')
  const content = readContent(params)
  return showDraft(api, await changeDraft(api, userOf(request), pathId(request), { content, known }))
}

export function addDraftRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:statuses'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:statuses'] } as const
  const path = '/api/v1/drafts'
  endpoint(server, api, `GET ${path}`, read, list)
  endpoint(server, api, `POST ${path}`, write, async (request) =>
    showDraft(api, await createDraft(api, userOf(request), readContent(request.params))),
  )
  endpoint(server, api, `GET ${path}/:id`, read, async (request) =>
    showDraft(api, await ownDraft(api, userOf(request), pathId(request))),
  )
  endpoint(server, api, `PUT ${path}/:id`, write, change)
  endpoint(server, api, `DELETE ${path}/:id`, write, async (request) => {
    await discardDraft(api, userOf(request), pathId(request))
    return {}
  })
}
