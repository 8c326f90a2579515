// Single posts: writing, editing, deleting them, and what one does with them.
import type { Hono } from 'hono'
import { deletePostMedia } from '../../../domain/media/delete-post-media.ts'
import { boostPost } from '../../../domain/posts/boost-post.ts'
import { deletePost } from '../../../domain/posts/delete-post.ts'
import { editPost } from '../../../domain/posts/edit-post.ts'
import { findOriginalId } from '../../../domain/posts/find-original-id.ts'
import { bookmarkPost, muteThread, unbookmarkPost, unmuteThread } from '../../../domain/posts/keep-post.ts'
import { pinPost, unpinPost } from '../../../domain/posts/pin-post.ts'
import { publishPost } from '../../../domain/posts/publish-post.ts'
import { undoBoost } from '../../../domain/posts/undo-boost.ts'
import { viewPost } from '../../../domain/posts/view-posts.ts'
import { votePoll } from '../../../domain/polls/vote-poll.ts'
import { schedulePost } from '../../../domain/schedule/schedule-post.ts'
import { likePost } from '../../../domain/reactions/add-reaction.ts'
import { unlikePost } from '../../../domain/reactions/undo-reaction.ts'
import type { Audience } from '../../../model/audience.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import type { EndpointRule } from '../http/rule.ts'
import { frameFor, showStatus, showStatuses } from '../show.ts'
import { writePoll } from '../write/poll.ts'
import { writeEmoji } from '../write/emoji.ts'
import { writeStatus } from '../write/status.ts'
import { pathId } from './accounts.ts'
import { readDraft, readWriting } from './draft.ts'
import { readScheduledAt, showScheduled } from './scheduled.ts'

const write: EndpointRule = { auth: 'user', scopes: ['write', 'write:statuses'] }

async function post(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const draft = await readDraft(request)
  const at = readScheduledAt(request.params)
  if (at !== undefined && at > api.clock.now())
    return showScheduled(api, await schedulePost(api, userOf(request), draft, at))
  const { postId } = await publishPost(api, userOf(request), draft)
  return showStatus(api, userOf(request), postId)
}

async function edit(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const id = pathId(request)
  await editPost(api, userOf(request), id, readWriting(request.params))
  return showStatus(api, userOf(request), id)
}

/** The answer holds the source, so that a client can offer it for a new post. */
async function remove(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const viewerId = userOf(request)
  const view = await viewPost(api.store.read, viewerId, pathId(request))
  if (view.post.account_id !== viewerId) throw notFound()
  const { content: _content, ...shown } = writeStatus(view, await frameFor(api, viewerId))
  await deletePost(api, viewerId, view.post.id)
  const mediaIds = view.media.map((media) => media.id)
  if (request.params.flag('delete_media') === true)
    await deletePostMedia(api, { id: view.post.id, accountId: viewerId }, mediaIds)
  return { ...shown, text: view.post.source ?? '' }
}

type Deed = (viewerId: number, postId: number, request: ApiRequest) => Promise<unknown>

/** Adds a route that does something with the post in the path and answers with the post after it. */
function addDeed(server: Hono, api: Api, at: `POST ${string}`, scopes: readonly string[], deed: Deed): void {
  endpoint(server, api, at, { auth: 'user', scopes }, async (request) => {
    const id = pathId(request)
    await deed(userOf(request), id, request)
    return showStatus(api, userOf(request), id)
  })
}

async function boost(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const words: Record<string, Audience> = { public: 'public', unlisted: 'unlisted', private: 'followers' }
  const asked = params.text('visibility', 20)
  if (asked !== undefined && asked !== '' && !(asked in words))
    throw new Refusal('invalid', 'Validation failed: visibility must be public, unlisted or private')
  const { boostId } = await boostPost(
    api,
    userOf(request),
    pathId(request),
    asked === undefined ? undefined : words[asked],
  )
  return showStatus(api, userOf(request), boostId)
}

async function unboost(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const id = await findOriginalId(api, pathId(request))
  await undoBoost(api, userOf(request), id)
  return showStatus(api, userOf(request), id)
}

async function showPoll(request: ApiRequest): Promise<unknown> {
  const { api, viewerId } = request
  const view = await viewPost(api.store.read, viewerId, pathId(request))
  if (!view.poll) throw notFound()
  const emojis = view.emojis.map((emoji) => writeEmoji(api.urls, emoji))
  return writePoll(view.poll, { emojis, isAuthor: view.post.account_id === viewerId, now: api.clock.now() })
}

async function vote(request: ApiRequest): Promise<unknown> {
  const choices = (request.params.texts('choices', 50, 10) ?? []).map((choice) =>
    /^\d+$/.test(choice) ? Number(choice) : -1,
  )
  await votePoll(request.api, userOf(request), pathId(request), choices)
  return showPoll(request)
}

function addDeeds(server: Hono, api: Api): void {
  const favourites = ['write', 'write:favourites']
  const bookmarks = ['write', 'write:bookmarks']
  const mutes = ['write', 'write:mutes']
  const pins = ['write', 'write:accounts']
  addDeed(server, api, 'POST /api/v1/statuses/:id/favourite', favourites, (viewerId, id) =>
    likePost(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/unfavourite', favourites, (viewerId, id) =>
    unlikePost(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/bookmark', bookmarks, (viewerId, id) =>
    bookmarkPost(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/unbookmark', bookmarks, (viewerId, id) =>
    unbookmarkPost(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/mute', mutes, (viewerId, id) =>
    muteThread(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/unmute', mutes, (viewerId, id) =>
    unmuteThread(api, viewerId, id),
  )
  addDeed(server, api, 'POST /api/v1/statuses/:id/pin', pins, (viewerId, id) => pinPost(api, viewerId, id))
  addDeed(server, api, 'POST /api/v1/statuses/:id/unpin', pins, (viewerId, id) =>
    unpinPost(api, viewerId, id),
  )
}

export function addStatusRoutes(server: Hono, api: Api): void {
  const open = { auth: 'optional', scopes: ['read', 'read:statuses'] } as const
  endpoint(server, api, 'POST /api/v1/statuses', { ...write, family: 'statuses' }, post)
  endpoint(server, api, 'PUT /api/v1/statuses/:id', { ...write, family: 'statuses' }, edit)
  endpoint(server, api, 'DELETE /api/v1/statuses/:id', { ...write, family: 'delete' }, remove)
  endpoint(server, api, 'GET /api/v1/statuses', open, (request) =>
    showStatuses(api, request.viewerId, request.params.ids('id', 20) ?? []),
  )
  endpoint(server, api, 'GET /api/v1/statuses/:id', open, (request) =>
    showStatus(api, request.viewerId, pathId(request)),
  )
  endpoint(server, api, 'POST /api/v1/statuses/:id/reblog', { ...write, family: 'statuses' }, boost)
  endpoint(server, api, 'POST /api/v1/statuses/:id/unreblog', write, unboost)
  endpoint(server, api, 'GET /api/v1/polls/:id', open, showPoll)
  endpoint(server, api, 'POST /api/v1/polls/:id/votes', write, vote)
  addDeeds(server, api)
}
