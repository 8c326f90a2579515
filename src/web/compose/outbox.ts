// Posts that could not be sent because there was no network: kept in this browser and sent when there is one again.
import { signal } from '@preact/signals'
import { ApiError } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { reasonOf, tell } from '../ui/feedback.tsx'
import type { Draft } from './draft.ts'
import { forgetDraft } from './draft-store.ts'
import { dropServerDraft } from './draft-sync.ts'
import { send } from './send.ts'
import { writingWaits } from './open.ts'

export interface Waiting {
  draft: Draft
  at: number
  /** Why the server refused it; '' while it waits for the network. */
  problem: string
}

export const outbox = signal<readonly Waiting[]>([])
export const sending = signal(false)

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 300_000
let wait = FIRST_WAIT_MS
let timer: ReturnType<typeof setTimeout> | undefined

const name = (): string => `folkmoot-outbox ${me.peek().id}`

export function readOutbox(): void {
  try {
    outbox.value = JSON.parse(localStorage.getItem(name()) ?? '[]') as Waiting[]
  } catch {
    // What is in memory stays.
  }
}

function write(list: readonly Waiting[]): void {
  outbox.value = list
  try {
    if (list.length === 0) localStorage.removeItem(name())
    else localStorage.setItem(name(), JSON.stringify(list))
  } catch {
    // Storage may be full or off; this tab still has it.
  }
}

function replace(uid: string, change: (old: Waiting) => Waiting | undefined): void {
  readOutbox()
  write(outbox.peek().flatMap((one) => (one.draft.uid === uid ? (change(one) ?? []) : [one])))
}

export function putIntoOutbox(draft: Draft): void {
  readOutbox()
  write([
    ...outbox.peek().filter((one) => one.draft.uid !== draft.uid),
    { draft, at: Date.now(), problem: '' },
  ])
  forgetDraft(draft.uid)
  writingWaits.value = true
  later()
}

/** Gives it back to be changed. */
export function takeFromOutbox(uid: string): Draft | undefined {
  const found = outbox.peek().find((one) => one.draft.uid === uid)?.draft
  replace(uid, () => undefined)
  return found
}

function later(): void {
  clearTimeout(timer)
  if (!outbox.peek().some((one) => one.problem === '')) return
  timer = setTimeout(() => void sendWaiting(), wait)
  wait = Math.min(wait * 2, LONGEST_WAIT_MS)
}

async function sendOne({ draft }: Waiting): Promise<boolean> {
  try {
    await send(draft, (key, sentId) =>
      replace(draft.uid, (old) => ({
        ...old,
        draft: {
          ...old.draft,
          parts: old.draft.parts.map((part) => (part.key === key ? { ...part, sentId } : part)),
        },
      })),
    )
    replace(draft.uid, () => undefined)
    void dropServerDraft(draft)
    tell(t('outbox.sent'))
    return true
  } catch (error) {
    const isRefused =
      error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
    if (isRefused) replace(draft.uid, (old) => ({ ...old, problem: reasonOf(error) }))
    return isRefused
  }
}

async function sendAll(): Promise<void> {
  readOutbox()
  sending.value = true
  for (const one of outbox.peek().filter((waiting) => waiting.problem === ''))
    if (!(await sendOne(one))) break
  sending.value = false
}

/** Only one tab sends at a time; what was sent already is not sent twice. */
export async function sendWaiting(): Promise<void> {
  if (sending.peek()) return
  if ('locks' in navigator)
    await navigator.locks.request(name(), { ifAvailable: true }, async (lock) => {
      if (lock) await sendAll()
    })
  else await sendAll()
  if (outbox.peek().length === 0) wait = FIRST_WAIT_MS
  later()
}

let watching = false

export function watchNetwork(): void {
  if (watching) return
  watching = true
  addEventListener('online', () => {
    wait = FIRST_WAIT_MS
    void sendWaiting()
  })
  addEventListener('storage', (event) => {
    if (event.key === name()) readOutbox()
  })
}
