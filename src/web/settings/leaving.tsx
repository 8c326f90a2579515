// Moving to another account, naming older ones, and deleting this one.
import { useEffect, useState } from 'preact/hooks'
import type { CredentialAccount } from '../../contract/entities.ts'
import { call, get, post } from '../api/http.ts'
import { instance, me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { PersonLine } from '../post/who.tsx'
import { attempt, sure, tell } from '../ui/feedback.tsx'

function Aliases() {
  const [aliases, setAliases] = useState<readonly string[]>([])
  const [acct, setAcct] = useState('')
  useEffect(() => void get<string[]>('/api/v1/aliases').then(setAliases, () => undefined), [])
  const add = (): void =>
    void attempt(async () => {
      setAliases(await post<string[]>('/api/v1/aliases', { acct }))
      setAcct('')
    })
  const remove = (uri: string): void =>
    void attempt(async () => setAliases(await call<string[]>('DELETE', '/api/v1/aliases', { body: { uri } })))
  return (
    <section aria-labelledby="aliases">
      <h2 class="section-title" id="aliases">
        {t('leave.aliases')}
      </h2>
      <p class="soft settings-lead">{t('leave.aliasesText')}</p>
      <ul class="rows">
        {aliases.map((uri) => (
          <li key={uri}>
            <span class="row-link">
              <span dir="ltr">{uri}</span>
            </span>
            <button class="button quiet slim" type="button" onClick={() => remove(uri)}>
              {t('leave.aliasRemove')}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <input
          class="field"
          required
          maxLength={320}
          value={acct}
          onInput={(event) => setAcct(event.currentTarget.value)}
          placeholder={t('remoteFollow.placeholder')}
          aria-label={t('leave.aliasField')}
          autocapitalize="none"
          spellcheck={false}
        />
        <button class="button quiet" type="submit">
          {t('leave.aliasAdd')}
        </button>
      </form>
    </section>
  )
}

function Password() {
  return (
    <label>
      {t('leave.password')}
      <input
        class="field"
        type="password"
        name="password"
        required
        maxLength={256}
        autocomplete="current-password"
      />
    </label>
  )
}

async function move(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form)
  const acct = data.get('acct')
  if (typeof acct !== 'string' || !(await sure(t('leave.moveSure', { acct })))) return
  const body = { acct, password: data.get('password') }
  const done = await attempt(async () => {
    me.value = await call<CredentialAccount>('POST', '/api/v1/move', { body })
  })
  if (done) tell(t('leave.moved'))
}

function Move() {
  const moved = me.value.moved
  return (
    <section aria-labelledby="move">
      <h2 class="section-title" id="move">
        {t('leave.move')}
      </h2>
      <p class="soft settings-lead">{t('leave.moveText')}</p>
      {moved && (
        <div class="form">
          <p>{t('leave.movedTo')}</p>
          <PersonLine account={moved} />
        </div>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void move(event.currentTarget)
        }}
      >
        <label>
          {t('leave.moveTo')}
          <input
            class="field"
            name="acct"
            required
            maxLength={320}
            placeholder={t('remoteFollow.placeholder')}
            autocapitalize="none"
            spellcheck={false}
          />
        </label>
        <Password />
        <div class="dialog-row">
          <button class="button" type="submit">
            {t('leave.moveDo')}
          </button>
        </div>
      </form>
    </section>
  )
}

async function leave(form: HTMLFormElement): Promise<void> {
  if (!(await sure(t('leave.deleteSure', { acct: `@${me.value.acct}@${instance.domain}` })))) return
  const password = new FormData(form).get('password')
  if (await attempt(() => post('/api/v1/leave', { password }))) location.assign('/')
}

function Delete() {
  return (
    <section aria-labelledby="delete">
      <h2 class="section-title" id="delete">
        {t('leave.delete')}
      </h2>
      <p class="soft settings-lead">{t('leave.deleteText')}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void leave(event.currentTarget)
        }}
      >
        <Password />
        <div class="dialog-row">
          <button class="button danger" type="submit">
            {t('leave.deleteDo')}
          </button>
        </div>
      </form>
    </section>
  )
}

export function Leaving() {
  return (
    <>
      <Aliases />
      <Move />
      <Delete />
    </>
  )
}
