// The form that makes a circle.
import { useState } from 'preact/hooks'
import type { Circle } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { createCircle } from './circles.ts'

interface NewCircleProps {
  kind: 'inline-form' | 'chooser-line'
  onMade?: (circle: Circle) => void
}

export function NewCircle({ kind, onMade }: NewCircleProps) {
  const [title, setTitle] = useState('')
  const slim = kind === 'chooser-line' ? ' slim' : ''
  const make = (): void =>
    void attempt(async () => {
      const circle = await createCircle(title)
      setTitle('')
      onMade?.(circle)
    })
  return (
    <form
      class={kind}
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <input
        class={`field${slim}`}
        aria-label={t('circles.name')}
        placeholder={t('circles.example')}
        maxLength={100}
        required
        value={title}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      <button class={`button${slim}`} type="submit">
        {t('circles.create')}
      </button>
    </form>
  )
}
