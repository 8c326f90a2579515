// A circle's two timelines: what its people post, and what was shared with it.
import { useEffect, useState } from 'preact/hooks'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { createFeed, feedFor } from '../api/feed.ts'
import { compose } from '../compose/open.ts'
import { FeedView } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { circles, loadCircles } from './circles.ts'

function Sides({ id, isShared }: { id: string; isShared: boolean }) {
  const current = { 'aria-current': 'page' } as const
  return (
    <nav class="tabs" aria-label={t('circles.title')}>
      <a href={`/circles/${id}`} {...(isShared ? {} : current)}>
        {t('circles.theirs')}
      </a>
      <a href={`/circles/${id}/shared`} {...(isShared ? current : {})}>
        {t('circles.shared')}
      </a>
    </nav>
  )
}

export default function CircleScreen({ place, params }: ScreenProps) {
  const { id = '', side } = params
  const isShared = side === 'shared'
  const path = isShared ? `/api/v1/circles/${id}/statuses` : `/api/v1/timelines/circle/${id}`
  const key = `circle ${id} ${side ?? ''}`
  const [feed] = useState(() => feedFor(key, () => createFeed({ key, path })))
  useEffect(() => {
    void attempt(() => loadCircles())
    if (feed.state.value === 'fresh') void feed.loadOlder()
    else void feed.loadNewer(true).catch(() => undefined)
  }, [])
  const title = circles.value?.find((circle) => circle.id === id)?.title ?? t('circles.title')
  const empty = isShared
    ? { title: t('circles.shared.empty') }
    : { title: t('circles.timeline.empty'), text: t('circles.timeline.emptyText') }
  return (
    <ScreenFrame
      title={title}
      deep
      tools={
        <button
          class="button slim"
          type="button"
          onClick={() => compose({ visibility: 'circles', circles: [id] })}
        >
          <Icon name="pen" />
          {t('nav.write')}
        </button>
      }
    >
      <Sides id={id} isShared={isShared} />
      <FeedView feed={feed} place={place} label={title} empty={empty} />
    </ScreenFrame>
  )
}
