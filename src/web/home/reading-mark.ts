// Where somebody stopped reading home, on whichever device: read at the start, written when they leave.
import { signal } from '@preact/signals'
import type { Marker } from '../../contract/entities.ts'
import { get, OWN_HEADERS } from '../api/http.ts'
import { me, takeFirstMark } from '../api/session.ts'

interface Mark {
  account: string
  id: string | undefined
}

/** The newest post that was seen the last time; stays where it is while one reads. */
const mark = signal<Mark>({ account: '', id: undefined })
/** Somebody went to where they were and reads upwards from there. */
let catchingUp = false
let written = 0

export function hereId(): string | undefined {
  return mark.value.account === me.value.id ? mark.value.id : undefined
}

export function startCatchingUp(): void {
  catchingUp = true
}

/** Asked when home is loaded anew, not at every return to it: the line must not wander. */
export async function readMark(): Promise<void> {
  const account = me.peek().id
  const first = takeFirstMark()
  if (mark.peek().account === account && !first) return
  const found =
    first ??
    (await get<{ home?: Marker }>('/api/v1/markers?timeline[]=home').then(
      ({ home }) => home,
      () => undefined,
    ))
  written = Number(found?.last_read_id ?? 0)
  catchingUp = false
  mark.value = { account, id: found?.last_read_id }
}

/** After a long time away the line is drawn anew. */
export function forgetMark(): void {
  mark.value = { account: '', id: undefined }
}

/** The row nearest to the top of the screen. */
function topmost(): string | undefined {
  for (const row of document.querySelectorAll<HTMLElement>('.feed-row [data-post]'))
    if (row.getBoundingClientRect().bottom > 80) return row.dataset['post']
  return undefined
}

/** Says how far one has read: to the newest post, or to where one is while catching up. */
export function writeMark(newest: string | undefined): void {
  const seen = catchingUp ? topmost() : newest
  if (seen === undefined || Number(seen) <= written) return
  written = Number(seen)
  void fetch('/api/v1/markers', {
    method: 'POST',
    headers: { ...OWN_HEADERS, 'content-type': 'application/json' },
    body: JSON.stringify({ home: { last_read_id: seen } }),
    credentials: 'same-origin',
    // The page may be closing.
    keepalive: true,
  }).catch(() => undefined)
}
