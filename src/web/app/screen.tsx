// Shows the screen that the address asks for.
import { useEffect, useRef, useState } from 'preact/hooks'
import { me } from '../api/session.ts'
import { place } from './router.ts'
import type { Place } from './router.ts'
import { findRoute } from './routes.ts'
import { Missing } from './screen-frame.tsx'
import type { ScreenComponent } from './screen-props.ts'

interface Loaded {
  /** For whom: another account's screen is another screen. */
  account: string
  place: Place
  params: Record<string, string>
  Screen: ScreenComponent | undefined
}

const RELOADED = 'folkmoot-reloaded'
const SOON_MS = 20_000

/** A new version of the server has other files: loading the page anew gets them, but not again and again. */
function reloadOnce(): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
    if (Date.now() - last < SOON_MS) return false
    sessionStorage.setItem(RELOADED, String(Date.now()))
  } catch {
    return false
  }
  location.reload()
  return true
}

/** Whoever cannot see the screen change hears what it is now, and goes on from there. */
function focusHeading(): void {
  const active = document.activeElement
  if (document.querySelector('dialog[open]') || active?.matches('input, textarea, select') === true) return
  const heading = document.querySelector<HTMLElement>('#content h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

/** Swaps screens only when the next one's code is there, so that nothing flickers. */
export function CurrentScreen() {
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined)
  const wanted = place.value
  const account = me.value.id
  useEffect(() => {
    let current = true
    const found = findRoute(wanted.path)
    if (!found) setLoaded({ account, place: wanted, params: {}, Screen: undefined })
    else
      found.route.load().then(
        (module) =>
          current && setLoaded({ account, place: wanted, params: found.params, Screen: module.default }),
        () =>
          reloadOnce()
            ? undefined
            : current && setLoaded({ account, place: wanted, params: {}, Screen: undefined }),
      )
    return () => {
      current = false
    }
  }, [wanted])
  const shown = useRef<string | undefined>(undefined)
  const now = loaded && `${loaded.place.path}?${loaded.place.query.toString()}`
  useEffect(() => {
    if (shown.current !== undefined && now !== shown.current) focusHeading()
    shown.current = now
  }, [now])
  if (!loaded) return null
  const { Screen } = loaded
  if (!Screen) return <Missing />
  return (
    <Screen
      key={`${loaded.account} ${loaded.place.path}?${loaded.place.query.toString()}`}
      place={loaded.place}
      params={decoded(loaded.params)}
    />
  )
}

function decoded(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value.includes('%') ? safeDecode(value) : value]),
  )
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
