// What others did: answers, favourites, boosts, follows; newest first and grouped.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Marker, Notification } from '../../contract/entities.ts'
import { onNotification, unread } from '../app/live.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { get, getPage, post, withQuery } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { attempt, reasonOf, sure } from '../ui/feedback.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { groupsOf } from './groups.ts'
import { NotificationRow } from './notification-row.tsx'

type Choice = 'all' | 'mentions'

const choice = signal<Choice>('all')

function startPath(chosen: Choice): string {
  return withQuery('/api/v1/notifications', {
    limit: 40,
    ...(chosen === 'mentions' ? { 'types[]': 'mention' } : {}),
  })
}

interface News {
  list: readonly Notification[]
  next: string | undefined
  problem: string
  busy: boolean
}

/** The list with its loading; ids above `readId` were not seen before. */
function useNews(chosen: Choice) {
  const [news, setNews] = useState<News>({ list: [], next: startPath(chosen), problem: '', busy: false })
  const [readId, setReadId] = useState<string | undefined>(undefined)
  const load = async (path: string | undefined, old: readonly Notification[]): Promise<void> => {
    if (path === undefined) return
    setNews((before) => ({ ...before, busy: true }))
    try {
      const page = await getPage<Notification>(path)
      setNews({
        list: [...old, ...page.items],
        next: page.items.length > 0 ? page.next : undefined,
        problem: '',
        busy: false,
      })
    } catch (error) {
      setNews((before) => ({ ...before, busy: false, problem: reasonOf(error) }))
    }
  }
  useEffect(() => {
    void load(startPath(chosen), [])
  }, [chosen])
  useEffect(() => {
    void get<{ notifications?: Marker }>('/api/v1/markers?timeline[]=notifications').then(
      (markers) => setReadId(markers.notifications?.last_read_id ?? '0'),
      () => setReadId('0'),
    )
    return onNotification((one) => {
      if (choice.value === 'mentions' && one.type !== 'mention') return
      setNews((before) => ({ ...before, list: [one, ...before.list] }))
    })
  }, [])
  return {
    news,
    readId,
    more: () => void (news.busy ? undefined : load(news.next, news.list)),
    reload: () => void load(startPath(chosen), []),
  }
}

/** What is on screen counts as read. */
function useReadMark(newest: string | undefined, ready: boolean): void {
  useEffect(() => {
    if (newest === undefined || !ready) return
    void post('/api/v1/markers', { notifications: { last_read_id: newest } }).then(
      () => void (unread.value = 0),
      () => undefined,
    )
  }, [newest, ready])
}

async function clearAll(reload: () => void): Promise<void> {
  if (!(await sure(t('notifications.clearSure')))) return
  if (await attempt(() => post('/api/v1/notifications/clear'))) reload()
}

function Tabs() {
  const tab = (name: Choice) => (
    <button
      type="button"
      role="tab"
      aria-selected={choice.value === name}
      onClick={() => {
        choice.value = name
      }}
    >
      {t(`notifications.${name}`)}
    </button>
  )
  return (
    <div class="tabs" role="tablist" aria-label={t('notifications.title')}>
      {tab('all')}
      {tab('mentions')}
    </div>
  )
}

export default function NotificationsScreen({ place }: ScreenProps) {
  const chosen = choice.value
  const { news, readId, more, reload } = useNews(chosen)
  useReadMark(news.list[0]?.id, readId !== undefined)
  const groups = groupsOf(news.list)
  return (
    <ScreenFrame
      title={t('notifications.title')}
      tools={
        news.list.length > 0 && (
          <button class="button quiet slim" type="button" onClick={() => void clearAll(reload)}>
            {t('notifications.clear')}
          </button>
        )
      }
    >
      <Tabs />
      {news.problem !== '' && <p class="problem">{news.problem}</p>}
      {groups.length > 0 && (
        <VirtualList
          items={groups}
          keyOf={(group) => group.key}
          memory={`notifications ${chosen} ${place.key}`}
          scroll={place.scroll}
          label={t('notifications.title')}
          onEnd={more}
          render={(group) => (
            <NotificationRow
              group={group}
              fresh={readId !== undefined && Number(group.id) > Number(readId)}
              onDone={reload}
            />
          )}
        />
      )}
      {news.busy && <Skeletons />}
      {!news.busy && groups.length === 0 && news.problem === '' && (
        <div class="empty">
          <h2>{t('notifications.empty')}</h2>
          <p>{t('notifications.emptyText')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}
