// Opens the composer; it is loaded when it is first needed.
import { signal } from '@preact/signals'
import type { Status } from '../../contract/entities.ts'

/** What the composer starts from. */
export interface ComposeRequest {
  replyTo?: Status
  quote?: Status
  edit?: Status
  /** A deleted post with its source. */
  redraft?: Status
  text?: string
  visibility?: Status['visibility']
}

export const composing = signal<ComposeRequest | undefined>(undefined)

export function compose(request: ComposeRequest = {}): void {
  composing.value = request
}
