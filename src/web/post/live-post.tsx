// A post in the client: live numbers, buttons, voting, the lightbox, and links that stay inside.
import { useState } from 'preact/hooks'
import type { Status } from '../../contract/entities.ts'
import { go } from '../app/router.ts'
import type { PostSignal } from '../api/posts.ts'
import { findPost } from '../api/posts.ts'
import { preferences } from '../api/session.ts'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { pending } from '../offline/pending.ts'
import { Icon } from '../ui/icon.tsx'
import { now } from '../ui/now.ts'
import { LivePoll } from './live-poll.tsx'
import { openLightbox } from './lightbox.tsx'
import { postPath } from './post-extras.tsx'
import { Post } from './post.tsx'
import { PostActions } from './post-actions.tsx'
import { Name, profilePath } from './who.tsx'

interface LivePostProps {
  post: PostSignal
  focused?: boolean
  threaded?: boolean
  /** Where the filter's context is, as the API names it. */
  pinned?: boolean
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
      <span>{t(`post.${status.visibility}`)}</span>
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

function Why({ outer, pinned }: { outer: Status; pinned: boolean }) {
  if (outer.reblog)
    return (
      <p class="post-why">
        <Icon name="boost" />
        <a href={profilePath(outer.account)}>
          <Name account={outer.account} />
        </a>
        <span class="hidden-text">{t('post.boost')}</span>
      </p>
    )
  if (!pinned) return null
  return (
    <p class="post-why">
      <Icon name="pin" />
      {t('profile.pinned')}
    </p>
  )
}

export function LivePost({ post, focused = false, threaded = false, pinned = false }: LivePostProps) {
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
      <Why outer={outer} pinned={pinned} />
      <Post
        status={status}
        now={now.value}
        focused={focused}
        threaded={threaded}
        poll={status.poll ? <LivePoll status={status} poll={status.poll} /> : undefined}
        onOpenMedia={(index) => openLightbox(status.media_attachments, index)}
        open={{
          warnings: preferences.value['reading:expand:spoilers'],
          media: action === 'blur' ? 'hide_all' : preferences.value['reading:expand:media'],
        }}
        facts={focused ? <Facts status={status} /> : undefined}
        actions={<PostActions status={status} />}
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
