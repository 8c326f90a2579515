// Around a post: its thread, its history and source, and who liked, boosted or quoted it.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { listBoosters } from '../../../domain/posts/list-boosters.ts'
import { listQuotes } from '../../../domain/posts/list-quotes.ts'
import { readHistory } from '../../../domain/posts/read-history.ts'
import { readThread } from '../../../domain/posts/read-thread.ts'
import { viewPost } from '../../../domain/posts/view-posts.ts'
import { listLikers } from '../../../domain/reactions/list-likers.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { PostVersion, PostView } from '../../../model/post-view.ts'
import { notFound } from '../../../model/refusal.ts'
import { shownContent } from '../../../lib/html/shown-content.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { answerStatuses, writeStatuses } from '../show.ts'
import { writeAccount } from '../write/account.ts'
import { writeEmoji } from '../write/emoji.ts'
import { withTitle } from '../write/status.ts'
import { writeMedia } from '../write/media.ts'
import { dateTime } from '../write/time.ts'
import { answerEdges, pathId } from './accounts.ts'

async function context(request: ApiRequest): Promise<entity.Context> {
  const { api, viewerId } = request
  const { ancestors, descendants } = await readThread(api, viewerId, pathId(request))
  return {
    ancestors: await writeStatuses(api, viewerId, ancestors),
    descendants: await writeStatuses(api, viewerId, descendants),
  }
}

interface Version {
  title: string
  content: string
  spoilerText: string
  sensitive: boolean
  at: number
  media: entity.MediaAttachment[]
  options?: { title: string }[]
}

function writeEdit(api: Api, view: PostView, version: Version): entity.StatusEdit {
  return {
    account: writeAccount(api.urls, view.author),
    content: withTitle(version.title, shownContent(api.urls, view.post.id, version.content)),
    spoiler_text: version.spoilerText,
    sensitive: version.sensitive,
    created_at: dateTime(version.at),
    media_attachments: version.media,
    emojis: view.emojis.map((emoji) => writeEmoji(api.urls, emoji)),
    ...(version.options ? { poll: { options: version.options } } : {}),
  }
}

function oldVersion(api: Api, view: PostView, edit: PostVersion): Version {
  const { snapshot } = edit
  const byId = new Map(view.media.map((media) => [media.id, media]))
  return {
    title: snapshot.title,
    content: snapshot.content,
    spoilerText: snapshot.spoilerText,
    sensitive: snapshot.sensitive,
    at: edit.editedAt,
    media: snapshot.media.flatMap(({ id, description }) => {
      const row = byId.get(id)
      return row ? writeMedia(api.urls, { ...row, description }) : []
    }),
    ...(snapshot.poll ? { options: snapshot.poll.options.map((title) => ({ title })) } : {}),
  }
}

/** Oldest first, the present version last; a post that was never edited has that one only. */
async function history(request: ApiRequest): Promise<entity.StatusEdit[]> {
  const { api, viewerId } = request
  const { view, edits } = await readHistory(api, viewerId, pathId(request))
  const old = edits.map((edit) => writeEdit(api, view, oldVersion(api, view, edit)))
  const present = writeEdit(api, view, {
    title: view.post.title,
    content: view.post.content,
    spoilerText: view.post.spoiler_text,
    sensitive: view.post.sensitive === 1,
    at: view.post.edited_at ?? view.post.published_at,
    media: view.media.map((media) => writeMedia(api.urls, media)),
    ...(view.poll ? { options: view.poll.poll.options.map(({ title }) => ({ title })) } : {}),
  })
  return [...old, present]
}

async function source(request: ApiRequest): Promise<entity.StatusSource> {
  const view = await viewPost(request.api.store.read, userOf(request), pathId(request))
  if (view.post.account_id !== userOf(request)) throw notFound()
  return {
    id: String(view.post.id),
    text: view.post.source ?? htmlToText(view.post.content),
    spoiler_text: view.post.spoiler_text,
    content_type: view.post.source_type,
  }
}

async function answerPeople(request: ApiRequest, list: typeof listLikers): Promise<unknown> {
  const { api, viewerId } = request
  const page = readPage(request.params, 40, 80)
  return answerEdges(request, await list(api, viewerId, pathId(request), page), page.limit)
}

async function quotes(request: ApiRequest): Promise<unknown> {
  const { api, viewerId } = request
  const page = readPage(request.params, 20, 40)
  const { views, edges } = await listQuotes(api, viewerId, pathId(request), page)
  if (edges) request.link({ ...edges, minId: false })
  return answerStatuses(api, viewerId, views)
}

export function addStatusDetailRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  const people = { auth: 'optional', scopes: ['read', 'read:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/statuses/:id/context', open, context)
  endpoint(server, api, 'GET /api/v1/statuses/:id/history', open, history)
  endpoint(
    server,
    api,
    'GET /api/v1/statuses/:id/source',
    { auth: 'user', scopes: ['read', 'read:statuses'] },
    source,
  )
  endpoint(server, api, 'GET /api/v1/statuses/:id/favourited_by', people, (request) =>
    answerPeople(request, listLikers),
  )
  endpoint(server, api, 'GET /api/v1/statuses/:id/reblogged_by', people, (request) =>
    answerPeople(request, listBoosters),
  )
  endpoint(
    server,
    api,
    'GET /api/v1/statuses/:id/quotes',
    { auth: 'app', scopes: ['read', 'read:statuses'] },
    quotes,
  )
}
