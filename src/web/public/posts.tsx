// Posts on public pages, with a link to older ones.
import type { Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Post } from '../post/post.tsx'
import { Name, profilePath } from '../post/who.tsx'
import { Icon } from '../ui/icon.tsx'

/** A boost shows the post inside it, below a line that says who boosted. */
export function StaticPost({
  status,
  now,
  pinned = false,
}: {
  status: Status
  now: number
  pinned?: boolean
}) {
  const shown = status.reblog ?? status
  return (
    <div>
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
      <Post status={shown} now={now} />
    </div>
  )
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
