// Notes of moderators about an account or a report, for each other.
import { useState } from 'preact/hooks'
import type { AdminNote } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { Shown, useGet } from './load.tsx'
import { Doing, Field, useForm, When } from './parts.tsx'
import { a } from './words.ts'

export function Notes({ path }: { path: string }) {
  const notes = useGet<AdminNote[]>(path)
  const [text, setText] = useState('')
  const { busy, submit } = useForm(async () => {
    await post(path, { content: text })
    setText('')
    await notes.reload()
  })
  return (
    <>
      <Shown of={notes}>
        {(list) => (
          <ul class="admin-notes">
            {list.map((note) => (
              <li key={note.id}>
                <p dir="auto">{note.content}</p>
                <small class="soft">
                  {note.account ? `@${note.account.acct} · ` : ''}
                  <When at={note.created_at} />
                </small>
                <Doing
                  label={a('delete')}
                  describe={note.content.slice(0, 40)}
                  run={async () => {
                    await call('DELETE', `/api/v1/admin/notes/${note.id}`)
                    await notes.reload()
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <form class="form flat" onSubmit={submit}>
        <Field label={a('note.new')} hint={a('note.hint')}>
          <textarea
            class="field"
            rows={2}
            maxLength={2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </Field>
        <div>
          <button class="button slim" type="submit" disabled={busy || text.trim() === ''}>
            {a('note.add')}
          </button>
        </div>
      </form>
    </>
  )
}
