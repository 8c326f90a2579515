// The choices of a poll being written, and how long it stays open.
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { changePart } from './draft.ts'
import type { DraftPoll, Part } from './draft.ts'

const LENGTHS: readonly [seconds: number, label: () => string][] = [
  [300, () => t('compose.pollMinutes', { count: 5 })],
  [1800, () => t('compose.pollMinutes', { count: 30 })],
  [3600, () => t('compose.pollHours', { count: 1 })],
  [21_600, () => t('compose.pollHours', { count: 6 })],
  [86_400, () => t('compose.pollDays', { count: 1 })],
  [259_200, () => t('compose.pollDays', { count: 3 })],
  [604_800, () => t('compose.pollDays', { count: 7 })],
]

interface PollToolsProps {
  poll: DraftPoll
  set: (part: Partial<DraftPoll>) => void
}

function PollTools({ poll, set }: PollToolsProps) {
  const room = poll.options.length < instance.configuration.polls.max_options
  return (
    <div class="poll-tools">
      {room && (
        <button
          class="button quiet slim"
          type="button"
          onClick={() => set({ options: [...poll.options, ''] })}
        >
          <Icon name="plus" />
          {t('compose.pollAdd')}
        </button>
      )}
      <label>
        <span class="hidden-text">{t('compose.pollLength')}</span>
        <select
          class="field slim"
          value={String(poll.expiresIn)}
          onChange={(event) => set({ expiresIn: Number(event.currentTarget.value) })}
        >
          {LENGTHS.map(([seconds, label]) => (
            <option value={String(seconds)} key={seconds}>
              {label()}
            </option>
          ))}
        </select>
      </label>
      <label class="check small">
        <input
          type="checkbox"
          checked={poll.multiple}
          onChange={(event) => set({ multiple: event.currentTarget.checked })}
        />
        {t('compose.pollMultiple')}
      </label>
      <label class="check small">
        <input
          type="checkbox"
          checked={poll.hideTotals}
          onChange={(event) => set({ hideTotals: event.currentTarget.checked })}
        />
        {t('compose.pollHideTotals')}
      </label>
    </div>
  )
}

export function PollEditor({ part, poll }: { part: Part; poll: DraftPoll }) {
  const limits = instance.configuration.polls
  const set = (changed: Partial<DraftPoll>): void => changePart(part.key, { poll: { ...poll, ...changed } })
  const setOption = (index: number, text: string): void =>
    set({ options: poll.options.map((old, at) => (at === index ? text : old)) })
  return (
    <fieldset class="poll-editor">
      <legend class="hidden-text">{t('compose.addPoll')}</legend>
      {poll.options.map((option, index) => (
        <div class="poll-line" key={index}>
          <input
            class="field"
            value={option}
            maxLength={limits.max_characters_per_option}
            placeholder={t('compose.pollOption', { number: index + 1 })}
            aria-label={t('compose.pollOption', { number: index + 1 })}
            dir="auto"
            onInput={(event) => setOption(index, event.currentTarget.value)}
          />
          {poll.options.length > 2 && (
            <button
              class="icon-button"
              type="button"
              aria-label={`${t('ui.remove')}: ${index + 1}`}
              onClick={() => set({ options: poll.options.filter((_, at) => at !== index) })}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      ))}
      <PollTools poll={poll} set={set} />
    </fieldset>
  )
}
