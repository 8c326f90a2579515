// The language of a post: what was chosen, or what it looks like while one writes.
import { useMemo } from 'preact/hooks'
import { languageName } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { change } from './draft.ts'
import type { Draft } from './draft.ts'
import { guessLanguage } from './guess-language.ts'
import { POST_LANGUAGES, rememberLanguage } from './languages.ts'

function useGuess(now: Draft): string | undefined {
  const text = now.parts.map((part) => part.text).join('\n')
  return useMemo(() => guessLanguage(text), [text])
}

function choose(language: string): void {
  rememberLanguage(language)
  change({ language })
}

export function LanguagePicker({ now }: { now: Draft }) {
  const guess = useGuess(now)
  const isGuess = now.language === '' && guess !== undefined
  const code = isGuess ? guess : now.language
  const label = isGuess ? t('compose.languageGuessed', { name: languageName(guess) }) : t('compose.language')
  return (
    <label class="language-picker" title={label}>
      <span class="hidden-text">{label}</span>
      <span aria-hidden="true">
        {code === '' ? <Icon name="globe" /> : `${code.toUpperCase()}${isGuess ? '?' : ''}`}
      </span>
      <select value={now.language} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t('settings.languageGuess')}</option>
        {POST_LANGUAGES.map((one) => (
          <option value={one} key={one}>
            {languageName(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Asks when what is written looks like another language than the chosen one, which may come from last time. */
export function LanguageDoubt({ now }: { now: Draft }) {
  const guess = useGuess(now)
  if (guess === undefined || now.language === '' || now.language === guess) return null
  return (
    <p class="reach language-doubt">
      {t('compose.languageDoubt', { chosen: languageName(now.language), guess: languageName(guess) })}{' '}
      <button class="button quiet slim" type="button" onClick={() => choose(guess)}>
        {t('compose.languageTake', { guess: languageName(guess) })}
      </button>
    </p>
  )
}
