// The rows of a feed, the pill that tells of new posts, and what stands at its end.
import { useState } from 'preact/hooks'
import type { Feed, GapEntry } from '../api/feed.ts'
import type { Place } from '../app/router.ts'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { Avatar } from '../post/who.tsx'
import { Suggestions } from '../profile/suggestions.tsx'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { arrange } from './arrange.ts'
import type { FeedRow } from './arrange.ts'
import { startCatchingUp } from './reading-mark.ts'

interface FeedViewProps {
  feed: Feed
  place: Place
  label: string
  empty: { title: string; text?: string; href?: string; label?: string }
  /** The newest post that was seen the last time, where that is kept. */
  hereId?: string | undefined
}

/** A home with fewer posts than this could do with more people in it. */
const FEW = 10

function Gap({ feed, gap }: { feed: Feed; gap: GapEntry }) {
  const [busy, setBusy] = useState(false)
  const fill = async (): Promise<void> => {
    setBusy(true)
    await attempt(() => feed.fillGap(gap))
    setBusy(false)
  }
  return (
    <button class="gap" type="button" disabled={busy} onClick={() => void fill()}>
      {t(busy ? 'feed.loading' : 'feed.between')}
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

/** Leads to where one stopped, when that is not on the first screen. */
function ToHere({ feed, rows, hereId, onGo }: ToHereProps) {
  const [used, setUsed] = useState(false)
  const newest = rows.find((row) => row.kind === 'post')
  const at = rows.findIndex((row) => row.kind === 'here')
  const isFar = at > 3 || (at < 0 && feed.state.value === 'ready')
  if (used || hereId === undefined || !newest || Number(newest.id) <= Number(hereId) || !isFar) return null
  const goThere = (): void =>
    void attempt(async () => {
      await feed.reach(hereId)
      startCatchingUp()
      setUsed(true)
      onGo()
    })
  return (
    <button class="to-here" type="button" onClick={goThere}>
      <Icon name="down" />
      {t('feed.toHere')}
    </button>
  )
}

interface ToHereProps {
  feed: Feed
  rows: readonly FeedRow[]
  hereId: string | undefined
  onGo: () => void
}

function Row({ feed, row }: { feed: Feed; row: FeedRow }) {
  if (row.kind === 'gap') return <Gap feed={feed} gap={row} />
  if (row.kind === 'here') return <p class="here">{t('feed.here')}</p>
  return (
    <div data-post={row.id}>
      <LivePost post={row.entry.post} threaded={row.answered} boosters={row.boosters} />
    </div>
  )
}

function Empty({ empty }: Pick<FeedViewProps, 'empty'>) {
  return (
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
  )
}

export function FeedView({ feed, place, label, empty, hereId }: FeedViewProps) {
  const [goal, setGoal] = useState<string | undefined>(undefined)
  const rows = arrange(feed.entries.value, hereId)
  const state = feed.state.value
  if (rows.length === 0 && state === 'end')
    return (
      <>
        <Pill feed={feed} />
        <Empty empty={empty} />
        {feed.key === 'home' && <Suggestions />}
      </>
    )
  return (
    <>
      <Pill feed={feed} />
      <ToHere feed={feed} rows={rows} hereId={hereId} onGo={() => setGoal('here')} />
      {rows.length > 0 && (
        <VirtualList
          items={rows}
          keyOf={(row) => row.id}
          memory={`${feed.key} ${place.key}`}
          scroll={place.scroll}
          label={label}
          goal={goal}
          onGoal={() => setGoal(undefined)}
          onEnd={() => {
            if (state === 'ready') void feed.loadOlder()
          }}
          render={(row) => <Row feed={feed} row={row} />}
        />
      )}
      <End feed={feed} />
      {feed.key === 'home' && state === 'end' && rows.length < FEW && <Suggestions />}
    </>
  )
}
