// What may hang below the words of a post: a preview of a link, a quoted post.
import type { PreviewCard, Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Avatar, Name } from './who.tsx'
import { VeiledMedia } from './post-media.tsx'
import { RichText } from './rich-text.tsx'

export function LinkCard({ card }: { card: PreviewCard }) {
  const compact = card.image !== null && card.width < 400
  return (
    <a
      class={compact ? 'link-card compact' : 'link-card'}
      href={card.url}
      rel="noopener noreferrer nofollow"
      target="_blank"
    >
      {card.image !== null && <img src={card.image} alt={card.image_description} loading="lazy" />}
      <div dir="auto">
        <p>{card.provider_name === '' ? hostOf(card.url) : card.provider_name}</p>
        <strong>{card.title}</strong>
        {card.description !== '' && <p>{card.description}</p>}
      </div>
    </a>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
}

/** Where a post is on this site. */
export function postPath(status: Pick<Status, 'id' | 'account'>): string {
  return `/@${status.account.acct}/${status.id}`
}

export function QuotedPost({ quote }: { quote: NonNullable<Status['quote']> }) {
  const quoted = 'quoted_status' in quote ? quote.quoted_status : null
  if (!quoted)
    return (
      <p class="quoted quoted-gone">
        {t(quote.state === 'pending' ? 'post.quotePending' : 'post.quoteGone')}
      </p>
    )
  return (
    <div class="quoted">
      <a class="post-head post-who" href={postPath(quoted)}>
        <Avatar account={quoted.account} size="tiny" />
        <span class="post-name">
          <Name account={quoted.account} />
        </span>
        <span class="post-acct" dir="ltr">
          @{quoted.account.acct}
        </span>
      </a>
      {quoted.spoiler_text === '' ? (
        <RichText html={quoted.content ?? ''} emojis={quoted.emojis} lang={quoted.language} />
      ) : (
        <details class="cw">
          <summary data-show={t('post.show')} data-hide={t('post.hide')}>
            {quoted.spoiler_text}
          </summary>
          <RichText html={quoted.content ?? ''} emojis={quoted.emojis} lang={quoted.language} />
        </details>
      )}
      <VeiledMedia media={quoted.media_attachments} hidden={quoted.sensitive} />
    </div>
  )
}
