// Short messages at the edge of the screen, and questions before something that cannot be undone.
import { signal } from '@preact/signals'
import { ApiError } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from './dialog.tsx'

interface Toast {
  id: number
  text: string
  href?: string | undefined
  bad: boolean
}

const toasts = signal<readonly Toast[]>([])
let counter = 0
const SHOWN_MS = 5000

export function tell(text: string, options: { href?: string; bad?: boolean } = {}): void {
  const toast = { id: ++counter, text, href: options.href, bad: options.bad === true }
  toasts.value = [...toasts.value.slice(-2), toast]
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one !== toast)
  }, SHOWN_MS)
}

/** What went wrong, in words that may be shown. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown')
  if (error.status === 0) return t('error.offline')
  if (error.status === 404) return t('error.gone')
  return error.message.replace(/^Validation failed: /, '') || t('error.unknown')
}

export function tellTrouble(error: unknown): void {
  tell(reasonOf(error), { bad: true })
}

/** Runs something and says so when it fails; true when it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    tellTrouble(error)
    return false
  }
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <p class={toast.bad ? 'toast bad' : 'toast'} key={toast.id}>
          {toast.text}
          {toast.href !== undefined && <a href={toast.href}>{t('compose.view')}</a>}
        </p>
      ))}
    </div>
  )
}

interface Question {
  text: string
  danger: boolean
  answer: (yes: boolean) => void
}

const question = signal<Question | undefined>(undefined)

/** Asks first; resolves to whether the person agreed. */
export function sure(text: string, danger = true): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      text,
      danger,
      answer: (yes) => {
        question.value = undefined
        resolve(yes)
      },
    }
  })
}

export function Questions() {
  const asked = question.value
  if (!asked) return null
  return (
    <Dialog label={asked.text} onClose={() => asked.answer(false)} small>
      <p class="question">{asked.text}</p>
      <div class="dialog-row">
        <button class="button quiet" type="button" onClick={() => asked.answer(false)}>
          {t('ui.cancel')}
        </button>
        <button
          class={asked.danger ? 'button danger' : 'button'}
          type="button"
          onClick={() => asked.answer(true)}
        >
          {t('ui.ok')}
        </button>
      </div>
    </Dialog>
  )
}
