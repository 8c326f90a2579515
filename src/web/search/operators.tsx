// What narrows a search of posts, with examples that can be pressed.
import { t } from '../i18n/words.ts'
import type { MessageKey } from '../i18n/words.ts'

const OPERATORS: readonly [example: string, meaning: MessageKey][] = [
  ['"quiet morning"', 'search.opPhrase'],
  ['-football', 'search.opNot'],
  ['from:me', 'search.opFrom'],
  ['has:media', 'search.opHas'],
  ['is:reply', 'search.opIs'],
  ['language:de', 'search.opLanguage'],
  ['before:2026-01-31', 'search.opBefore'],
  ['after:2026-01-31', 'search.opAfter'],
  ['in:library', 'search.opLibrary'],
]

/** Puts the operator behind what stands in the field already. */
function use(example: string): void {
  const field = document.querySelector<HTMLInputElement>('.search-form input')
  if (!field) return
  field.value = `${field.value.trim()} ${example} `.trimStart()
  field.focus()
}

export function Operators() {
  return (
    <details class="operators">
      <summary>{t('search.opTitle')}</summary>
      <dl>
        {OPERATORS.map(([example, meaning]) => (
          <div key={example}>
            <dt>
              <button class="button quiet slim" type="button" dir="ltr" onClick={() => use(example)}>
                {example}
              </button>
            </dt>
            <dd class="soft small">{t(meaning)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
