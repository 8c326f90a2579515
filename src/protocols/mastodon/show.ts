// Turns ids into answers: loads views for the reader and writes them, for all routes alike.
import type * as entity from '../../contract/entities.ts'
import { viewAccounts } from '../../domain/accounts/view-accounts.ts'
import { viewOwnAccount } from '../../domain/accounts/view-own-account.ts'
import { viewRelations } from '../../domain/follows/view-relations.ts'
import { viewPost, viewPosts } from '../../domain/posts/view-posts.ts'
import { viewTags } from '../../domain/tags/view-tags.ts'
import type { PostView } from '../../model/post-view.ts'
import { notFound } from '../../model/refusal.ts'
import type { Tag } from '../../model/tag.ts'
import type { Api } from './api.ts'
import { writeAccount } from './write/account.ts'
import { writeCredentialAccount } from './write/credential-account.ts'
import { writeRelationship } from './write/relationship.ts'
import { JsonText } from './http/json-text.ts'
import { writeStatus } from './write/status.ts'
import { statusText, statusesText } from './write/status-text.ts'
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

export function frameFor(api: Api, viewerId: number | undefined): StatusFrame {
  return { urls: api.urls, viewerId, now: api.clock.now() }
}

/** The posts that the reader may see, in the order of `ids`. */
export async function showStatuses(
  api: Api,
  viewerId: number | undefined,
  ids: readonly number[],
): Promise<entity.Status[]> {
  const frame = frameFor(api, viewerId)
  return (await viewPosts(api.store.read, viewerId, ids)).map((view) => writeStatus(view, frame))
}

export function writeStatuses(
  api: Api,
  viewerId: number | undefined,
  views: readonly PostView[],
): entity.Status[] {
  const frame = frameFor(api, viewerId)
  return views.map((view) => writeStatus(view, frame))
}

/** A list of posts as an answer; for lists that are all there is to say, this costs a fraction of `writeStatuses`. */
export function answerStatuses(api: Api, viewerId: number | undefined, views: readonly PostView[]): JsonText {
  return new JsonText(statusesText(views, frameFor(api, viewerId)))
}

export async function showStatus(api: Api, viewerId: number | undefined, id: number): Promise<JsonText> {
  return new JsonText(statusText(await viewPost(api.store.read, viewerId, id), frameFor(api, viewerId)))
}

export async function showTags(
  api: Api,
  viewerId: number | undefined,
  tags: readonly Tag[],
): Promise<entity.Tag[]> {
  return (await viewTags(api, viewerId, tags)).map((view) => writeTag(api.urls, view))
}
