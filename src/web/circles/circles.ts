// One's circles, asked for once and kept up to date while the client runs.
import { signal } from '@preact/signals'
import type { Account, Circle } from '../../contract/entities.ts'
import { call, get, post } from '../api/http.ts'

/** Undefined until they were asked for. */
export const circles = signal<readonly Circle[] | undefined>(undefined)

let asking: Promise<void> | undefined

/** Throws ApiError. */
export async function loadCircles(again = false): Promise<void> {
  if (circles.peek() && !again) return
  asking ??= get<Circle[]>('/api/v1/circles').then((list) => void (circles.value = list))
  try {
    await asking
  } finally {
    asking = undefined
  }
}

function byTitle(list: readonly Circle[]): Circle[] {
  return [...list].toSorted((a, b) => a.title.localeCompare(b.title))
}

function replace(circle: Circle): void {
  circles.value = byTitle((circles.peek() ?? []).map((one) => (one.id === circle.id ? circle : one)))
}

export async function createCircle(title: string): Promise<Circle> {
  const circle = await post<Circle>('/api/v1/circles', { title })
  circles.value = byTitle([...(circles.peek() ?? []), circle])
  return circle
}

export async function renameCircle(id: string, title: string): Promise<void> {
  replace(await call<Circle>('PUT', `/api/v1/circles/${id}`, { body: { title } }))
}

export async function deleteCircle(id: string): Promise<void> {
  await call('DELETE', `/api/v1/circles/${id}`)
  circles.value = circles.peek()?.filter((one) => one.id !== id)
}

/** Puts somebody into a circle or takes them out. */
export async function changeMember(id: string, account: Pick<Account, 'id'>, isIn: boolean): Promise<void> {
  const body = { account_ids: [account.id] }
  await call(isIn ? 'POST' : 'DELETE', `/api/v1/circles/${id}/accounts`, { body })
  const known = circles.peek()?.find((one) => one.id === id)
  if (known) replace({ ...known, accounts_count: Math.max(0, known.accounts_count + (isIn ? 1 : -1)) })
}
