// A post in the client: live numbers, buttons, voting, the lightbox, and links that stay inside.
import { useState } from 'preact/hooks'
import type { Account, Status } from '../../contract/entities.ts'
import { go } from '../app/router.ts'
import type { PostSignal } from '../api/posts.ts'
import { findPost } from '../api/posts.ts'
import { preferences } from '../api/session.ts'
import { WentToLater } from '../circles/circles-later.tsx'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { pending } from '../offline/pending.ts'
import { Icon } from '../ui/icon.tsx'
import { now } from '../ui/now.ts'
import { LiveEvent } from './live-event.tsx'
import { LivePoll } from './live-poll.tsx'
import { openLightbox } from './lightbox.tsx'
import { postPath } from './post-extras.tsx'
import { audienceName, Post } from './post.tsx'
import { PostActions } from './post-actions.tsx'
import { ReactionsRow } from './reactions-row.tsx'
import { TranslationLine } from './translation-line.tsx'
import { Name, profilePath } from './who.tsx'

interface LivePostProps {
  post: PostSignal
  focused?: boolean
  threaded?: boolean
  /** Where the filter's context is, as the API names it. */
  pinned?: boolean
  /** Everybody who boosted it, when the feed brought them together. */
  boosters?: readonly Account[]
}

/** Mentions and hashtags open here; the rest of the web opens beside. */
function onContentClick(status: Status, event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.content a') : null
  if (!link) return
  const mention = status.mentions.find((one) => one.url === link.href)
  const tag = link.classList.contains('hashtag') ? /^#(.+)$/.exec(link.textContent.trim())?.[1] : undefined
  const path = mention
    ? profilePath(mention)
    : tag === undefined
      ? undefined
      : `/tags/${encodeURIComponent(tag)}`
  if (path !== undefined) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(path)
  } else if (link.origin !== location.origin) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer nofollow'
  }
}

/** A click beside everything that has a meaning of its own opens the thread. */
function onRowClick(status: Status, event: MouseEvent): void {
  const target = event.target
  if (!(target instanceof Element) || event.defaultPrevented) return
  if (target.closest('a, button, summary, input, label, video, audio, .menu, dialog, .quoted')) return
  if ((getSelection()?.toString() ?? '') !== '') return
  go(postPath(status))
}

function Facts({ status }: { status: Status }) {
  const path = postPath(status)
  return (
    <p class="post-facts">
      <time dateTime={status.created_at}>{fullMoment(status.created_at)}</time>
      {status.edited_at !== null && (
        <a href={`${path}/history`}>{t('post.editedAt', { date: fullMoment(status.edited_at) })}</a>
      )}
      <span>{audienceName(status)}</span>
      {status.local_only === true && <span>{t('post.localOnly')}</span>}
      {status.application && <span>{status.application.name}</span>}
      {status.reblogs_count > 0 && (
        <a href={`${path}/boosts`}>
          <strong>{status.reblogs_count}</strong> {t('post.boosts', { count: status.reblogs_count })}
        </a>
      )}
      {status.favourites_count > 0 && (
        <a href={`${path}/favourites`}>
          <strong>{status.favourites_count}</strong> {t('post.likes', { count: status.favourites_count })}
        </a>
      )}
      {status.quotes_count > 0 && (
        <a href={`${path}/quotes`}>
          <strong>{status.quotes_count}</strong> {t('post.quotes', { count: status.quotes_count })}
        </a>
      )}
    </p>
  )
}

/** Said where not everybody may reply. */
function RepliesNote({ status }: { status: Status }) {
  const approval = status.reply_approval
  if (!approval) return null
  return (
    <p class="soft small replies-note">
      <Icon name="lock" />
      {t(
        `post.replies.${approval.current_user === 'denied' ? 'closed' : approval.current_user === 'manual' ? 'asked' : 'some'}`,
      )}
    </p>
  )
}

function Filtered({ status, onShow }: { status: Status; onShow: () => void }) {
  const title = status.filtered?.[0]?.filter.title ?? ''
  return (
    <p class="filtered">
      {t('post.filtered', { title })}
      <button class="button quiet slim" type="button" onClick={onShow}>
        {t('post.showAnyway')}
      </button>
    </p>
  )
}

/** Who passed it on: the first two by name, the rest by number. */
function Boosters({ people }: { people: readonly Account[] }) {
  const [first, second] = people
  const others = people.length - 2
  return (
    <p class="post-why">
      <Icon name="boost" />
      <span>
        {first && <PersonLink account={first} />}
        {second && (
          <>
            {', '}
            <PersonLink account={second} />
          </>
        )}
        {others > 0 && ` ${t('feed.andOthers', { others })}`}
      </span>
      <span class="hidden-text">{t('post.boost')}</span>
    </p>
  )
}

function PersonLink({ account }: { account: Account }) {
  return (
    <a href={profilePath(account)}>
      <Name account={account} />
    </a>
  )
}

function Why({ outer, pinned, boosters }: { outer: Status; pinned: boolean; boosters: readonly Account[] }) {
  if (outer.reblog) return <Boosters people={boosters.length > 0 ? boosters : [outer.account]} />
  if (!pinned) return null
  return (
    <p class="post-why">
      <Icon name="pin" />
      {t('profile.pinned')}
    </p>
  )
}

export function LivePost({
  post,
  focused = false,
  threaded = false,
  pinned = false,
  boosters = [],
}: LivePostProps) {
  const [revealed, setRevealed] = useState(false)
  const outer = post.value
  if (!outer) return null
  const status = outer.reblog ? (findPost(outer.reblog.id)?.value ?? outer.reblog) : outer
  const action = outer.filtered?.[0]?.filter.filter_action
  if (action === 'hide' && !focused) return null
  if (action === 'warn' && !revealed && !focused)
    return <Filtered status={outer} onShow={() => setRevealed(true)} />
  return (
    <div
      class={focused ? 'live-post' : 'live-post opens'}
      onClick={(event) => {
        onContentClick(status, event)
        if (!focused) onRowClick(status, event)
      }}
    >
      <Why outer={outer} pinned={pinned} boosters={boosters} />
      <Post
        status={status}
        now={now.value}
        focused={focused}
        threaded={threaded}
        poll={status.poll ? <LivePoll status={status} poll={status.poll} /> : undefined}
        {...(focused && status.event ? { event: <LiveEvent status={status} event={status.event} /> } : {})}
        below={<TranslationLine status={status} />}
        onOpenMedia={(index) => openLightbox(status.media_attachments, index)}
        open={{
          warnings: preferences.value['reading:expand:spoilers'],
          media: action === 'blur' ? 'hide_all' : preferences.value['reading:expand:media'],
        }}
        facts={
          focused ? (
            <>
              <ReactionsRow id={status.id} />
              <RepliesNote status={status} />
              <Facts status={status} />
            </>
          ) : undefined
        }
        actions={
          <>
            <WentToLater status={status} />
            <PostActions status={status} />
          </>
        }
      />
      <Waiting id={status.id} />
    </div>
  )
}

/** Something was done to the post that the server does not know of yet. */
function Waiting({ id }: { id: string }) {
  if (!pending.value.some((one) => one.id === id)) return null
  return (
    <p class="post-waiting">
      <Icon name="cloud" />
      {t('offline.pending')}
    </p>
  )
}
