// A post in the reader's language, where the server says that it can do that.
import { useState } from 'preact/hooks'
import type { Status, Translation } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { languageName } from '../i18n/moments.ts'
import { currentLanguage, t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { RichText } from './rich-text.tsx'

export function TranslationLine({ status }: { status: Status }) {
  const [found, setFound] = useState<Translation | undefined>(undefined)
  const { language } = status
  const possible =
    instance.configuration.translation.enabled &&
    language !== null &&
    language.slice(0, 2) !== currentLanguage() &&
    (status.visibility === 'public' || status.visibility === 'unlisted')
  if (!possible) return null
  const ask = (): void =>
    void attempt(async () =>
      setFound(
        await post<Translation>(`/api/v1/statuses/${status.id}/translate`, { lang: currentLanguage() }),
      ),
    )
  if (!found)
    return (
      <p class="translate">
        <button class="button quiet slim" type="button" onClick={ask}>
          {t('post.translate', { language: languageName(language) })}
        </button>
      </p>
    )
  return (
    <div class="translation">
      <p class="soft small">{t('post.translated', { provider: found.provider })}</p>
      <RichText html={found.content} emojis={status.emojis} lang={currentLanguage()} />
    </div>
  )
}
