// The result of a poll; voting is added by the client.
import type { Poll } from '../../contract/entities.ts'
import { fullMoment, untilThen } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { EmojiText } from './rich-text.tsx'

export function PollFoot({
  poll,
  now,
  children,
}: {
  poll: Poll
  now: number
  children?: preact.ComponentChildren
}) {
  const count =
    poll.voters_count === null
      ? t('poll.votes', { count: poll.votes_count })
      : t('poll.people', { count: poll.voters_count })
  return (
    <div class="poll-foot">
      {children}
      <span>{count}</span>
      {poll.expired ? (
        <span>{t('poll.closed')}</span>
      ) : (
        poll.expires_at !== null && (
          <time dateTime={poll.expires_at} title={fullMoment(poll.expires_at)}>
            {t('poll.ends', { when: untilThen(poll.expires_at, now) })}
          </time>
        )
      )}
    </div>
  )
}

export function PollResult({ poll }: { poll: Poll }) {
  const total = poll.multiple ? (poll.voters_count ?? poll.votes_count) : poll.votes_count
  return (
    <>
      {poll.options.map((option, index) => {
        const votes = option.votes_count ?? 0
        const share = total > 0 ? Math.round((votes / total) * 100) : 0
        const mine = poll.own_votes?.includes(index) === true
        return (
          <div class={mine ? 'poll-option mine' : 'poll-option'} key={index}>
            <progress value={share} max={100} aria-label={option.title} />
            <span>
              <EmojiText text={option.title} emojis={poll.emojis} />
              {mine && <span title={t('poll.mine')}> ✓</span>}
            </span>
            {option.votes_count !== null && <span>{share} %</span>}
          </div>
        )
      })}
    </>
  )
}
