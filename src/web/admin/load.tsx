// Loads what a screen shows, says when that fails, and loads it anew after something was done.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ApiError, get, getPage } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt, reasonOf } from '../ui/feedback.tsx'
import { a } from './words.ts'

export interface Loaded<T> {
  value: T | undefined
  problem: string | undefined
  reload: () => Promise<void>
  set: (value: T) => void
}

/** The session was opened before its person got a role: open it anew. */
export function renewSession(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 403 || !error.message.includes('scope')) return false
  const flag = 'folkmoot-admin-renewed'
  try {
    if (sessionStorage.getItem(flag) !== null) return false
    sessionStorage.setItem(flag, '1')
  } catch {
    return false
  }
  location.assign(`/auth/client?return_to=${encodeURIComponent(location.pathname)}`)
  return true
}

export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[] = []): Loaded<T> {
  const [value, setValue] = useState<T | undefined>(undefined)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const reload = async (): Promise<void> => {
    try {
      setValue(await load())
      setProblem(undefined)
    } catch (error) {
      if (!renewSession(error)) setProblem(reasonOf(error))
    }
  }
  useEffect(() => void reload(), inputs)
  return { value, problem, reload, set: setValue }
}

export function useGet<T>(path: string): Loaded<T> {
  return useLoaded(() => get<T>(path), [path])
}

export interface Pages<T> extends Loaded<T[]> {
  next: string | undefined
  more: () => Promise<void>
}

/** A list that goes on page by page. */
export function usePages<T>(path: string): Pages<T> {
  const [next, setNext] = useState<string | undefined>(undefined)
  const list = useLoaded(async () => {
    const page = await getPage<T>(path)
    setNext(page.next)
    return page.items
  }, [path])
  const more = async (): Promise<void> => {
    if (next === undefined) return
    await attempt(async () => {
      const page = await getPage<T>(next)
      list.set([...(list.value ?? []), ...page.items])
      setNext(page.next)
    })
  }
  return { ...list, next, more }
}

interface FrameProps<T> {
  of: Loaded<T>
  /** Shown when the list is empty. */
  empty?: ComponentChildren
  children: (value: T) => ComponentChildren
}

/** Waiting, trouble, nothing, or what there is. */
export function Shown<T>({ of, empty, children }: FrameProps<T>) {
  if (of.problem !== undefined)
    return (
      <div class="empty" role="alert">
        <p>{of.problem}</p>
        <button class="button quiet" type="button" onClick={() => void of.reload()}>
          {a('again')}
        </button>
      </div>
    )
  if (of.value === undefined)
    return (
      <div class="skeleton" role="status">
        <span class="bone round" />
        <div>
          <span class="bone short" />
          <span class="bone half" />
          <span class="hidden-text">{t('feed.loading')}</span>
        </div>
      </div>
    )
  if (Array.isArray(of.value) && of.value.length === 0 && empty !== undefined)
    return <div class="empty">{empty}</div>
  return <>{children(of.value)}</>
}

export function More<T>({ of }: { of: Pages<T> }) {
  if (of.next === undefined) return null
  return (
    <div class="admin-more">
      <button class="button quiet" type="button" onClick={() => void of.more()}>
        {a('more')}
      </button>
    </div>
  )
}
