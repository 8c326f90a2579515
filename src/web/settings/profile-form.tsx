// One's own profile: pictures, name, words, facts, and who may find it.
import { useState } from 'preact/hooks'
import type { CredentialAccount } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { instance, me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { profilePath } from '../post/who.tsx'
import { PictureField } from './picture-field.tsx'
import { attempt, tell } from '../ui/feedback.tsx'

function Fields({ account }: { account: CredentialAccount }) {
  const max = instance.configuration.accounts.max_profile_fields
  const fields = account.source.fields
  return (
    <fieldset class="field-rows">
      <legend>{t('settings.fields')}</legend>
      {Array.from({ length: max }, (_, index) => (
        <div key={index}>
          <input
            class="field"
            name={`fields_attributes[${index}][name]`}
            defaultValue={fields[index]?.name ?? ''}
            aria-label={`${t('settings.fieldName')} ${index + 1}`}
            placeholder={t('settings.fieldName')}
            maxLength={instance.configuration.accounts.profile_field_name_limit}
            dir="auto"
          />
          <input
            class="field"
            name={`fields_attributes[${index}][value]`}
            defaultValue={fields[index]?.value ?? ''}
            aria-label={`${t('settings.fieldValue')} ${index + 1}`}
            placeholder={t('settings.fieldValue')}
            maxLength={instance.configuration.accounts.profile_field_value_limit}
            dir="auto"
          />
        </div>
      ))}
    </fieldset>
  )
}

function Switch({ name, on, label, hint }: { name: string; on: boolean; label: string; hint?: string }) {
  return (
    <label class="check">
      <input type="checkbox" name={name} defaultChecked={on} />
      <span>
        {label}
        {hint !== undefined && <small class="soft">{hint}</small>}
      </span>
    </label>
  )
}

const SWITCHES = ['locked', 'discoverable', 'indexable', 'hide_collections', 'bot', 'feeds'] as const

/** Switches that are off are sent too, pictures only when one was chosen. */
function formOf(form: HTMLFormElement): FormData {
  const data = new FormData(form)
  for (const name of SWITCHES) data.set(name, data.has(name) ? 'true' : 'false')
  for (const name of ['avatar', 'header']) {
    const file = data.get(name)
    if (file instanceof File && file.size === 0) data.delete(name)
  }
  return data
}

function Words({ account }: { account: CredentialAccount }) {
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
          rows={4}
          defaultValue={account.source.note}
          maxLength={instance.configuration.accounts.max_note_length}
          dir="auto"
        />
      </label>
      <Fields account={account} />
      <Switch
        name="locked"
        on={account.locked}
        label={t('settings.locked')}
        hint={t('settings.lockedHint')}
      />
      <Switch
        name="discoverable"
        on={account.discoverable === true}
        label={t('settings.discoverable')}
        hint={t('settings.discoverableHint')}
      />
      <Switch
        name="indexable"
        on={account.indexable}
        label={t('settings.indexable')}
        hint={t('settings.indexableHint')}
      />
      <Switch
        name="feeds"
        on={account.feeds !== false}
        label={t('settings.feeds')}
        hint={t('settings.feedsHint')}
      />
      <Switch
        name="hide_collections"
        on={account.hide_collections === true}
        label={t('settings.hideCollections')}
        hint={t('settings.hideCollectionsHint')}
      />
      <Switch name="bot" on={account.bot} label={t('settings.bot')} hint={t('settings.botHint')} />
    </>
  )
}

export function ProfileForm() {
  const [busy, setBusy] = useState(false)
  const account = me.value
  const save = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true)
    const done = await attempt(async () => {
      me.value = await call<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', {
        body: formOf(form),
      })
    })
    setBusy(false)
    if (done) tell(t('ui.saved'), { href: profilePath(me.value) })
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <PictureField name="header" described />
      <PictureField name="avatar" described />
      <Words account={account} />
      <div class="dialog-row">
        <button class="button" type="submit" disabled={busy}>
          {t('settings.saveProfile')}
        </button>
      </div>
    </form>
  )
}
