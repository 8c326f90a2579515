// What was done to posts without a connection: kept, shown as waiting, and sent when the connection is back.
import { signal } from '@preact/signals'
import type { Status } from '../../contract/entities.ts'
import { ApiError, get, post } from '../api/http.ts'
import { offline } from '../api/connection.ts'
import { findPost, keepPost } from '../api/posts.ts'
import { me } from '../api/session.ts'
import { tellTrouble } from '../ui/feedback.tsx'

export interface Pending {
  id: string
  /** The last word of the API's path. */
  word: string
  at: number
}

/** Those that can be done later without anybody being surprised. */
const OPPOSITES: Record<string, string> = {
  favourite: 'unfavourite',
  unfavourite: 'favourite',
  reblog: 'unreblog',
  unreblog: 'reblog',
  bookmark: 'unbookmark',
  unbookmark: 'bookmark',
}
const MOST = 200
const OLDEST_MS = 14 * 86_400_000

export const pending = signal<readonly Pending[]>([])

const key = (): string => `folkmoot-pending ${me.peek().id}`

/** Reads what waits for this account. */
export function loadPending(): void {
  try {
    const list = JSON.parse(localStorage.getItem(key()) ?? '[]') as Pending[]
    pending.value = list.filter((one) => Date.now() - one.at < OLDEST_MS)
  } catch {
    pending.value = []
  }
}

function store(list: readonly Pending[]): boolean {
  pending.value = list
  try {
    if (list.length === 0) localStorage.removeItem(key())
    else localStorage.setItem(key(), JSON.stringify(list))
    return true
  } catch {
    return false
  }
}

/** Whether it will be done later; doing the opposite takes back what waits. */
export function doLater(id: string, word: string): boolean {
  const opposite = OPPOSITES[word]
  const list = pending.peek()
  if (opposite === undefined || list.length >= MOST) return false
  const rest = list.filter((one) => one.id !== id || one.word !== opposite)
  if (rest.length < list.length) return store(rest)
  if (list.some((one) => one.id === id && one.word === word)) return true
  return store([...list, { id, word, at: Date.now() }])
}

async function send(one: Pending): Promise<void> {
  const known = findPost(one.id)?.peek()
  try {
    const answer = await post<Status>(`/api/v1/statuses/${one.id}/${one.word}`)
    keepPost(answer.reblog ?? answer)
  } catch (error) {
    const later =
      error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 429)
    if (later) throw error
    // It cannot be done any more: the post is gone, or not for this reader.
    tellTrouble(error)
    if (known) void fetchAgain(one.id)
  }
}

async function fetchAgain(id: string): Promise<void> {
  await get<Status>(`/api/v1/statuses/${id}`).then(keepPost, () => undefined)
}

let sending = false

export async function sendPending(): Promise<void> {
  if (sending) return
  sending = true
  const whose = me.peek().id
  try {
    for (;;) {
      const [next] = pending.peek()
      if (!next || whose !== me.peek().id) break
      await send(next)
      store(pending.peek().filter((one) => one !== next))
    }
  } catch {
    // Still no connection: it stays where it is.
  }
  sending = false
}

/** Sends what waits now, and whenever the connection comes back. */
export function startPending(): void {
  loadPending()
  if (pending.peek().length > 0) void sendPending()
  let was = offline.peek()
  offline.subscribe((is) => {
    if (was && !is) void sendPending()
    was = is
  })
}
