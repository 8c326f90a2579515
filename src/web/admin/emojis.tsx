// The custom emojis of this server: uploaded, copied from others, sorted, switched off and on.
import { useState } from 'preact/hooks'
import type { AdminEmoji } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { sure, tell } from '../ui/feedback.tsx'
import { Shown, useGet } from './load.tsx'
import { Doing, Field, Lead, Tag, useForm } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/custom_emojis'

function Upload({ done }: { done: () => Promise<void> }) {
  const [name, setName] = useState('')
  const [category, setCategory] = useState('')
  const [file, setFile] = useState<File | undefined>(undefined)
  const { busy, submit } = useForm(async () => {
    if (!file) return
    const body = new FormData()
    body.set('shortcode', name.replaceAll(':', ''))
    body.set('category', category)
    body.set('image', file)
    await call('POST', PATH, { body })
    setName('')
    setFile(undefined)
    tell(a('emoji.added'))
    await done()
  })
  const take = (chosen: File | undefined): void => {
    setFile(chosen)
    if (chosen && name === '') setName(chosen.name.replace(/\.[^.]*$/, '').replaceAll(/\W+/g, '_'))
  }
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('emoji.file')} hint={a('emoji.fileHint')}>
        <input
          class="field"
          type="file"
          accept="image/*"
          key={file === undefined ? 'none' : 'some'}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
      </Field>
      <Field label={a('emoji.name')} hint={a('emoji.nameHint')}>
        <input
          class="field"
          dir="ltr"
          required
          pattern="\w{2,64}"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label={a('emoji.category')} hint={a('emoji.categoryHint')}>
        <input class="field" value={category} onInput={(event) => setCategory(event.currentTarget.value)} />
      </Field>
      <div>
        <button class="button slim" type="submit" disabled={busy || !file || name === ''}>
          {a('emoji.add')}
        </button>
      </div>
    </form>
  )
}

function Category({ emoji, done }: { emoji: AdminEmoji; done: () => Promise<void> }) {
  const [category, setCategory] = useState(emoji.category ?? '')
  const { busy, submit } = useForm(async () => {
    await call('PATCH', `${PATH}/${emoji.id}`, { body: { category: category.trim() } })
    await done()
  })
  return (
    <form class="form flat admin-category" onSubmit={submit}>
      <Field label={a('emoji.category')}>
        <input
          class="field"
          list="emoji-categories"
          maxLength={100}
          value={category}
          onInput={(event) => setCategory(event.currentTarget.value)}
        />
      </Field>
      <button class="button slim" type="submit" disabled={busy}>
        {a('save')}
      </button>
    </form>
  )
}

function Own({ emoji, changed }: { emoji: AdminEmoji; changed: () => Promise<void> }) {
  const code = `:${emoji.shortcode}:`
  const [sorting, setSorting] = useState(false)
  const sorted = async (): Promise<void> => {
    setSorting(false)
    await changed()
  }
  if (sorting) return <Category emoji={emoji} done={sorted} />
  return (
    <div class="admin-deeds">
      <Doing label={a('emoji.sort')} describe={code} run={async () => setSorting(true)} />
      <Doing
        label={a(emoji.disabled ? 'emoji.enable' : 'emoji.disable')}
        describe={code}
        run={async () => {
          await call('PATCH', `${PATH}/${emoji.id}`, { body: { disabled: !emoji.disabled } })
          await changed()
        }}
      />
      <Doing
        label={a('delete')}
        describe={code}
        run={async () => {
          if (!(await sure(a('emoji.deleteSure', { name: code })))) return
          await call('DELETE', `${PATH}/${emoji.id}`)
          await changed()
        }}
      />
    </div>
  )
}

function Card({ emoji, changed }: { emoji: AdminEmoji; changed: () => Promise<void> }) {
  return (
    <li class="card">
      <img src={emoji.url} alt="" width="40" height="40" loading="lazy" />
      <span>
        <strong dir="ltr">:{emoji.shortcode}:</strong>
        <small class="soft" dir="auto">
          {emoji.domain ?? emoji.category ?? ''}
        </small>
      </span>
      {emoji.disabled && <Tag kind="bad">{a('emoji.isOff')}</Tag>}
      {emoji.domain === null ? (
        <Own emoji={emoji} changed={changed} />
      ) : (
        <Doing
          label={a('emoji.copy')}
          describe={`:${emoji.shortcode}: ${emoji.domain}`}
          run={async () => {
            await post(`${PATH}/${emoji.id}/copy`)
            tell(a('emoji.added'))
          }}
        />
      )}
    </li>
  )
}

export function Emojis() {
  const [remote, setRemote] = useState(false)
  const [text, setText] = useState('')
  const emojis = useGet<AdminEmoji[]>(
    `${PATH}?remote=${remote}${text === '' ? '' : `&q=${encodeURIComponent(text)}`}`,
  )
  return (
    <div class="admin-page">
      <Lead>{a('emojis.lead')}</Lead>
      <h2 class="admin-title">{a('emoji.new')}</h2>
      <Upload done={emojis.reload} />
      <div class="tabs" role="group" aria-label={a('emojis.which')}>
        <button type="button" aria-pressed={!remote} onClick={() => setRemote(false)}>
          {a('emojis.own')}
        </button>
        <button type="button" aria-pressed={remote} onClick={() => setRemote(true)}>
          {a('emojis.remote')}
        </button>
      </div>
      <div class="form flat">
        <Field label={a('emojis.search')}>
          <input
            class="field"
            dir="ltr"
            value={text}
            onInput={(event) => setText(event.currentTarget.value.trim())}
          />
        </Field>
      </div>
      <Shown of={emojis} empty={<h2>{a('emojis.none')}</h2>}>
        {(list) => (
          <>
            <datalist id="emoji-categories">
              {[...new Set(list.flatMap((emoji) => emoji.category ?? []))].map((name) => (
                <option value={name} key={name} />
              ))}
            </datalist>
            <ul class="admin-emojis">
              {list.map((emoji) => (
                <Card key={emoji.id} emoji={emoji} changed={emojis.reload} />
              ))}
            </ul>
          </>
        )}
      </Shown>
    </div>
  )
}
