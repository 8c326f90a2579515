// What others did: answers, favourites, boosts, follows; newest first, gathered, and by kind.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { NotificationPolicy } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { get, post } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { attempt, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { go } from '../app/router.ts'
import { NotificationRow } from './notification-row.tsx'
import { PushOffer } from './push-offer.tsx'
import { TABS, useNews, useReadMark } from './use-news.ts'
import type { Tab } from './use-news.ts'

const chosenTab = signal<Tab>('all')

async function clearAll(reload: () => void): Promise<void> {
  if (!(await sure(t('notifications.clearSure')))) return
  if (await attempt(() => post('/api/v1/notifications/clear'))) reload()
}

function Tabs() {
  return (
    <div class="tabs scrolls" role="tablist" aria-label={t('notifications.title')}>
      {TABS.map((tab) => (
        <button
          type="button"
          role="tab"
          key={tab}
          aria-selected={chosenTab.value === tab}
          onClick={(event) => {
            chosenTab.value = tab
            event.currentTarget.scrollIntoView({ inline: 'nearest', block: 'nearest' })
          }}
        >
          {t(`notifications.${tab}`)}
        </button>
      ))}
    </div>
  )
}

/** Strangers whose notifications were put aside. */
function Aside() {
  const [count, setCount] = useState(0)
  useEffect(() => {
    void get<NotificationPolicy>('/api/v2/notifications/policy').then(
      ({ summary }) => setCount(summary.pending_requests_count),
      () => undefined,
    )
  }, [])
  if (count === 0) return null
  return (
    <a class="row-link aside" href="/notifications/requests">
      <Icon name="people" />
      <strong>{t('requests.waiting', { count })}</strong>
      <Icon name="forward" />
    </a>
  )
}

function Tools({ reload }: { reload: () => void }) {
  return (
    <Menu
      label={t('nav.more')}
      items={[
        { label: t('settings.notifications'), icon: 'gear', run: () => go('/settings/notifications') },
        { label: t('requests.title'), icon: 'people', run: () => go('/notifications/requests') },
        null,
        { label: t('notifications.clear'), icon: 'trash', danger: true, run: () => void clearAll(reload) },
      ]}
    >
      <Icon name="more" />
    </Menu>
  )
}

export default function NotificationsScreen({ place }: ScreenProps) {
  const tab = chosenTab.value
  const { news, readId, more, reload } = useNews(tab)
  // Other kinds may be newer than what a tab shows: only the whole list says what was seen.
  useReadMark(tab === 'all' ? news.groups[0]?.id : undefined, readId !== undefined)
  const isEmpty = !news.busy && news.groups.length === 0 && news.problem === ''
  return (
    <ScreenFrame title={t('notifications.title')} tools={<Tools reload={reload} />}>
      <Tabs />
      {news.groups.length > 0 && <PushOffer />}
      {tab === 'all' && <Aside />}
      {news.problem !== '' && <p class="problem">{news.problem}</p>}
      {news.groups.length > 0 && (
        <VirtualList
          items={news.groups}
          keyOf={(group) => group.key}
          memory={`notifications ${tab} ${place.key}`}
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
      {news.busy && news.groups.length === 0 && <Skeletons />}
      {isEmpty && (
        <div class="empty">
          <h2>{t('notifications.empty')}</h2>
          <p>{t(tab === 'all' ? 'notifications.emptyText' : 'notifications.emptyTab')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}
