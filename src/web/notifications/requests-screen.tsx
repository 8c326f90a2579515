// Strangers whose notifications were put aside: let them through, or have done with them.
import { useEffect, useState } from 'preact/hooks'
import type { NotificationRequest } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { getPage, post } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { shortAge } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { PersonLine } from '../post/who.tsx'
import { postPath } from '../post/post-extras.tsx'
import { plainText } from '../public/plain-text.ts'
import { attempt, reasonOf, sure } from '../ui/feedback.tsx'
import { now } from '../ui/now.ts'

const REQUESTS = '/api/v1/notifications/requests'

type Word = 'accept' | 'dismiss'

function Row({ request, onDecide }: { request: NotificationRequest; onDecide: (word: Word) => void }) {
  const { account, last_status: last } = request
  return (
    <li class="request">
      <PersonLine account={account}>
        <small class="soft request-count">
          {t('requests.count', { count: Number(request.notifications_count) })} ·{' '}
          {shortAge(request.updated_at, now.value)}
        </small>
      </PersonLine>
      {last && (
        <a class="excerpt" href={postPath(last)} dir="auto">
          <span>{last.spoiler_text || plainText(last.content ?? '', 160)}</span>
        </a>
      )}
      <div class="people-tools">
        <button class="button slim" type="button" onClick={() => onDecide('accept')}>
          {t('requests.accept')}
        </button>
        <button class="button quiet slim" type="button" onClick={() => onDecide('dismiss')}>
          {t('requests.dismiss')}
        </button>
      </div>
    </li>
  )
}

function useRequests() {
  const [list, setList] = useState<readonly NotificationRequest[]>([])
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading')
  const [problem, setProblem] = useState('')
  const [next, setNext] = useState<string | undefined>(undefined)
  const load = async (path: string, old: readonly NotificationRequest[]): Promise<void> => {
    try {
      const page = await getPage<NotificationRequest>(path)
      setList([...old, ...page.items])
      setNext(page.items.length > 0 ? page.next : undefined)
      setState('ready')
    } catch (error) {
      setState('failed')
      setProblem(reasonOf(error))
    }
  }
  useEffect(() => void load(REQUESTS, []), [])
  const decide = (word: Word, ids: readonly string[]): void =>
    void attempt(async () => {
      await post(`${REQUESTS}/${word}`, { id: ids })
      setList((old) => old.filter((one) => !ids.includes(one.id)))
    })
  return { list, state, problem, decide, more: next === undefined ? undefined : () => void load(next, list) }
}

function Bulk({ list, decide }: Pick<ReturnType<typeof useRequests>, 'list' | 'decide'>) {
  const all = async (word: Word): Promise<void> => {
    const count = list.length
    if (await sure(t(`requests.${word}AllSure`, { count }), word === 'dismiss'))
      decide(
        word,
        list.map((one) => one.id),
      )
  }
  return (
    <div class="bulk">
      <button class="button quiet slim" type="button" onClick={() => void all('accept')}>
        {t('requests.acceptAll')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => void all('dismiss')}>
        {t('requests.dismissAll')}
      </button>
    </div>
  )
}

export default function RequestsScreen({ place }: ScreenProps) {
  const { list, state, problem, decide, more } = useRequests()
  return (
    <ScreenFrame title={t('requests.title')} deep scroll={place.scroll}>
      <p class="soft requests-text">
        {t('requests.text')} <a href="/settings/notifications">{t('requests.settings')}</a>
      </p>
      {list.length > 1 && <Bulk list={list} decide={decide} />}
      <ul class="requests">
        {list.map((request) => (
          <Row request={request} key={request.id} onDecide={(word) => decide(word, [request.id])} />
        ))}
      </ul>
      {state === 'loading' && <Skeletons />}
      {state === 'failed' && <p class="problem">{problem}</p>}
      {state === 'ready' && list.length === 0 && (
        <div class="empty">
          <h2>{t('requests.empty')}</h2>
        </div>
      )}
      {more && list.length > 0 && (
        <p class="feed-end">
          <button class="button quiet slim" type="button" onClick={more}>
            {t('nav.more')}
          </button>
        </p>
      )}
    </ScreenFrame>
  )
}
