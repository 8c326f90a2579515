// A post as everybody sees it; the client hangs its buttons, voting and lightbox into the places left for them.
import type { ComponentChildren } from 'preact'
import type { Status } from '../../contract/entities.ts'
import { fullMoment, shortAge } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { LinkCard, postPath, QuotedPost } from './post-extras.tsx'
import { VeiledMedia } from './post-media.tsx'
import { PollFoot, PollResult } from './post-poll.tsx'
import { PostWords } from './post-words.tsx'
import { EmojiText } from './rich-text.tsx'
import { Avatar, Name, profilePath } from './who.tsx'

/** What the client adds to a post; public pages leave all of it out. */
export interface PostSlots {
  actions?: ComponentChildren
  menu?: ComponentChildren
  poll?: ComponentChildren
  event?: ComponentChildren
  /** Directly below the words. */
  below?: ComponentChildren
  /** Nothing of it is folded. */
  whole?: boolean
  facts?: ComponentChildren
  onOpenMedia?: ((index: number) => void) | undefined
  /** Opens content warnings and media from the start. */
  open?: { warnings: boolean; media: 'default' | 'show_all' | 'hide_all' }
}

export interface PostProps extends PostSlots {
  /** The post itself, never the boost around it. */
  status: Status
  now: number
  /** Shown large, with all its facts, on a page of its own. */
  focused?: boolean
  /** A line leads from it to the next post of its thread. */
  threaded?: boolean
}

export const AUDIENCE_ICON: Record<Status['visibility'], IconName> = {
  public: 'globe',
  unlisted: 'moon',
  private: 'lock',
  direct: 'at',
}

/** Who a post is for, as its readers may know it. */
export function audienceName(status: Status): string {
  return status.limited === true ? t('post.limited') : t(`post.${status.visibility}`)
}

function When({ status, now }: { status: Status; now: number }) {
  return (
    <a class="post-when" href={postPath(status)}>
      {status.local_only === true && (
        <span title={t('post.localOnly')}>
          <Icon name="house" />
          <span class="hidden-text">{t('post.localOnly')}</span>
        </span>
      )}
      {status.visibility !== 'public' && (
        <span title={audienceName(status)}>
          <Icon name={status.limited === true ? 'people' : AUDIENCE_ICON[status.visibility]} />
          <span class="hidden-text">{audienceName(status)}</span>
        </span>
      )}
      <time dateTime={status.created_at} title={fullMoment(status.created_at)}>
        {shortAge(status.created_at, now)}
      </time>
      {status.edited_at !== null && (
        <span
          title={t('post.editedAt', { date: fullMoment(status.edited_at) })}
          aria-label={t('post.edited')}
        >
          *
        </span>
      )}
    </a>
  )
}

function Words({ status, now, ...slots }: PostSlots & { status: Status; now: number }) {
  const { poll, card, quote } = status
  const hidden =
    slots.open?.media === 'hide_all' ||
    (status.sensitive && slots.open?.media !== 'show_all' && status.spoiler_text === '')
  return (
    <>
      <PostWords status={status} whole={slots.whole === true} event={slots.event} />
      {slots.below}
      {poll &&
        (slots.poll ?? (
          <div class="poll">
            <PollResult poll={poll} />
            <PollFoot poll={poll} now={now} />
          </div>
        ))}
      <VeiledMedia media={status.media_attachments} hidden={hidden} onOpen={slots.onOpenMedia} />
      {card && status.media_attachments.length === 0 && !quote && <LinkCard card={card} />}
      {quote && <QuotedPost quote={quote} />}
    </>
  )
}

function Body(props: PostSlots & { status: Status; now: number }) {
  const { status } = props
  if (status.spoiler_text === '') return <Words {...props} />
  return (
    <details class="cw" open={props.open?.warnings === true}>
      <summary data-show={t('post.show')} data-hide={t('post.hide')} dir="auto">
        <span>
          <span class="hidden-text">{t('post.warning')}: </span>
          <EmojiText text={status.spoiler_text} emojis={status.emojis} />
        </span>
      </summary>
      <Words {...props} />
    </details>
  )
}

function Who({ status }: { status: Status }) {
  return (
    <a class="post-who" href={profilePath(status.account)} data-card={status.account.id}>
      <span class="post-name">
        <Name account={status.account} />
      </span>
      <span class="post-acct" dir="ltr">
        @{status.account.acct}
      </span>
    </a>
  )
}

function answeredName(status: Status): string | undefined {
  if (status.in_reply_to_account_id === status.account.id) return undefined
  const mention = status.mentions.find((one) => one.id === status.in_reply_to_account_id)
  return mention && `@${mention.username}`
}

function AnswerLine({ status }: { status: Status }) {
  if (status.in_reply_to_id === null) return null
  const name = answeredName(status)
  return <p class="post-to">{name === undefined ? t('post.thread') : t('post.replyTo', { name })}</p>
}

export function PostFacts({ status }: { status: Status }) {
  return (
    <p class="post-facts">
      <time dateTime={status.created_at}>{fullMoment(status.created_at)}</time>
      {status.edited_at !== null && <span>{t('post.editedAt', { date: fullMoment(status.edited_at) })}</span>}
      {status.application && <span>{status.application.name}</span>}
      {status.reblogs_count > 0 && (
        <span>
          <strong>{status.reblogs_count}</strong> {t('post.boosts', { count: status.reblogs_count })}
        </span>
      )}
      {status.favourites_count > 0 && (
        <span>
          <strong>{status.favourites_count}</strong> {t('post.likes', { count: status.favourites_count })}
        </span>
      )}
    </p>
  )
}

export function Post({ focused = false, threaded = false, ...props }: PostProps) {
  const { status, now } = props
  if (focused)
    return (
      <article class="post focused">
        <div class="post-main">
          <div class="post-head">
            <a href={profilePath(status.account)} tabIndex={-1} aria-hidden="true">
              <Avatar account={status.account} />
            </a>
            <Who status={status} />
            {props.menu}
          </div>
          <AnswerLine status={status} />
          <Body {...props} whole />
          {props.facts ?? <PostFacts status={status} />}
          {props.actions}
        </div>
      </article>
    )
  return (
    <article class={threaded ? 'post threaded' : 'post'}>
      <div class="post-side">
        <a href={profilePath(status.account)} tabIndex={-1} aria-hidden="true">
          <Avatar account={status.account} />
        </a>
        {threaded && <span class="post-line" />}
      </div>
      <div class="post-main">
        <div class="post-head">
          <Who status={status} />
          <When status={status} now={now} />
        </div>
        <AnswerLine status={status} />
        <Body {...props} />
        {props.actions}
      </div>
    </article>
  )
}
