// Opens the composer; it is loaded when the browser has nothing else to do, or when it is first needed.
import { signal } from '@preact/signals'
import type { ScheduledStatus, Status, Draft as ServerDraft } from '../../contract/entities.ts'

/** What the composer starts from. */
export interface ComposeRequest {
  replyTo?: Status
  quote?: Status
  edit?: Status
  /** A deleted post with its source. */
  redraft?: Status
  /** Circles to begin with. */
  circles?: string[]
  scheduled?: ScheduledStatus
  /** A draft of this browser, or one that the server keeps. */
  uid?: string
  kept?: ServerDraft
  text?: string
  /** Pictures and the like that another app shared. */
  files?: File[]
  visibility?: 'public' | 'unlisted' | 'private' | 'circles' | 'people' | 'direct'
}

export const composing = signal<ComposeRequest | undefined>(undefined)

/** Whether something waits in the outbox: then what shows and sends it is loaded. */
export const writingWaits = signal(false)

export function compose(request: ComposeRequest = {}): void {
  composing.value = request
}

/** After a reload, or signing in again, what was being written is there. */
export function reopen(accountId: string): void {
  try {
    const [owner, uid] = (sessionStorage.getItem('folkmoot-composing') ?? '').split(' ')
    const isKept = localStorage.getItem(`folkmoot-draft ${accountId} ${uid ?? ''}`) !== null
    if (owner === accountId && uid !== undefined && isKept) compose({ uid })
  } catch {
    // Without storage nothing was kept.
  }
}
