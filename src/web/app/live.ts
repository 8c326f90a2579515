// What arrives while the client is open: new posts, edits, deletions, notifications.
import { signal } from '@preact/signals'
import type { Notification, Status } from '../../contract/entities.ts'
import { eachFeed } from '../api/feed.ts'
import type { Feed } from '../api/feed.ts'
import { watchConnection } from '../api/connection.ts'
import { get } from '../api/http.ts'
import { dropPost, findPost, keepPost } from '../api/posts.ts'
import { listen } from '../api/stream.ts'

export const unread = signal(0)

type NotificationListener = (notification: Notification) => void
const listeners = new Set<NotificationListener>()

/** Hears of new notifications until the returned function is called. */
export function onNotification(listener: NotificationListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export async function countUnread(): Promise<void> {
  const answer = await get<{ count: number }>('/api/v1/notifications/unread_count').catch(() => undefined)
  if (answer) unread.value = answer.count
}

function change(status: Status): void {
  if (findPost(status.id)) keepPost(status)
}

/** Follows the stream of a feed while its screen is open; what was missed is looked for when it comes back. */
export function follow(name: string, feed: () => Feed | undefined): () => void {
  return listen(name, {
    onReturn: () =>
      void feed()
        ?.loadNewer(false)
        .catch(() => undefined),
    onEvent: ({ event, payload }) => {
      if (event === 'update') feed()?.add(JSON.parse(payload) as Status, false)
      else if (event === 'status.update') change(JSON.parse(payload) as Status)
      else if (event === 'delete') dropPost(payload)
      else if (event === 'notification') {
        unread.value += 1
        const notification = JSON.parse(payload) as Notification
        for (const listener of listeners) listener(notification)
      }
    },
  })
}

function findFeed(key: string): Feed | undefined {
  let found: Feed | undefined
  eachFeed((feed) => {
    if (feed.key === key) found = feed
  })
  return found
}

const catchUp = (): void => {
  void countUnread()
  void findFeed('home')
    ?.loadNewer(false)
    .catch(() => undefined)
}

let stop: (() => void) | undefined

/** The stream of the signed-in person; another person's takes its place. */
export function listenForMe(): void {
  stop?.()
  unread.value = 0
  void countUnread()
  stop = follow('user', () => findFeed('home'))
}

/** The icon of the installed client carries the count. */
function showBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return
  void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined)
}

/** Runs as long as the client does. */
export function startLive(): void {
  unread.subscribe(showBadge)
  listenForMe()
  watchConnection(catchUp)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) catchUp()
  })
}
