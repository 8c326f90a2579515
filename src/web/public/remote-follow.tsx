// The way to one's own server for visitors who have no account here.
import { t } from '../i18n/words.ts'

interface RemoteFollowProps {
  /** What the visitor wants to follow or answer. */
  uri: string
  back: string
  follow?: boolean
}

/** Works without JavaScript. */
export function RemoteFollow({ uri, back, follow = false }: RemoteFollowProps) {
  const signIn = `/auth/sign_in?return_to=${encodeURIComponent(`/auth/client?return_to=${back}`)}`
  return (
    <form class="home-server" method="get" action="/interact">
      <input type="hidden" name="uri" value={uri} />
      {follow && <input type="hidden" name="intent" value="follow" />}
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
