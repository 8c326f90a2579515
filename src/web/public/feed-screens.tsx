// Public timelines for visitors: what is new here or everywhere, and posts with a hashtag.
import type { Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import type { PageRequest, Screen } from './page-request.ts'
import { Nothing, Older, PostList } from './posts.tsx'

const PAGE_SIZE = 20

async function loadFeed(request: PageRequest, path: string): Promise<Status[]> {
  const before = new URLSearchParams(request.query).get('max_id')
  const older = before !== null && /^\d+$/.test(before) ? `&max_id=${before}` : ''
  const join = path.includes('?') ? '&' : '?'
  const loaded = await request.load(`${path}${join}limit=${PAGE_SIZE}${older}`)
  return loaded.status === 200 ? (loaded.body as Status[]) : []
}

export async function exploreScreen(request: PageRequest): Promise<() => Screen> {
  const all = new URLSearchParams(request.query).get('from') === 'everywhere'
  const posts = await loadFeed(
    request,
    all ? '/api/v1/timelines/public' : '/api/v1/timelines/public?local=true',
  )
  const tab = (mine: boolean) => (mine ? ({ 'aria-current': 'page' } as const) : {})
  return () => ({
    title: t('explore.title'),
    noindex: request.query !== '',
    canonical: `${request.origin}/explore`,
    content: (
      <div class="column">
        <h1 class="column-title">{t('explore.title')}</h1>
        <div class="card">
          <nav class="tabs" aria-label={t('explore.title')}>
            <a href="/explore" {...tab(!all)}>
              {t('explore.local')}
            </a>
            <a href="/explore?from=everywhere" rel="nofollow" {...tab(all)}>
              {t('explore.all')}
            </a>
          </nav>
          {posts.length > 0 ? (
            <PostList posts={posts} now={request.now} />
          ) : (
            <Nothing title={t('explore.empty')} text={t('explore.emptyText')} />
          )}
          <Older posts={posts} path={all ? '/explore?from=everywhere' : '/explore'} size={PAGE_SIZE} />
        </div>
      </div>
    ),
  })
}

export async function tagScreen(request: PageRequest, name: string): Promise<() => Screen> {
  const posts = await loadFeed(request, `/api/v1/timelines/tag/${encodeURIComponent(name)}`)
  const path = `/tags/${encodeURIComponent(name)}`
  return () => ({
    title: `#${name}`,
    noindex: request.query !== '' || posts.length === 0,
    canonical: `${request.origin}${path}`,
    content: (
      <div class="column">
        <h1 class="column-title" dir="auto">
          #{name}
        </h1>
        <div class="card">
          {posts.length > 0 ? (
            <PostList posts={posts} now={request.now} />
          ) : (
            <Nothing title={t('tag.empty')} />
          )}
          <Older posts={posts} path={path} size={PAGE_SIZE} />
        </div>
      </div>
    ),
  })
}
