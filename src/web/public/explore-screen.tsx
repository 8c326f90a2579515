// Looking around without an account: what is new, what is popular, which hashtags, links and people there are.
import type { ComponentChildren } from 'preact'
import type { Account, Status, Tag, TrendsLink } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import type { MessageKey } from '../i18n/words.ts'
import { LinkCard } from '../post/post-extras.tsx'
import { PersonLine } from '../post/who.tsx'
import { PAGE_SIZE, loadFeed } from './load-feed.ts'
import type { PageRequest, Screen } from './page-request.ts'
import { plainText } from './plain-text.ts'
import { Nothing, Older, PostList } from './posts.tsx'
import { TagList } from './tag-list.tsx'

interface Part {
  name: string
  title: MessageKey
  load: (request: PageRequest) => Promise<() => ComponentChildren>
}

async function listOf<T>(request: PageRequest, path: string): Promise<T[]> {
  const loaded = await request.load(path)
  return loaded.status === 200 ? (loaded.body as T[]) : []
}

function timeline(name: string, api: string): Part['load'] {
  return async (request) => {
    const posts = await loadFeed(request, api)
    return () => (
      <>
        {posts.length > 0 ? (
          <PostList posts={posts} now={request.now} />
        ) : (
          <Nothing title={t('explore.empty')} text={t('explore.emptyText')} />
        )}
        <Older posts={posts} path={pathOf(name)} size={PAGE_SIZE} />
      </>
    )
  }
}

async function popular(request: PageRequest): Promise<() => ComponentChildren> {
  const posts = await listOf<Status>(request, '/api/v1/trends/statuses?limit=20')
  return () =>
    posts.length > 0 ? (
      <PostList posts={posts} now={request.now} />
    ) : (
      <Nothing title={t('explore.quiet')} text={t('explore.quietText')} />
    )
}

async function tags(request: PageRequest): Promise<() => ComponentChildren> {
  const found = await listOf<Tag>(request, '/api/v1/trends/tags?limit=20')
  return () =>
    found.length > 0 ? (
      <TagList tags={found} />
    ) : (
      <Nothing title={t('explore.quiet')} text={t('explore.quietText')} />
    )
}

async function links(request: PageRequest): Promise<() => ComponentChildren> {
  const found = await listOf<TrendsLink>(request, '/api/v1/trends/links?limit=20')
  return () =>
    found.length > 0 ? (
      <LinkList links={found} />
    ) : (
      <Nothing title={t('explore.quiet')} text={t('explore.quietText')} />
    )
}

/** Links that are passed on, with how many people did. */
export function LinkList({ links: found }: { links: readonly TrendsLink[] }) {
  return (
    <ul class="link-list">
      {found.map((card) => (
        <li key={card.url}>
          <LinkCard card={card} />
          <p class="soft small">
            {t('explore.shared', {
              count: card.history.reduce((sum, day) => sum + Number(day.accounts), 0),
            })}
          </p>
        </li>
      ))}
    </ul>
  )
}

async function people(request: PageRequest): Promise<() => ComponentChildren> {
  const found = await listOf<Account>(request, '/api/v1/directory?local=true&order=active&limit=40')
  return () =>
    found.length > 0 ? (
      <ul class="people">
        {found.map((account) => (
          <li key={account.id}>
            <div class="suggested">
              <PersonLine account={account} />
              <p class="soft small" dir="auto">
                {plainText(account.note, 140)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    ) : (
      <Nothing title={t('explore.nobody')} text={t('explore.nobodyText')} />
    )
}

export const EXPLORE_PARTS: readonly Part[] = [
  { name: '', title: 'explore.local', load: timeline('', '/api/v1/timelines/public?local=true') },
  {
    name: 'everywhere',
    title: 'explore.all',
    load: timeline('everywhere', '/api/v1/timelines/public'),
  },
  { name: 'popular', title: 'explore.popular', load: popular },
  { name: 'tags', title: 'explore.tags', load: tags },
  { name: 'links', title: 'explore.links', load: links },
  { name: 'people', title: 'explore.people', load: people },
]

function pathOf(name: string): string {
  return name === '' ? '/explore' : `/explore?show=${name}`
}

export async function exploreScreen(request: PageRequest): Promise<() => Screen> {
  const asked = new URLSearchParams(request.query).get('show') ?? ''
  const part = EXPLORE_PARTS.find((one) => one.name === asked) ?? EXPLORE_PARTS[0]
  const show = await part?.load(request)
  return () => ({
    title: t('explore.title'),
    noindex: request.query !== '',
    canonical: `${request.origin}/explore`,
    content: (
      <div class="column">
        <h1 class="column-title">{t('explore.title')}</h1>
        <div class="card">
          <nav class="tabs many" aria-label={t('explore.title')}>
            {EXPLORE_PARTS.map(({ name, title }) => (
              <a
                href={pathOf(name)}
                key={name}
                {...(name === part?.name ? { 'aria-current': 'page' as const } : {})}
                {...(name === '' ? {} : { rel: 'nofollow' })}
              >
                {t(title)}
              </a>
            ))}
          </nav>
          {show?.()}
        </div>
      </div>
    ),
  })
}
