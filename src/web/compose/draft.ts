// What is being written: kept in this browser at every keystroke, so that nothing typed is ever lost.
import { signal } from '@preact/signals'
import type { MediaAttachment, Status } from '../../contract/entities.ts'

export interface DraftPoll {
  options: string[]
  multiple: boolean
  expiresIn: number
}

export interface Draft {
  /** Tells drafts apart: a new post, an answer to something, an edit of something. */
  key: string
  text: string
  warning: string
  hasWarning: boolean
  visibility: Status['visibility']
  localOnly: boolean
  language: string
  sensitive: boolean
  poll: DraftPoll | null
  media: MediaAttachment[]
  /** Sent with the post, so that sending twice makes one post. */
  idempotency: string
}

const PREFIX = 'folkmoot-draft '
/** A draft older than this is not offered again. */
const OLDEST_MS = 30 * 86_400_000

export function emptyDraft(key: string): Draft {
  return {
    key,
    text: '',
    warning: '',
    hasWarning: false,
    visibility: 'public',
    localOnly: false,
    language: '',
    sensitive: false,
    poll: null,
    media: [],
    idempotency: crypto.randomUUID(),
  }
}

/** Whether somebody would miss it; `start` is what the composer opened with. */
export function isWorthKeeping(draft: Draft, start: string): boolean {
  return (
    (draft.text.trim() !== '' && draft.text !== start) ||
    draft.media.length > 0 ||
    draft.warning !== '' ||
    draft.poll?.options.some((option) => option !== '') === true
  )
}

export function storeDraft(draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + draft.key, JSON.stringify({ ...draft, at: Date.now() }))
  } catch {
    // Storage may be full or off; the text is still on screen.
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Then nothing was stored.
  }
}

export function storedDraft(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key)
    if (text === null) return undefined
    const { at, ...draft } = JSON.parse(text) as Draft & { at: number }
    if (Date.now() - at > OLDEST_MS) {
      forgetDraft(key)
      return undefined
    }
    return { ...emptyDraft(key), ...draft }
  } catch {
    return undefined
  }
}

export const draft = signal<Draft>(emptyDraft('new'))

export function change(part: Partial<Draft>): void {
  draft.value = { ...draft.peek(), ...part }
}
