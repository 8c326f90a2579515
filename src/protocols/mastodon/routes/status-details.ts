// Around a post: its thread, its history and source, and who liked, boosted or quoted it.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { originalOf, viewPost, viewPosts } from '../../../domain/posts/view-posts.ts'
import type { PostView } from '../../../domain/posts/view-posts.ts'
import { wantedPosts } from '../../../domain/timelines/read-timeline.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { notFound } from '../../../model/refusal.ts'
import { listEdits } from '../../../store/post-edits.ts'
import type { PostEdit } from '../../../store/post-edits.ts'
import { findAncestors, findDescendants } from '../../../store/threads.ts'
import { pageBoosters, pageLikers, pageQuotes } from '../../../store/timelines.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { writeStatuses } from '../show.ts'
import { writeAccount } from '../write/account.ts'
import { writeEmoji } from '../write/emoji.ts'
import { writeMedia } from '../write/media.ts'
import { dateTime } from '../write/time.ts'
import { answerEdges, pathId } from './accounts.ts'

const FOR_USERS = { ancestors: 4096, descendants: 4096, depth: 4096 }
const FOR_ANYBODY = { ancestors: 40, descendants: 60, depth: 20 }

async function context(request: ApiRequest): Promise<entity.Context> {
  const { api, viewerId } = request
  const view = originalOf(await viewPost(api.store.read, viewerId, pathId(request)))
  const limits = viewerId === undefined ? FOR_ANYBODY : FOR_USERS
  const above = await findAncestors(api.store.read, view.post.id, limits.ancestors)
  const below = await findDescendants(api.store.read, view.post.id, limits)
  const reader = { viewerId, now: api.clock.now() }
  const [ancestors, descendants] = [
    await viewPosts(api.store.read, viewerId, above),
    await wantedPosts(api.store.read, reader, below),
  ]
  await api.remote.completeThreadSoon?.(view.post.id)
  return {
    ancestors: writeStatuses(api, viewerId, ancestors),
    descendants: writeStatuses(api, viewerId, connected(view, descendants)),
  }
}

/** Leaves out answers to posts that the reader does not see: they would hang in the air. */
function connected(root: PostView, views: readonly PostView[]): PostView[] {
  const shown = new Set([root.post.id])
  return views.filter((view) => {
    if (view.post.in_reply_to_id === null || !shown.has(view.post.in_reply_to_id)) return false
    shown.add(view.post.id)
    return true
  })
}

interface Version {
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
    content: version.content,
    spoiler_text: version.spoilerText,
    sensitive: version.sensitive,
    created_at: dateTime(version.at),
    media_attachments: version.media,
    emojis: view.emojis.map((emoji) => writeEmoji(api.urls, emoji)),
    ...(version.options ? { poll: { options: version.options } } : {}),
  }
}

function oldVersion(api: Api, view: PostView, edit: PostEdit): Version {
  const { snapshot } = edit
  const byId = new Map(view.media.map((media) => [media.id, media]))
  return {
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
  const view = originalOf(await viewPost(api.store.read, viewerId, pathId(request)))
  const edits = await listEdits(api.store.read, view.post.id, 200)
  const old = edits.map((edit) => writeEdit(api, view, oldVersion(api, view, edit)))
  const present = writeEdit(api, view, {
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
  }
}

async function listPeople(request: ApiRequest, list: typeof pageLikers): Promise<unknown> {
  const { api, viewerId } = request
  const view = originalOf(await viewPost(api.store.read, viewerId, pathId(request)))
  const page = readPage(request.params, 40, 80)
  return answerEdges(request, await list(api.store.read, view.post.id, page), page.limit)
}

async function quotes(request: ApiRequest): Promise<unknown> {
  const { api, viewerId } = request
  const view = originalOf(await viewPost(api.store.read, viewerId, pathId(request)))
  const page = readPage(request.params, 20, 40)
  const ids = await pageQuotes(api.store.read, view.post.id, page)
  const first = ids[0]
  const last = ids.at(-1)
  if (first !== undefined && last !== undefined)
    request.link({ first, last, more: ids.length >= page.limit, minId: false })
  return writeStatuses(
    api,
    viewerId,
    await wantedPosts(api.store.read, { viewerId, now: api.clock.now() }, ids),
  )
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
    listPeople(request, pageLikers),
  )
  endpoint(server, api, 'GET /api/v1/statuses/:id/reblogged_by', people, (request) =>
    listPeople(request, pageBoosters),
  )
  endpoint(
    server,
    api,
    'GET /api/v1/statuses/:id/quotes',
    { auth: 'app', scopes: ['read', 'read:statuses'] },
    quotes,
  )
}
