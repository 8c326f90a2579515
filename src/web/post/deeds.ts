// What a person does with a post: shown at once, taken back when the server says no.
import type { Relationship, Status } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { ApiError, call, post } from '../api/http.ts'
import { dropPost, keepPost, touchPost } from '../api/posts.ts'
import { t } from '../i18n/words.ts'
import { doLater } from '../offline/pending.ts'
import { attempt, sure, tell, tellTrouble } from '../ui/feedback.tsx'
import { postPath } from './post-extras.tsx'
import { nameOf } from './who.tsx'

async function deed(status: Status, path: string, change: (status: Status) => Status): Promise<void> {
  touchPost(status.id, change)
  try {
    const answer = await post<Status>(`/api/v1/statuses/${status.id}/${path}`)
    keepPost(answer.reblog ?? answer)
  } catch (error) {
    if (error instanceof ApiError && error.status === 0 && doLater(status.id, path)) return
    touchPost(status.id, () => status)
    tellTrouble(error)
  }
}

export function toggleLike(status: Status): Promise<void> {
  const on = status.favourited !== true
  return deed(status, on ? 'favourite' : 'unfavourite', (old) => ({
    ...old,
    favourited: on,
    favourites_count: Math.max(0, old.favourites_count + (on ? 1 : -1)),
  }))
}

export function toggleBoost(status: Status): Promise<void> {
  const on = status.reblogged !== true
  return deed(status, on ? 'reblog' : 'unreblog', (old) => ({
    ...old,
    reblogged: on,
    reblogs_count: Math.max(0, old.reblogs_count + (on ? 1 : -1)),
  }))
}

export function toggleKeep(status: Status): Promise<void> {
  const on = status.bookmarked !== true
  return deed(status, on ? 'bookmark' : 'unbookmark', (old) => ({ ...old, bookmarked: on }))
}

export function toggleThreadMute(status: Status): Promise<void> {
  const on = status.muted !== true
  return deed(status, on ? 'mute' : 'unmute', (old) => ({ ...old, muted: on }))
}

export function togglePin(status: Status): Promise<void> {
  const on = status.pinned !== true
  return deed(status, on ? 'pin' : 'unpin', (old) => ({ ...old, pinned: on }))
}

/** The deleted post with its source, or undefined when the person thought better of it. */
export async function removePost(status: Status, question: string): Promise<Status | undefined> {
  if (!(await sure(question))) return undefined
  try {
    const answer = await call<Status>('DELETE', `/api/v1/statuses/${status.id}`)
    dropPost(status.id)
    tell(t('post.deleted'))
    return answer
  } catch (error) {
    tellTrouble(error)
    return undefined
  }
}

/** The address under which others find a post: our own page for our posts, the original for others. */
export function linkOf(status: Status): string {
  return status.url ?? `${location.origin}${postPath(status)}`
}

export async function sharePost(status: Status): Promise<void> {
  const url = linkOf(status)
  if (typeof navigator.share === 'function') {
    await navigator.share({ url, title: nameOf(status.account) }).catch(() => undefined)
    return
  }
  await copyLink(status)
}

export async function copyLink(status: Status): Promise<void> {
  if (await attempt(() => navigator.clipboard.writeText(linkOf(status)))) tell(t('post.copied'))
}

export async function muteAuthor(status: Status): Promise<void> {
  const done = await attempt(() => post<Relationship>(`/api/v1/accounts/${status.account.id}/mute`))
  if (done) {
    forgetFeeds()
    tell(`${t('profile.muted')}: ${nameOf(status.account)}`)
  }
}

export async function blockAuthor(status: Status): Promise<void> {
  const name = nameOf(status.account)
  if (!(await sure(t('profile.blockSure', { name })))) return
  if (await attempt(() => post<Relationship>(`/api/v1/accounts/${status.account.id}/block`))) {
    forgetFeeds()
    tell(`${t('profile.blocked')}: ${name}`)
  }
}
