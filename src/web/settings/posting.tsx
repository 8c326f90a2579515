// What new posts are like unless one says otherwise.
import { useState } from 'preact/hooks'
import type { CredentialAccount } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { me, preferences, reloadPreferences } from '../api/session.ts'
import { languageName } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { POST_LANGUAGES } from '../compose/languages.ts'
import { attempt, tell } from '../ui/feedback.tsx'

function Fields() {
  const wishes = preferences.value
  return (
    <>
      <label>
        {t('settings.defaultAudience')}
        <select class="field" name="privacy" defaultValue={wishes['posting:default:visibility']}>
          <option value="public">{t('compose.whoPublic')}</option>
          <option value="unlisted">{t('compose.whoUnlisted')}</option>
          <option value="private">{t('compose.whoPrivate')}</option>
        </select>
      </label>
      <label>
        {t('settings.defaultLanguage')}
        <select class="field" name="language" defaultValue={wishes['posting:default:language'] ?? ''}>
          <option value="">{t('settings.languageGuess')}</option>
          {POST_LANGUAGES.map((code) => (
            <option value={code} key={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('settings.quotes')}
        <select class="field" name="quote_policy" defaultValue={wishes['posting:default:quote_policy']}>
          <option value="public">{t('settings.quotesPublic')}</option>
          <option value="followers">{t('settings.quotesFollowers')}</option>
          <option value="nobody">{t('settings.quotesNobody')}</option>
        </select>
      </label>
      <label class="check">
        <input type="checkbox" name="sensitive" defaultChecked={wishes['posting:default:sensitive']} />
        {t('settings.defaultSensitive')}
      </label>
    </>
  )
}

export function Posting() {
  const [busy, setBusy] = useState(false)
  const save = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form)
    const source = {
      privacy: data.get('privacy'),
      language: data.get('language'),
      sensitive: data.has('sensitive'),
      quote_policy: data.get('quote_policy'),
    }
    setBusy(true)
    const done = await attempt(async () => {
      me.value = await call<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', {
        body: { source },
      })
      await reloadPreferences()
    })
    setBusy(false)
    if (done) tell(t('ui.saved'))
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <Fields />
      <div class="dialog-row">
        <button class="button" type="submit" disabled={busy}>
          {t('ui.save')}
        </button>
      </div>
    </form>
  )
}
