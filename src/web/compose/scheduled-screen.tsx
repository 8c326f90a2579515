// Posts that wait for their time: to be changed, put off, sent at once, or thrown away.
import { useEffect, useState } from 'preact/hooks'
import type { ScheduledStatus, Status } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { call, getPage, post } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { fullMoment, untilThen } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { postPath } from '../post/post-extras.tsx'
import { attempt, reasonOf, sure, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { now } from '../ui/now.ts'
import { compose, composing } from './open.ts'
import { PlanLinks, PlanRow } from './plan-row.tsx'

async function loadAll(): Promise<ScheduledStatus[]> {
  const all: ScheduledStatus[] = []
  let path: string | undefined = '/api/v1/scheduled_statuses?limit=40'
  while (path !== undefined) {
    const page: { items: ScheduledStatus[]; next: string | undefined } = await getPage<ScheduledStatus>(path)
    all.push(...page.items)
    path = page.items.length > 0 ? page.next : undefined
  }
  return all.toSorted((a, b) => a.scheduled_at.localeCompare(b.scheduled_at))
}

function notesOf({ params, scheduled_at }: ScheduledStatus): string[] {
  const who = {
    public: 'compose.whoPublic',
    unlisted: 'compose.whoUnlisted',
    private: 'compose.whoPrivate',
    circles: 'compose.whoCircles',
    people: 'compose.whoPeople',
    direct: 'compose.whoDirect',
  } as const
  const audience = who[params.audience as keyof typeof who]
  return [
    untilThen(scheduled_at, now.value),
    ...(audience ? [t(audience)] : []),
    ...(params.poll ? [t('compose.addPoll')] : []),
  ]
}

function ScheduledRow({ one, onGone }: { one: ScheduledStatus; onGone: () => void }) {
  const path = `/api/v1/scheduled_statuses/${one.id}`
  const publish = async (): Promise<void> => {
    const done = await attempt(async () => {
      const status = await post<Status>(`${path}/publish`)
      keepPost(status)
      tell(t('compose.sent'), { href: postPath(status) })
    })
    if (done) onGone()
  }
  const remove = async (): Promise<void> => {
    if ((await sure(t('scheduled.removeSure'))) && (await attempt(() => call('DELETE', path)))) onGone()
  }
  return (
    <PlanRow
      when={fullMoment(one.scheduled_at)}
      text={one.params.text}
      media={one.media_attachments}
      notes={notesOf(one)}
    >
      <button class="button slim" type="button" onClick={() => compose({ scheduled: one })}>
        {t('scheduled.edit')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => void publish()}>
        {t('scheduled.now')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => void remove()}>
        <Icon name="trash" />
        {t('drafts.remove')}
      </button>
    </PlanRow>
  )
}

export default function ScheduledScreen({ place }: ScreenProps) {
  const [list, setList] = useState<ScheduledStatus[] | undefined>(undefined)
  const [problem, setProblem] = useState('')
  const isWriting = composing.value !== undefined
  useEffect(() => {
    if (isWriting) return
    loadAll().then(setList, (error: unknown) => setProblem(reasonOf(error)))
  }, [isWriting])
  return (
    <ScreenFrame title={t('scheduled.title')} scroll={place.scroll}>
      <PlanLinks current="/scheduled" />
      {problem !== '' && <p class="problem">{problem}</p>}
      {!list && problem === '' && <Skeletons />}
      <ul class="plans">
        {list?.map((one) => (
          <ScheduledRow
            one={one}
            key={one.id}
            onGone={() => setList((old) => old?.filter((other) => other.id !== one.id))}
          />
        ))}
      </ul>
      {list?.length === 0 && (
        <div class="empty">
          <h2>{t('scheduled.empty')}</h2>
          <p>{t('scheduled.emptyText')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}
