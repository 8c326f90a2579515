// One line of news: who did what to which post.
import type { Relationship } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import { shortAge } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { postPath } from '../post/post-extras.tsx'
import { Avatar, nameOf, profilePath } from '../post/who.tsx'
import { plainText } from '../public/plain-text.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { now } from '../ui/now.ts'
import type { Group } from './groups.ts'
import { wordsOf } from './words-of.ts'

const ICONS: Partial<Record<Group['type'], IconName>> = {
  favourite: 'like',
  reblog: 'boost',
  follow: 'person',
  follow_request: 'person',
  poll: 'poll',
  update: 'pen',
  quoted_update: 'pen',
  'admin.sign_up': 'person',
  'admin.report': 'warn',
  severed_relationships: 'globe',
  moderation_warning: 'warn',
}

/** Where more about it is to be found. */
const PLACES: Partial<Record<Group['type'], string>> = {
  'admin.sign_up': '/admin/accounts?status=pending',
  'admin.report': '/admin/reports',
  moderation_warning: '/disputes',
}

const WHOLE = new Set<Group['type']>(['mention', 'status', 'quote'])

function RequestAnswer({ group, onDone }: { group: Group; onDone: () => void }) {
  const [account] = group.people
  if (!account) return null
  const answer = (word: 'authorize' | 'reject'): void =>
    void attempt(async () => {
      await post<Relationship>(`/api/v1/follow_requests/${account.id}/${word}`)
      onDone()
    })
  return (
    <div class="people-tools">
      <button class="button slim" type="button" onClick={() => answer('authorize')}>
        {t('notifications.accept')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => answer('reject')}>
        {t('notifications.reject')}
      </button>
    </div>
  )
}

function Excerpt({ group }: { group: Group }) {
  const { status } = group
  if (!status) return null
  const text = status.spoiler_text || plainText(status.content ?? '', 160)
  const picture = status.media_attachments[0]?.preview_url
  return (
    <a class="excerpt" href={postPath(status)} dir="auto">
      {picture && !status.sensitive && (
        <img src={picture} alt={status.media_attachments[0]?.description ?? ''} loading="lazy" />
      )}
      <span>{text || t('thread.heading')}</span>
    </a>
  )
}

/** What only some kinds carry: a report, the moderators' own words. */
function Details({ group }: { group: Group }) {
  const text = group.report?.comment || group.moderation_warning?.text
  return (
    <>
      {text && (
        <p class="excerpt" dir="auto">
          {text}
        </p>
      )}
      {group.report && <a href={`/admin/reports/${group.report.id}`}>{t('notifications.reportOpen')}</a>}
    </>
  )
}

/** Nobody in particular did these. */
const IMPERSONAL = new Set<Group['type']>(['severed_relationships', 'moderation_warning'])

export function NotificationRow({
  group,
  fresh,
  onDone,
}: {
  group: Group
  fresh: boolean
  onDone: () => void
}) {
  if (WHOLE.has(group.type) && group.status)
    return (
      <div class={fresh ? 'news whole fresh' : 'news whole'}>
        {group.type !== 'mention' && <p class="news-line">{wordsOf(group)}</p>}
        <LivePost post={keepPost(group.status)} />
      </div>
    )
  const icon = ICONS[group.type] ?? 'bell'
  const href = PLACES[group.type]
  return (
    <article class={fresh ? 'news fresh' : 'news'}>
      <span class={`news-icon ${group.type}`}>
        <Icon name={icon} />
      </span>
      <div>
        <div class="news-people">
          {(IMPERSONAL.has(group.type) ? [] : group.people).map((account) => (
            <a
              href={profilePath(account)}
              key={account.id}
              aria-label={nameOf(account)}
              title={nameOf(account)}
            >
              <Avatar account={account} size="small" />
            </a>
          ))}
          <time class="soft small" dateTime={group.createdAt}>
            {shortAge(group.createdAt, now.value)}
          </time>
        </div>
        <p class="news-words">{href === undefined ? wordsOf(group) : <a href={href}>{wordsOf(group)}</a>}</p>
        <Excerpt group={group} />
        <Details group={group} />
        {group.type === 'follow_request' && <RequestAnswer group={group} onDone={onDone} />}
      </div>
    </article>
  )
}
