// The rules of the server, in their order.
import { useState } from 'preact/hooks'
import type { AdminRule } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { sure } from '../ui/feedback.tsx'
import { Shown, useGet } from './load.tsx'
import { Doing, Field, Lead, useForm } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/rules'

function RuleForm({ rule, done }: { rule: AdminRule | undefined; done: () => Promise<void> }) {
  const [text, setText] = useState(rule?.text ?? '')
  const [hint, setHint] = useState(rule?.hint ?? '')
  const { busy, submit } = useForm(async () => {
    if (rule) await call('PUT', `${PATH}/${rule.id}`, { body: { text, hint } })
    else {
      await post(PATH, { text, hint })
      setText('')
      setHint('')
    }
    await done()
  })
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('rule.text')}>
        <input
          class="field"
          required
          maxLength={300}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Field label={a('rule.hint')} hint={a('rule.hintHint')}>
        <textarea
          class="field"
          rows={2}
          maxLength={2000}
          value={hint}
          onInput={(event) => setHint(event.currentTarget.value)}
        />
      </Field>
      <div>
        <button class="button slim" type="submit" disabled={busy || text.trim() === ''}>
          {rule ? a('save') : a('rule.add')}
        </button>
      </div>
    </form>
  )
}

interface CardProps {
  rule: AdminRule
  /** Undefined for the first. */
  up: (() => Promise<void>) | undefined
  changed: () => Promise<void>
}

function Card({ rule, up, changed }: CardProps) {
  const [editing, setEditing] = useState(false)
  const remove = async (): Promise<void> => {
    if (!(await sure(a('rule.deleteSure', { name: rule.text })))) return
    await call('DELETE', `${PATH}/${rule.id}`)
    await changed()
  }
  const saved = async (): Promise<void> => {
    setEditing(false)
    await changed()
  }
  return (
    <li class="card">
      {editing ? (
        <RuleForm rule={rule} done={saved} />
      ) : (
        <>
          <strong dir="auto">{rule.text}</strong>
          {rule.hint !== '' && (
            <p class="soft" dir="auto">
              {rule.hint}
            </p>
          )}
        </>
      )}
      <div class="admin-deeds">
        {up && <Doing label={a('rule.up')} describe={rule.text} run={up} />}
        <button
          class="button slim quiet"
          type="button"
          aria-label={`${a('edit')}: ${rule.text}`}
          onClick={() => setEditing(!editing)}
        >
          {a('edit')}
        </button>
        <Doing label={a('delete')} describe={rule.text} run={remove} />
      </div>
    </li>
  )
}

export function Rules() {
  const rules = useGet<AdminRule[]>(PATH)
  const swap = async (one: AdminRule, other: AdminRule, index: number): Promise<void> => {
    await call('PUT', `${PATH}/${one.id}`, { body: { position: index } })
    await call('PUT', `${PATH}/${other.id}`, { body: { position: index + 1 } })
    await rules.reload()
  }
  return (
    <div class="admin-page">
      <Lead>{a('rules.lead')}</Lead>
      <Shown of={rules} empty={<h2>{a('rules.none')}</h2>}>
        {(list) => (
          <ol class="admin-cards">
            {list.map((rule, index) => (
              <Card
                key={rule.id}
                rule={rule}
                up={index === 0 ? undefined : () => swap(rule, list[index - 1] ?? rule, index)}
                changed={rules.reload}
              />
            ))}
          </ol>
        )}
      </Shown>
      <h2 class="admin-title">{a('rule.new')}</h2>
      <RuleForm rule={undefined} done={rules.reload} />
    </div>
  )
}
