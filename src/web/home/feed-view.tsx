// The rows of a feed, the pill that tells of new posts, and what stands at its end.
import { useState } from 'preact/hooks'
import type { Feed, FeedEntry, GapEntry } from '../api/feed.ts'
import { findPost } from '../api/posts.ts'
import type { Place } from '../app/router.ts'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { Avatar } from '../post/who.tsx'
import { Suggestions } from '../profile/suggestions.tsx'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'

interface FeedViewProps {
  feed: Feed
  place: Place
  label: string
  empty: { title: string; text?: string; href?: string; label?: string }
}

/** A home with fewer posts than this could do with more people in it. */
const FEW = 10

/** What of the feed is shown: deleted posts and repeated boosts of the same post nearby are left out. */
function visible(entries: readonly FeedEntry[]): FeedEntry[] {
  const seen: string[] = []
  return entries.filter((entry) => {
    if (entry.kind === 'gap') return true
    const status = entry.post.value
    if (!status) return false
    const shown = status.reblog?.id ?? status.id
    if (status.reblog && seen.includes(shown)) return false
    seen.push(shown)
    if (seen.length > 40) seen.shift()
    return true
  })
}

function Gap({ feed, gap }: { feed: Feed; gap: GapEntry }) {
  const [busy, setBusy] = useState(false)
  const fill = async (): Promise<void> => {
    setBusy(true)
    await attempt(() => feed.fillGap(gap))
    setBusy(false)
  }
  return (
    <button class="gap" type="button" disabled={busy} onClick={() => void fill()}>
      {t(busy ? 'feed.loading' : 'feed.gap')}
    </button>
  )
}

/** Once at once, and again when the new rows have their heights. */
function toTop(): void {
  scrollTo({ top: 0 })
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo({ top: 0 })))
}

function Pill({ feed }: { feed: Feed }) {
  const waiting = feed.waiting.value.filter((entry) => entry.post.value !== null)
  if (waiting.length === 0) return <div role="status" />
  const people = [
    ...new Map(
      waiting.flatMap(({ post }) => (post.value ? [[post.value.account.id, post.value.account]] : [])),
    ).values(),
  ]
  return (
    <div class="pill-place" role="status">
      <button
        class="pill"
        type="button"
        onClick={() => {
          feed.showWaiting()
          toTop()
        }}
      >
        <span class="pill-people" aria-hidden="true">
          {people.slice(0, 3).map((account) => (
            <Avatar account={account} size="tiny" key={account.id} />
          ))}
        </span>
        {t('feed.new', { count: waiting.length })}
      </button>
    </div>
  )
}

export function Skeletons() {
  return (
    <div aria-busy="true" aria-label={t('feed.loading')} role="status">
      {[1, 2, 3, 4].map((one) => (
        <div class="skeleton" key={one}>
          <span class="bone round" />
          <div>
            <span class="bone short" />
            <span class="bone" />
            <span class="bone half" />
          </div>
        </div>
      ))}
    </div>
  )
}

function End({ feed }: { feed: Feed }) {
  const state = feed.state.value
  if (state === 'failed')
    return (
      <div class="feed-end" role="alert">
        <p>{t('feed.failed')}</p>
        <button class="button quiet slim" type="button" onClick={() => void feed.loadOlder()}>
          {t('feed.retry')}
        </button>
      </div>
    )
  if (state === 'end') return <p class="feed-end">{t('feed.end')}</p>
  return state === 'ready' ? null : <Skeletons />
}

export function FeedView({ feed, place, label, empty }: FeedViewProps) {
  const entries = visible(feed.entries.value)
  const state = feed.state.value
  if (entries.length === 0 && state === 'end')
    return (
      <>
        <Pill feed={feed} />
        <div class="empty">
          <h2>{empty.title}</h2>
          {empty.text !== undefined && <p>{empty.text}</p>}
          {empty.href !== undefined && (
            <a class="button" href={empty.href}>
              <Icon name="people" />
              {empty.label}
            </a>
          )}
        </div>
        {feed.key === 'home' && <Suggestions />}
      </>
    )
  return (
    <>
      <Pill feed={feed} />
      {entries.length > 0 && (
        <VirtualList
          items={entries}
          keyOf={(entry) => entry.id}
          memory={`${feed.key} ${place.key}`}
          scroll={place.scroll}
          label={label}
          onEnd={() => {
            if (state === 'ready') void feed.loadOlder()
          }}
          render={(entry, index) => {
            if (entry.kind === 'gap') return <Gap feed={feed} gap={entry} />
            const next = entries[index + 1]
            return <LivePost post={entry.post} threaded={isAnsweredBy(entry, next)} />
          }}
        />
      )}
      <End feed={feed} />
      {feed.key === 'home' && state === 'end' && entries.length < FEW && <Suggestions />}
    </>
  )
}

/** A post whose answer stands right below it is joined to it by a line. */
function isAnsweredBy(entry: FeedEntry, next: FeedEntry | undefined): boolean {
  if (entry.kind === 'gap' || !next || next.kind === 'gap') return false
  return next.post.value?.in_reply_to_id === entry.id && findPost(entry.id)?.value?.reblog === null
}
