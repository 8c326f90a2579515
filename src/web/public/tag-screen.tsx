// Public posts with a hashtag, for visitors.
import { t } from '../i18n/words.ts'
import { PAGE_SIZE, loadFeed } from './load-feed.ts'
import type { PageRequest, Screen } from './page-request.ts'
import { Nothing, Older, PostList } from './posts.tsx'

import { FeedLine, feedLinks } from './feed-links.tsx'

export async function tagScreen(request: PageRequest, name: string): Promise<() => Screen> {
  const posts = await loadFeed(request, `/api/v1/timelines/tag/${encodeURIComponent(name)}`)
  const path = `/tags/${encodeURIComponent(name)}`
  return () => ({
    title: `#${name}`,
    noindex: request.query !== '' || posts.length === 0,
    canonical: `${request.origin}${path}`,
    alternates: feedLinks(`${request.origin}${path}`, `#${name}`),
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
        <FeedLine path={path} />
      </div>
    ),
  })
}
