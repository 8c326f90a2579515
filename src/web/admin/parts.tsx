// Small pieces that the administration's screens are made of.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { AdminAccount } from '../../contract/entities.ts'
import { fullMoment } from '../i18n/moments.ts'
import { Avatar } from '../post/who.tsx'
import { attempt } from '../ui/feedback.tsx'
import { a } from './words.ts'

/** A button that waits for what it started. */
export function Doing(props: {
  label: string
  run: () => Promise<unknown>
  kind?: string
  describe?: string
  disabled?: boolean
}) {
  const [busy, setBusy] = useState(false)
  return (
    <button
      class={`button slim ${props.kind ?? 'quiet'}`}
      type="button"
      disabled={busy || props.disabled === true}
      {...(props.describe === undefined ? {} : { 'aria-label': `${props.label}: ${props.describe}` })}
      onClick={() => {
        setBusy(true)
        void attempt(props.run).then(() => setBusy(false))
      }}
    >
      {props.label}
    </button>
  )
}

export function Tag({ children, kind = '' }: { children: ComponentChildren; kind?: '' | 'bad' | 'good' }) {
  return <span class={`admin-tag ${kind}`.trim()}>{children}</span>
}

/** How an account stands, in words. */
export function Standing({ account }: { account: AdminAccount }) {
  const tags = [
    account.role && account.role.id !== '-99' && <Tag key="role">{account.role.name}</Tag>,
    account.approved === false && <Tag key="wait">{a('is.waiting')}</Tag>,
    account.confirmed === false && <Tag key="mail">{a('is.unconfirmed')}</Tag>,
    account.suspended && (
      <Tag key="gone" kind="bad">
        {a('is.suspended')}
      </Tag>
    ),
    account.disabled === true && (
      <Tag key="ice" kind="bad">
        {a('is.frozen')}
      </Tag>
    ),
    account.silenced && (
      <Tag key="quiet" kind="bad">
        {a('is.limited')}
      </Tag>
    ),
    account.sensitized && (
      <Tag key="veil" kind="bad">
        {a('is.covered')}
      </Tag>
    ),
  ].filter(Boolean)
  return tags.length === 0 ? null : <span class="admin-tags">{tags}</span>
}

export function handleOf(account: { username: string; domain: string | null }): string {
  return account.domain === null ? `@${account.username}` : `@${account.username}@${account.domain}`
}

/** A line with picture, name and standing that leads to the moderators' page about somebody. */
export function PersonRow({ account, children }: { account: AdminAccount; children?: ComponentChildren }) {
  const name = account.account.display_name || account.username
  return (
    <a class="admin-person" href={`/admin/accounts/${account.id}`}>
      <Avatar account={account.account} size="small" />
      <span>
        <strong dir="auto">{name}</strong>
        <small dir="ltr">{handleOf(account)}</small>
      </span>
      <Standing account={account} />
      {children}
    </a>
  )
}

export function When({ at }: { at: string }) {
  return <time dateTime={at}>{fullMoment(at)}</time>
}

/** A heading with a sentence that says what this is for. */
export function Lead({ children }: { children: ComponentChildren }) {
  return <p class="admin-lead">{children}</p>
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="admin-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

interface FieldProps {
  label: string
  hint?: string
  children: ComponentChildren
}

/** A field with its sentence. */
export function Field({ label, hint, children }: FieldProps) {
  return (
    <label>
      {label}
      {children}
      {hint !== undefined && <small class="soft admin-hint">{hint}</small>}
    </label>
  )
}

export function Check(props: { label: string; hint?: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.set(event.currentTarget.checked)}
      />
      <span>
        {props.label}
        {props.hint !== undefined && <small class="soft">{props.hint}</small>}
      </span>
    </label>
  )
}

/** A choice between a few things, as buttons in a row. */
export function Choice<T extends string>(props: {
  legend: string
  name: string
  value: T
  options: readonly { value: T; label: string; hint?: string }[]
  set: (value: T) => void
}) {
  return (
    <fieldset class="choices admin-choices">
      <legend>{props.legend}</legend>
      {props.options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.set(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
      {props.options.map(
        (option) =>
          option.value === props.value &&
          option.hint !== undefined && (
            <small class="soft admin-hint" key={`${option.value}-hint`}>
              {option.hint}
            </small>
          ),
      )}
    </fieldset>
  )
}

/** Runs the work of a form, once at a time. */
export function useForm(work: () => Promise<unknown>): { busy: boolean; submit: (event: Event) => void } {
  const [busy, setBusy] = useState(false)
  return {
    busy,
    submit: (event) => {
      event.preventDefault()
      setBusy(true)
      void attempt(work).then(() => setBusy(false))
    },
  }
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(1024)), units.length - 1)
  return `${(value / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step] ?? ''}`
}
