// Every timeline: home, this server, everywhere, hashtags, lists, bookmarks, favourites.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { List, Status, Tag } from '../../contract/entities.ts'
import { follow } from '../app/live.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { createFeed, feedFor } from '../api/feed.ts'
import type { Feed } from '../api/feed.ts'
import { call, get, post } from '../api/http.ts'
import { takeFirstHome } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Announcements } from './announcements.tsx'
import { FeedView } from './feed-view.tsx'
import { Pull } from './pull.tsx'
import { forgetMark, hereId, readMark, writeMark } from './reading-mark.ts'

interface Source {
  key: string
  title: string
  path: string
  stream?: string
  first?: Status[] | undefined
  /** Its cursors are post ids. */
  pages: boolean
  empty: { title: string; text?: string; href?: string; label?: string }
  deep: boolean
}

function sourceOf(params: Record<string, string>): Source {
  const { name = 'home', id = '' } = params
  switch (name) {
    case 'bookmarks':
    case 'favourites':
      return {
        key: name,
        title: t(`nav.${name}`),
        path: `/api/v1/${name}`,
        pages: false,
        empty: { title: t(`${name}.empty`), text: t(`${name}.emptyText`) },
        deep: false,
      }
    case 'public':
      return publicSource('public', t('nav.public'), '/api/v1/timelines/public', 'public')
    case 'public/local':
      return publicSource('local', t('nav.local'), '/api/v1/timelines/public?local=true', 'public/local')
    case 'tags':
      return {
        ...publicSource(
          `tag ${id}`,
          `#${id}`,
          `/api/v1/timelines/tag/${encodeURIComponent(id)}`,
          `hashtag?tag=${encodeURIComponent(id)}`,
        ),
        empty: { title: t('tag.empty') },
        deep: true,
      }
    case 'lists':
      return {
        ...publicSource(`list ${id}`, t('nav.lists'), `/api/v1/timelines/list/${id}`, `list?list=${id}`),
        empty: { title: t('list.empty'), text: t('list.emptyText') },
        deep: true,
      }
    case 'quotes':
      return {
        ...publicSource(`quotes ${id}`, t('post.quotes', { count: 2 }), `/api/v1/statuses/${id}/quotes`, ''),
        pages: false,
        empty: { title: t('profile.empty') },
        deep: true,
      }
    default:
      return {
        key: 'home',
        title: t('nav.home'),
        path: '/api/v1/timelines/home',
        first: takeFirstHome(),
        pages: true,
        empty: {
          title: t('home.empty'),
          text: t('home.emptyText'),
          href: '/start?step=people',
          label: t('home.emptyDo'),
        },
        deep: false,
      }
  }
}

function publicSource(key: string, title: string, path: string, stream: string): Source {
  return { key, title, path, stream, pages: true, empty: { title: t('local.empty') }, deep: false }
}

function TagTools({ name }: { name: string }) {
  const [tag, setTag] = useState<Tag | undefined>(undefined)
  useEffect(() => {
    void get<Tag>(`/api/v1/tags/${encodeURIComponent(name)}`).then(setTag, () => undefined)
  }, [name])
  if (!tag) return null
  const following = tag.following === true
  const toggle = (): void =>
    void attempt(async () =>
      setTag(
        await post<Tag>(`/api/v1/tags/${encodeURIComponent(name)}/${following ? 'unfollow' : 'follow'}`),
      ),
    )
  return (
    <button
      class={following ? 'button quiet slim' : 'button slim'}
      type="button"
      aria-pressed={following}
      onClick={toggle}
    >
      {t(following ? 'tag.unfollow' : 'tag.follow')}
    </button>
  )
}

function useListTitle(params: Record<string, string>): string | undefined {
  const [title, setTitle] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (params['name'] === 'lists')
      void call<List>('GET', `/api/v1/lists/${params['id'] ?? ''}`).then(
        (list) => setTitle(list.title),
        () => undefined,
      )
  }, [params['id']])
  return title
}

/** Away for longer than this, one comes back as if home were opened anew. */
const LONG_AWAY_MS = 30 * 60_000

/** Home remembers how far one has read, for every device. */
function useReadingMark(feed: Feed | undefined): void {
  useEffect(() => {
    if (!feed) return undefined
    let left = 0
    const leave = (): void => writeMark(feed.entries.peek().find((entry) => entry.kind === 'post')?.id)
    const hide = (): void => {
      if (document.hidden) {
        left = Date.now()
        leave()
      } else if (Date.now() - left > LONG_AWAY_MS) {
        forgetMark()
        void readMark()
      }
    }
    void readMark()
    document.addEventListener('visibilitychange', hide)
    addEventListener('pagehide', leave)
    return () => {
      leave()
      document.removeEventListener('visibilitychange', hide)
      removeEventListener('pagehide', leave)
    }
  }, [feed])
}

export default function FeedScreen({ place, params }: ScreenProps) {
  const [source] = useState(() => sourceOf(params))
  const [feed] = useState<Feed>(() => feedFor(source.key, () => createFeed(source)))
  const listTitle = useListTitle(params)
  useEffect(() => {
    if (feed.state.value === 'fresh') void feed.loadOlder()
    else void feed.loadNewer(false).catch(() => undefined)
    return source.stream ? follow(source.stream, () => feed) : undefined
  }, [])
  const isHome = source.key === 'home'
  useReadingMark(isHome ? feed : undefined)
  const pull = useCallback(() => feed.loadNewer(true), [feed])
  const title = listTitle ?? source.title
  return (
    <ScreenFrame
      title={title}
      deep={source.deep}
      tools={params['name'] === 'tags' ? <TagTools name={params['id'] ?? ''} /> : undefined}
    >
      <Pull onPull={pull} />
      {isHome && <Announcements />}
      <FeedView
        feed={feed}
        place={place}
        label={title}
        empty={source.empty}
        hereId={isHome ? hereId() : undefined}
      />
    </ScreenFrame>
  )
}
