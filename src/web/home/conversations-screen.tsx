// Private conversations: whom they are with and what was said last.
import { useEffect, useState } from 'preact/hooks'
import type { Conversation } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { getPage, post } from '../api/http.ts'
import { go } from '../app/router.ts'
import { shortAge } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { postPath } from '../post/post-extras.tsx'
import { Avatar, nameOf } from '../post/who.tsx'
import { plainText } from '../public/plain-text.ts'
import { compose } from '../compose/open.ts'
import { reasonOf } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { now } from '../ui/now.ts'
import { Skeletons } from './feed-view.tsx'

function Row({ conversation }: { conversation: Conversation }) {
  const { last_status: last, accounts, unread } = conversation
  if (!last) return null
  const names = accounts.map(nameOf).join(', ') || t('conversations.alone')
  const openIt = (event: MouseEvent): void => {
    event.preventDefault()
    if (unread) void post(`/api/v1/conversations/${conversation.id}/read`).catch(() => undefined)
    go(postPath(last))
  }
  return (
    <li>
      <a class={unread ? 'talk unread' : 'talk'} href={postPath(last)} onClick={openIt}>
        <span class="talk-people">
          {(accounts.length > 0 ? accounts : [last.account]).slice(0, 3).map((account) => (
            <Avatar account={account} key={account.id} />
          ))}
        </span>
        <span class="talk-words">
          <span class="talk-head">
            <strong>{names}</strong>
            <time class="soft small" dateTime={last.created_at}>
              {shortAge(last.created_at, now.value)}
            </time>
          </span>
          <span class="soft" dir="auto">
            {last.spoiler_text || plainText(last.content ?? '', 140)}
          </span>
        </span>
        {unread && <span class="dot" role="img" aria-label={t('conversations.unread')} />}
      </a>
    </li>
  )
}

export default function ConversationsScreen({ place }: ScreenProps) {
  const [list, setList] = useState<readonly Conversation[]>([])
  const [next, setNext] = useState<string | undefined>('/api/v1/conversations?limit=30')
  const [busy, setBusy] = useState(true)
  const [problem, setProblem] = useState('')
  const load = async (): Promise<void> => {
    if (next === undefined) return
    setBusy(true)
    try {
      const page = await getPage<Conversation>(next)
      setList((old) => [...old, ...page.items])
      setNext(page.items.length > 0 ? page.next : undefined)
    } catch (error) {
      setProblem(reasonOf(error))
    }
    setBusy(false)
  }
  useEffect(() => void load(), [])
  return (
    <ScreenFrame
      title={t('nav.conversations')}
      scroll={place.scroll}
      tools={
        <button class="button slim" type="button" onClick={() => compose({ visibility: 'direct' })}>
          <Icon name="pen" />
          {t('nav.write')}
        </button>
      }
    >
      {problem !== '' && <p class="problem">{problem}</p>}
      <ul class="talks">
        {list.map((conversation) => (
          <Row conversation={conversation} key={conversation.id} />
        ))}
      </ul>
      {busy && list.length === 0 && <Skeletons />}
      {!busy && list.length === 0 && problem === '' && (
        <div class="empty">
          <h2>{t('conversations.empty')}</h2>
          <p>{t('conversations.emptyText')}</p>
        </div>
      )}
      {next !== undefined && list.length > 0 && (
        <p class="feed-end">
          <button class="button quiet slim" type="button" disabled={busy} onClick={() => void load()}>
            {t('nav.more')}
          </button>
        </p>
      )}
    </ScreenFrame>
  )
}
