// How the server presents itself, whom it lets in, and what it shows to visitors.
import { useState } from 'preact/hooks'
import type { AdminSettings } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { tell } from '../ui/feedback.tsx'
import { Shown, useGet } from './load.tsx'
import { Check, Choice, Field, Lead, Section, useForm } from './parts.tsx'
import { a, named } from './words.ts'
import type { AdminKey } from './words.ts'

const PATH = '/api/v1/admin/settings'
type Change = Partial<Record<keyof AdminSettings, string | boolean>>

interface PartProps {
  settings: AdminSettings
  change: (change: Change) => void
}

function Text(props: PartProps & { name: keyof AdminSettings; rows?: number; most: number }) {
  const { settings, change, name, rows, most } = props
  const value = String(settings[name] ?? '')
  const shared = { class: 'field', maxLength: most, value }
  return (
    <Field label={named('set', name)} hint={named('set', `${name}Hint`)}>
      {rows === undefined ? (
        <input {...shared} onInput={(event) => change({ [name]: event.currentTarget.value })} />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          onInput={(event) => change({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  )
}

function Identity(props: PartProps & { setPicture: (file: File | undefined) => void }) {
  return (
    <>
      <Text {...props} name="title" most={100} />
      <Text {...props} name="short_description" most={1000} rows={2} />
      <Text {...props} name="description" most={100_000} rows={6} />
      <Text {...props} name="contact_email" most={320} />
      <Field label={a('set.thumbnail')} hint={a('set.thumbnailHint')}>
        {props.settings.thumbnail !== null && (
          <img class="admin-thumbnail" src={props.settings.thumbnail} alt="" width="320" height="168" />
        )}
        <input
          class="field"
          type="file"
          accept="image/*"
          onChange={(event) => props.setPicture(event.currentTarget.files?.[0])}
        />
      </Field>
    </>
  )
}

const some = <T extends string>(name: string, values: readonly T[]) =>
  values.map((value) => ({ value, label: named(name, value), hint: named(name, `${value}Hint`) }))

function Doors(props: PartProps) {
  const { settings, change } = props
  return (
    <>
      <Choice
        legend={a('set.registrations')}
        name="registrations"
        value={settings.registrations}
        set={(value) => change({ registrations: value })}
        options={some('registrations', ['open', 'approval', 'closed'] as const)}
      />
      <Check
        label={a('set.reason_required')}
        hint={a('set.reason_requiredHint')}
        on={settings.reason_required}
        set={(value) => change({ reason_required: value })}
      />
      <Text {...props} name="closed_message" most={2000} rows={2} />
      <Text {...props} name="welcome" most={10_000} rows={4} />
      <Choice
        legend={a('set.public_timelines')}
        name="public"
        value={settings.public_timelines}
        set={(value) => change({ public_timelines: value })}
        options={some('timelines', ['everyone', 'members'] as const)}
      />
      <Choice
        legend={a('set.federation_mode')}
        name="mode"
        value={settings.federation_mode}
        set={(value) => change({ federation_mode: value })}
        options={some('mode', ['open', 'allow-list'] as const)}
      />
      <Check
        label={a('set.trends_need_review')}
        hint={a('set.trends_need_reviewHint')}
        on={settings.trends_need_review}
        set={(value) => change({ trends_need_review: value })}
      />
    </>
  )
}

function SettingsForm({ loaded }: { loaded: AdminSettings }) {
  const [saved, setSaved] = useState(loaded)
  const [settings, setSettings] = useState(loaded)
  const [picture, setPicture] = useState<File | undefined>(undefined)
  const change = (wish: Change): void => setSettings({ ...settings, ...wish } as AdminSettings)
  const differing = (Object.keys(settings) as (keyof AdminSettings)[]).filter(
    (name) => settings[name] !== saved[name],
  )
  const { busy, submit } = useForm(async () => {
    const body = new FormData()
    for (const name of differing) body.set(name, String(settings[name] ?? ''))
    if (picture) body.set('thumbnail', picture)
    const next = await call<AdminSettings>('PATCH', PATH, { body })
    setSaved(next)
    setSettings(next)
    setPicture(undefined)
    tell(a('set.saved'))
  })
  const isSame = differing.length === 0 && picture === undefined
  const section = (title: AdminKey, children: preact.ComponentChildren) => (
    <Section title={a(title)}>
      <div class="form flat">{children}</div>
    </Section>
  )
  return (
    <form onSubmit={submit}>
      {section('set.identity', <Identity settings={settings} change={change} setPicture={setPicture} />)}
      {section('set.doors', <Doors settings={settings} change={change} />)}
      {section(
        'set.legal',
        <>
          <Text settings={settings} change={change} name="privacy_policy" most={100_000} rows={6} />
          <Text settings={settings} change={change} name="terms_of_service" most={100_000} rows={6} />
        </>,
      )}
      <div class="admin-save">
        <button class="button" type="submit" disabled={busy || isSame}>
          {a('save')}
        </button>
        {!isSame && <span class="soft">{a('set.unsaved')}</span>}
      </div>
    </form>
  )
}

export function ServerSettings() {
  const settings = useGet<AdminSettings>(PATH)
  return (
    <div class="admin-page">
      <Lead>{a('set.lead')}</Lead>
      <Shown of={settings}>{(loaded) => <SettingsForm loaded={loaded} />}</Shown>
    </div>
  )
}
