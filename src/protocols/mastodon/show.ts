// Turns ids into answers: loads views for the reader and writes them, for all routes alike.
import type * as entity from '../../contract/entities.ts'
import { viewAccounts } from '../../domain/accounts/view-accounts.ts'
import { viewOwnAccount } from '../../domain/accounts/view-own-account.ts'
import { viewRelations } from '../../domain/follows/view-relations.ts'
import { knowFilters } from '../../domain/posts/reader-memory.ts'
import { viewPost, viewPosts } from '../../domain/posts/view-posts.ts'
import { viewTags } from '../../domain/tags/view-tags.ts'
import type { TimelinePage } from '../../domain/timelines/read-timeline.ts'
import type { PostView } from '../../model/post-view.ts'
import { notFound } from '../../model/refusal.ts'
import type { Tag } from '../../model/tag.ts'
import type { Api } from './api.ts'
import { writeAccount } from './write/account.ts'
import { writeMatches } from './write/filter.ts'
import { writeCredentialAccount } from './write/credential-account.ts'
import { writeRelationship } from './write/relationship.ts'
import type { ApiRequest } from './http/endpoint.ts'
import { JsonBytes } from './http/json-bytes.ts'
import { writeStatus } from './write/status.ts'
import { statusBytes } from './write/status-text.ts'
import type { StatusFrame } from './write/status.ts'
import { writeTag } from './write/tag.ts'

/** The accounts in the order of `ids`; those that do not exist (any more) are left out. */
export async function showAccounts(api: Api, ids: readonly number[]): Promise<entity.Account[]> {
  const views = await viewAccounts(api.store.read, ids)
  return ids.flatMap((id) => {
    const view = views.get(id)
    return view && view.account.deleted_at === null ? writeAccount(api.urls, view) : []
  })
}

export async function showAccount(api: Api, id: number): Promise<entity.Account> {
  const [account] = await showAccounts(api, [id])
  if (!account) throw notFound()
  return account
}

export async function showOwnAccount(api: Api, id: number): Promise<entity.CredentialAccount> {
  return writeCredentialAccount(api.urls, await viewOwnAccount(api, id))
}

export async function showRelationships(
  api: Api,
  viewerId: number,
  ids: readonly number[],
): Promise<entity.Relationship[]> {
  return (await viewRelations(api, viewerId, ids)).map(writeRelationship)
}

export async function showRelationship(api: Api, viewerId: number, id: number): Promise<entity.Relationship> {
  const [relationship] = await showRelationships(api, viewerId, [id])
  if (!relationship) throw notFound()
  return relationship
}

/** A page of a timeline; its links are about what was read, shown or hidden. */
export function answerTimeline(request: ApiRequest, { views, edges }: TimelinePage): Promise<unknown> {
  if (edges) request.link(edges)
  return answerStatuses(request.api, request.viewerId, views)
}

/** What statuses are written for: the reader, the moment, and the reader's filters. */
export async function frameFor(api: Api, viewerId: number | undefined): Promise<StatusFrame> {
  const now = api.clock.now()
  const matcher = viewerId === undefined ? undefined : await knowFilters(api.store.read, viewerId)
  if (!matcher) return { urls: api.urls, viewerId, now }
  return { urls: api.urls, viewerId, now, filtered: (view) => writeMatches(matcher(view, now)) }
}

/** The posts that the reader may see, in the order of `ids`. */
export async function showStatuses(
  api: Api,
  viewerId: number | undefined,
  ids: readonly number[],
): Promise<entity.Status[]> {
  return writeStatuses(api, viewerId, await viewPosts(api.store.read, viewerId, ids))
}

export async function writeStatuses(
  api: Api,
  viewerId: number | undefined,
  views: readonly PostView[],
): Promise<entity.Status[]> {
  const frame = await frameFor(api, viewerId)
  return views.map((view) => writeStatus(view, frame))
}

/** A list of posts as an answer; for lists that are all there is to say, this costs a fraction of `writeStatuses`. */
export async function answerStatuses(
  api: Api,
  viewerId: number | undefined,
  views: readonly PostView[],
): Promise<JsonBytes> {
  const frame = await frameFor(api, viewerId)
  return JsonBytes.list(views.map((view) => statusBytes(view, frame)))
}

export async function showStatus(api: Api, viewerId: number | undefined, id: number): Promise<JsonBytes> {
  const view = await viewPost(api.store.read, viewerId, id)
  return JsonBytes.one(statusBytes(view, await frameFor(api, viewerId)))
}

export async function showTags(
  api: Api,
  viewerId: number | undefined,
  tags: readonly Tag[],
): Promise<entity.Tag[]> {
  return (await viewTags(api, viewerId, tags)).map((view) => writeTag(api.urls, view))
}
