// Looking around when signed in: what is popular, which hashtags, links and people there are, with everything one can do.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Status } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { get } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { EXPLORE_PARTS } from '../public/explore-screen.tsx'
import { Nothing } from '../public/posts.tsx'
import { attempt } from '../ui/feedback.tsx'

const POPULAR = 'popular'
/** Timelines have screens of their own, which go on by themselves. */
const ELSEWHERE: Record<string, string> = { '': '/public/local', everywhere: '/public' }

async function popular(): Promise<() => ComponentChildren> {
  const posts = (await get<Status[]>('/api/v1/trends/statuses?limit=20')).map(keepPost)
  if (posts.length === 0) return () => <Nothing title={t('explore.quiet')} text={t('explore.quietText')} />
  return () => posts.map((post) => <LivePost post={post} key={post.peek()?.id} />)
}

async function partOf(name: string): Promise<() => ComponentChildren> {
  const part = EXPLORE_PARTS.find((one) => one.name === name)
  if (!part || name === POPULAR) return popular()
  return part.load({
    path: '/explore',
    query: '',
    languages: '',
    origin: location.origin,
    now: Date.now(),
    assets: { styles: [], scripts: [] },
    load: async (path) => ({ status: 200, body: await get<unknown>(path) }),
  })
}

export default function ExploreScreen({ place }: ScreenProps) {
  const asked = place.query.get('show') ?? POPULAR
  const name = asked in ELSEWHERE ? POPULAR : asked
  const [shown, setShown] = useState<{ name: string; show: () => ComponentChildren }>()
  useEffect(() => {
    let current = true
    void attempt(async () => {
      const show = await partOf(name)
      if (current) setShown({ name, show })
    })
    return () => void (current = false)
  }, [name])
  return (
    <ScreenFrame title={t('explore.title')} scroll={place.scroll}>
      <nav class="tabs many" aria-label={t('explore.title')}>
        {EXPLORE_PARTS.map((part) => (
          <a
            href={ELSEWHERE[part.name] ?? `/explore?show=${part.name}`}
            key={part.name}
            {...(part.name === name ? { 'aria-current': 'page' as const } : {})}
          >
            {t(part.title)}
          </a>
        ))}
      </nav>
      {shown?.name === name ? shown.show() : <Skeletons />}
    </ScreenFrame>
  )
}
