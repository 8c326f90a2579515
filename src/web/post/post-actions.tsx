// The row of buttons below a post.
import type { Status } from '../../contract/entities.ts'
import { compose } from '../compose/open.ts'
import { shortNumber } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { toggleBoost, toggleKeep, toggleLike } from './deeds.ts'
import { PostMenu } from './post-menu.tsx'

interface ActionProps {
  icon: IconName
  label: string
  count?: number
  on?: boolean | undefined
  onClass?: string
  hotkey: string
  disabled?: boolean
  run: () => void
}

function Action({ icon, label, count = 0, on, onClass = '', hotkey, disabled = false, run }: ActionProps) {
  return (
    <button
      class={on === true ? `act ${onClass}` : 'act'}
      type="button"
      title={label}
      aria-pressed={on}
      data-hotkey={hotkey}
      disabled={disabled}
      onClick={run}
    >
      <Icon name={icon} />
      <span class="hidden-text">{label}</span>
      {count > 0 && <span>{shortNumber(count)}</span>}
    </button>
  )
}

function BoostAction({ status }: { status: Status }) {
  const open = status.visibility === 'public' || status.visibility === 'unlisted'
  const on = status.reblogged === true
  const quotable = status.quote_approval.current_user !== 'denied'
  const label = t(on ? 'post.unboost' : 'post.boost')
  if (!quotable || !open)
    return (
      <Action
        icon={open ? 'boost' : 'lock'}
        label={label}
        count={status.reblogs_count}
        on={on}
        onClass="boosted"
        hotkey="b"
        disabled={!open && status.visibility !== 'private'}
        run={() => void toggleBoost(status)}
      />
    )
  return (
    <Menu
      label={t('post.boost')}
      buttonClass={on ? 'act boosted' : 'act'}
      hotkey="b"
      items={[
        { label, icon: 'boost', run: () => void toggleBoost(status) },
        { label: t('post.quote'), icon: 'quote', run: () => compose({ quote: status }) },
      ]}
    >
      <Icon name="boost" />
      {status.reblogs_count > 0 && <span>{shortNumber(status.reblogs_count)}</span>}
    </Menu>
  )
}

export function PostActions({ status }: { status: Status }) {
  const liked = status.favourited === true
  const kept = status.bookmarked === true
  const closed = status.reply_approval?.current_user === 'denied'
  return (
    <div class="post-actions">
      <Action
        icon="reply"
        label={t(closed ? 'post.replies.closed' : 'post.reply')}
        count={status.replies_count}
        hotkey="r"
        disabled={closed}
        run={() => compose({ replyTo: status })}
      />
      <BoostAction status={status} />
      <Action
        icon="like"
        label={t(liked ? 'post.unlike' : 'post.like')}
        count={status.favourites_count}
        on={liked}
        onClass="liked"
        hotkey="f"
        run={() => void toggleLike(status)}
      />
      <Action
        icon="keep"
        label={t(kept ? 'post.unkeep' : 'post.keep')}
        on={kept}
        onClass="kept"
        hotkey="d"
        run={() => void toggleKeep(status)}
      />
      <PostMenu status={status} />
    </div>
  )
}
