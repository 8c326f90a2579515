// The first step: a picture, a name and a few words, so that others know whom they meet.
import { useState } from 'preact/hooks'
import type { CredentialAccount } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { instance, me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { PictureField } from '../settings/picture-field.tsx'
import { attempt } from '../ui/feedback.tsx'

function Fields() {
  const account = me.value
  return (
    <>
      <label>
        {t('settings.name')}
        <input
          class="field"
          name="display_name"
          defaultValue={account.display_name}
          maxLength={instance.configuration.accounts.max_display_name_length}
          autocomplete="name"
          dir="auto"
        />
      </label>
      <label>
        {t('settings.note')}
        <textarea
          class="field"
          name="note"
          rows={3}
          defaultValue={account.source.note}
          maxLength={instance.configuration.accounts.max_note_length}
          placeholder={t('start.noteHint')}
          dir="auto"
        />
      </label>
      <label class="check">
        <input type="checkbox" name="discoverable" defaultChecked={account.discoverable === true} />
        <span>
          {t('settings.discoverable')}
          <small class="soft">{t('start.discoverableHint')}</small>
        </span>
      </label>
    </>
  )
}

export function WhoYouAre({ next }: { next: () => void }) {
  const [busy, setBusy] = useState(false)
  const save = async (form: HTMLFormElement): Promise<void> => {
    const body = new FormData(form)
    body.set('discoverable', body.has('discoverable') ? 'true' : 'false')
    const avatar = body.get('avatar')
    if (avatar instanceof File && avatar.size === 0) body.delete('avatar')
    setBusy(true)
    const done = await attempt(async () => {
      me.value = await call<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', { body })
    })
    setBusy(false)
    if (done) next()
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <PictureField name="avatar" />
      <Fields />
      <div class="start-go">
        <button class="button" type="submit" disabled={busy}>
          {t('start.next')}
        </button>
      </div>
    </form>
  )
}
