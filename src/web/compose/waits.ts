// What the client looks after from the start: a composer that was open, posts that wait to be sent, and code fetched ahead.
import { me } from '../api/session.ts'
import { reopen, writingWaits } from './open.ts'

const AHEAD_MS = 4000

export function loadComposer(): Promise<typeof import('./composer-dialog.tsx')> {
  return import('./composer-dialog.tsx')
}

export function startWriting(): void {
  reopen(me.peek().id)
  try {
    writingWaits.value = localStorage.getItem(`folkmoot-outbox ${me.peek().id}`) !== null
  } catch {
    // Without storage nothing waits.
  }
  // The composer opens at once when it is wanted; until then it costs nothing that somebody waits for.
  const ahead = (): void => void loadComposer().catch(() => undefined)
  if (typeof requestIdleCallback === 'function') setTimeout(() => requestIdleCallback(ahead), AHEAD_MS)
  else setTimeout(ahead, AHEAD_MS)
}
