// The way to one's own server for visitors who have no account here.
import { t } from '../i18n/words.ts'

/** `uri` is what the visitor wants to follow or answer. Works without JavaScript. */
export function RemoteFollow({ uri, back }: { uri: string; back: string }) {
  const signIn = `/auth/sign_in?return_to=${encodeURIComponent(`/auth/client?return_to=${back}`)}`
  return (
    <form class="home-server" method="get" action="/interact">
      <input type="hidden" name="uri" value={uri} />
      <label for="address">{t('remoteFollow.label')}</label>
      <div>
        <input
          class="field"
          id="address"
          name="address"
          required
          maxLength={320}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          placeholder={t('remoteFollow.placeholder')}
        />
        <button class="button" type="submit">
          {t('remoteFollow.go')}
        </button>
      </div>
      <p class="soft small">
        {t('remoteFollow.hint')} <a href={signIn}>{t('remoteFollow.here')}</a>
      </p>
    </form>
  )
}
