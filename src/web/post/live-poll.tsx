// Voting in a poll.
import { useState } from 'preact/hooks'
import type { Poll, Status } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { touchPost } from '../api/posts.ts'
import { now } from '../ui/now.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { PollFoot, PollResult } from './post-poll.tsx'
import { EmojiText } from './rich-text.tsx'

export function LivePoll({ status, poll }: { status: Status; poll: Poll }) {
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [peeking, setPeeking] = useState(false)
  const open = !poll.expired && poll.voted !== true
  const vote = async (): Promise<void> => {
    await attempt(async () => {
      const answer = await post<Poll>(`/api/v1/polls/${poll.id}/votes`, { choices: chosen.map(String) })
      touchPost(status.id, (old) => ({ ...old, poll: answer }))
    })
  }
  if (!open || peeking)
    return (
      <div class="poll">
        <PollResult poll={poll} />
        <PollFoot poll={poll} now={now.value}>
          {peeking && open && (
            <button class="button quiet slim" type="button" onClick={() => setPeeking(false)}>
              {t('poll.back')}
            </button>
          )}
        </PollFoot>
      </div>
    )
  const pick = (index: number, on: boolean): void => {
    if (!poll.multiple) setChosen([index])
    else setChosen(on ? [...chosen, index] : chosen.filter((one) => one !== index))
  }
  return (
    <fieldset class="poll">
      {poll.multiple && <legend class="soft small">{t('poll.multiple')}</legend>}
      {poll.options.map((option, index) => (
        <label class="poll-option" key={index}>
          <input
            type={poll.multiple ? 'checkbox' : 'radio'}
            name={`poll-${status.id}`}
            checked={chosen.includes(index)}
            onChange={(event) => pick(index, event.currentTarget.checked)}
          />
          <EmojiText text={option.title} emojis={poll.emojis} />
        </label>
      ))}
      <PollFoot poll={poll} now={now.value}>
        <button class="button slim" type="button" disabled={chosen.length === 0} onClick={() => void vote()}>
          {t('poll.vote')}
        </button>
        <button class="button quiet slim" type="button" onClick={() => setPeeking(true)}>
          {t('poll.results')}
        </button>
      </PollFoot>
    </fieldset>
  )
}
