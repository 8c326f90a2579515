// Posts on public pages, with a link to older ones.
import { renderToString } from 'preact-render-to-string'
import type { Status } from '../../contract/entities.ts'
import { shortAge } from '../i18n/moments.ts'
import { currentLanguage, t } from '../i18n/words.ts'
import { Post } from '../post/post.tsx'
import { Name, profilePath } from '../post/who.tsx'
import { Icon } from '../ui/icon.tsx'

interface StaticPostProps {
  status: Status
  now: number
  pinned?: boolean
}

/** A boost shows the post inside it, below a line that says who boosted. */
function Inside({ status, now, pinned = false }: StaticPostProps) {
  return (
    <>
      {status.reblog && (
        <p class="post-why">
          <Icon name="boost" />
          <a href={profilePath(status.account)}>
            <Name account={status.account} />
          </a>
          <span class="hidden-text">{t('post.boost')}</span>
        </p>
      )}
      {pinned && (
        <p class="post-why">
          <Icon name="pin" />
          {t('profile.pinned')}
        </p>
      )}
      <Post status={status.reblog ?? status} now={now} />
    </>
  )
}

interface Rendered {
  html: string
  /** What it depends on beside the post. */
  key: string
}

/** The API gives the same object for as long as a post stays the same, so what was rendered of it stays right. */
const rendered = new WeakMap<Status, Rendered>()

function htmlOf(props: StaticPostProps): string {
  const { status, now, pinned = false } = props
  const shown = status.reblog ?? status
  // Polls tell how long they last.
  if (shown.poll) return renderToString(<Inside {...props} />)
  const key = `${currentLanguage()} ${pinned} ${shortAge(shown.created_at, now)}`
  const known = rendered.get(status)
  if (known?.key === key) return known.html
  const html = renderToString(<Inside {...props} />)
  rendered.set(status, { html, key })
  return html
}

export function StaticPost(props: StaticPostProps) {
  return <div dangerouslySetInnerHTML={{ __html: htmlOf(props) }} />
}

export function PostList({ posts, now }: { posts: readonly Status[]; now: number }) {
  return (
    <div class="posts">
      {posts.map((status) => (
        <StaticPost status={status} now={now} key={status.id} />
      ))}
    </div>
  )
}

/** A link to the page after this one, when it was full. */
export function Older({ posts, path, size }: { posts: readonly Status[]; path: string; size: number }) {
  const last = posts.at(-1)
  if (!last || posts.length < size) return null
  const join = path.includes('?') ? '&' : '?'
  return (
    <p class="pager">
      <a class="button quiet" rel="next nofollow" href={`${path}${join}max_id=${last.id}`}>
        {t('explore.more')}
      </a>
    </p>
  )
}

export function Nothing({ title, text }: { title: string; text?: string }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
    </div>
  )
}
