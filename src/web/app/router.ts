// Which screen the address asks for, moving between screens, and where each was scrolled to.
import { signal } from '@preact/signals'
import { isOurs } from './own-paths.ts'

export interface Place {
  path: string
  query: URLSearchParams
  /** Tells entries of the history apart. */
  key: string
  /** Where it was scrolled to when it was left. */
  scroll: number
}

const scrolls = new Map<string, number>()
let counter = 0

function keyOf(state: unknown): string {
  const key = (state as { key?: unknown } | null)?.key
  return typeof key === 'string' ? key : 'start'
}

function here(): Place {
  const key = keyOf(history.state)
  return {
    path: decodePath(location.pathname),
    query: new URLSearchParams(location.search),
    key,
    scroll: scrolls.get(key) ?? 0,
  }
}

function decodePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

export const place = signal<Place>(here())

function leave(): void {
  scrolls.set(place.peek().key, scrollY)
}

/** Opens a path of this client. */
export function go(path: string, options: { replace?: boolean } = {}): void {
  leave()
  const state = { key: `${Date.now()}-${++counter}` }
  if (options.replace === true) history.replaceState(state, '', path)
  else history.pushState(state, '', path)
  place.value = here()
}

export function back(): void {
  if (history.length > 1) history.back()
  else go('/home')
}

function onClick(event: MouseEvent): void {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.target === '_blank' || link.hasAttribute('download') || link.origin !== location.origin)
    return
  if (!isOurs(link.pathname) || link.getAttribute('href')?.startsWith('#') === true) return
  event.preventDefault()
  go(`${link.pathname}${link.search}`)
}

export function startRouter(): void {
  history.scrollRestoration = 'manual'
  addEventListener('click', onClick)
  addEventListener('popstate', () => {
    leave()
    place.value = here()
  })
}
