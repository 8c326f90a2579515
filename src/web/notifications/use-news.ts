// Loads the notifications of a tab page by page, takes in what arrives, and marks what was seen.
import { useEffect, useState } from 'preact/hooks'
import type { GroupedNotificationsResults, Marker, Notification } from '../../contract/entities.ts'
import { onNotification, unread } from '../app/live.ts'
import { get, getWithNext, post, withQuery } from '../api/http.ts'
import { reasonOf } from '../ui/feedback.tsx'
import { append, arrive, groupsFrom } from './groups.ts'
import type { Group } from './groups.ts'

export type Tab = 'all' | 'mentions' | 'likes' | 'follows' | 'posts'

/** Which kinds a tab shows; none means all. */
const KINDS: Record<Tab, readonly Notification['type'][]> = {
  all: [],
  mentions: ['mention', 'quote'],
  likes: ['favourite', 'reblog'],
  follows: ['follow', 'follow_request'],
  posts: ['status', 'update', 'poll', 'quoted_update'],
}

export const TABS = Object.keys(KINDS) as Tab[]

function startPath(tab: Tab): string {
  const path = withQuery('/api/v2/notifications', { limit: 40 })
  return [path, ...KINDS[tab].map((kind) => `types[]=${kind}`)].join('&')
}

interface News {
  groups: readonly Group[]
  next: string | undefined
  problem: string
  busy: boolean
}

/** Ids above `readId` were not seen before. */
export function useNews(tab: Tab) {
  const [news, setNews] = useState<News>({ groups: [], next: startPath(tab), problem: '', busy: true })
  const [readId, setReadId] = useState<string | undefined>(undefined)
  const load = async (path: string | undefined, old: readonly Group[]): Promise<void> => {
    if (path === undefined) return
    setNews((before) => ({ ...before, busy: true }))
    try {
      const { body, next } = await getWithNext<GroupedNotificationsResults>(path)
      const found = groupsFrom(body)
      setNews({
        groups: append(old, found),
        next: found.length > 0 ? next : undefined,
        problem: '',
        busy: false,
      })
    } catch (error) {
      setNews((before) => ({ ...before, busy: false, problem: reasonOf(error) }))
    }
  }
  useEffect(() => {
    void load(startPath(tab), [])
    const kinds = KINDS[tab]
    return onNotification((one) => {
      if (kinds.length > 0 && !kinds.includes(one.type)) return
      setNews((before) => ({ ...before, groups: arrive(before.groups, one) }))
    })
  }, [tab])
  useEffect(() => {
    void get<{ notifications?: Marker }>('/api/v1/markers?timeline[]=notifications').then(
      (markers) => setReadId(markers.notifications?.last_read_id ?? '0'),
      () => setReadId('0'),
    )
  }, [])
  return {
    news,
    readId,
    more: () => void (news.busy ? undefined : load(news.next, news.groups)),
    reload: () => void load(startPath(tab), []),
  }
}

/** What is on screen counts as read, while somebody looks. */
export function useReadMark(newest: string | undefined, ready: boolean): void {
  useEffect(() => {
    if (newest === undefined || !ready) return undefined
    const mark = (): void => {
      if (document.hidden) return
      void post('/api/v1/markers', { notifications: { last_read_id: newest } }).then(
        () => void (unread.value = 0),
        () => undefined,
      )
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [newest, ready])
}
