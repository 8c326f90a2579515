// Naming and describing a collection.
import { useState } from 'preact/hooks'
import type { Collection, WrappedCollection } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt } from '../ui/feedback.tsx'

interface FormProps {
  /** Undefined makes a new one. */
  collection: Collection | undefined
  onClose: () => void
  onSaved: (collection: Collection) => void
}

function Fields({ collection }: { collection: Collection | undefined }) {
  return (
    <>
      <label>
        {t('packs.name')}
        <input
          class="field"
          name="name"
          required
          maxLength={100}
          defaultValue={collection?.name ?? ''}
          dir="auto"
        />
      </label>
      <label>
        {t('packs.description')}
        <textarea
          class="field"
          name="description"
          rows={3}
          maxLength={500}
          defaultValue={collection?.description ?? ''}
          dir="auto"
        />
      </label>
      <label>
        {t('packs.tag')}
        <input
          class="field"
          name="tag_name"
          maxLength={100}
          defaultValue={collection?.tag?.name ?? ''}
          autocapitalize="none"
          dir="auto"
        />
      </label>
      <label class="check">
        <input type="checkbox" name="discoverable" defaultChecked={collection?.discoverable ?? true} />
        <span>
          {t('packs.discoverable')}
          <small class="soft">{t('packs.discoverableHint')}</small>
        </span>
      </label>
    </>
  )
}

export function CollectionForm({ collection, onClose, onSaved }: FormProps) {
  const [busy, setBusy] = useState(false)
  const save = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form)
    const body = {
      name: data.get('name'),
      description: data.get('description'),
      tag_name: data.get('tag_name'),
      discoverable: data.has('discoverable'),
    }
    setBusy(true)
    await attempt(async () => {
      const answer = collection
        ? await call<WrappedCollection>('PATCH', `/api/v1/collections/${collection.id}`, { body })
        : await call<WrappedCollection>('POST', '/api/v1/collections', { body })
      onSaved(answer.collection)
    })
    setBusy(false)
  }
  return (
    <Dialog label={t(collection ? 'packs.edit' : 'packs.new')} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save(event.currentTarget)
        }}
      >
        <Fields collection={collection} />
        <div class="dialog-row">
          <button class="button" type="submit" disabled={busy}>
            {t('ui.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
