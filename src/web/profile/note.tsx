// A private note about a person.
import { useEffect, useState } from 'preact/hooks'
import type { Relationship } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt, tell } from '../ui/feedback.tsx'

interface NoteProps {
  relation: Relationship
  onChange: (relation: Relationship) => void
}

export function Note({ relation, onChange }: NoteProps) {
  const [text, setText] = useState(relation.note)
  useEffect(() => setText(relation.note), [relation.note])
  const save = async (): Promise<void> => {
    if (text === relation.note) return
    const done = await attempt(async () =>
      onChange(await post<Relationship>(`/api/v1/accounts/${relation.id}/note`, { comment: text })),
    )
    if (done) tell(t('profile.noteSaved'))
  }
  return (
    <label class="note">
      <textarea
        class="field"
        rows={text === '' ? 1 : 2}
        placeholder={`${t('profile.note')} · ${t('profile.noteHint')}`}
        aria-label={t('profile.note')}
        maxLength={2000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={() => void save()}
      />
    </label>
  )
}
