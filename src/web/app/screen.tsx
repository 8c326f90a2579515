// Shows the screen that the address asks for, and the frame that screens share.
import { useEffect, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { back, place } from './router.ts'
import type { Place } from './router.ts'
import { findRoute } from './routes.ts'
import type { ScreenComponent } from './routes.ts'

interface Loaded {
  place: Place
  params: Record<string, string>
  Screen: ScreenComponent | undefined
}

/** Swaps screens only when the next one's code is there, so that nothing flickers. */
export function CurrentScreen() {
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined)
  const wanted = place.value
  useEffect(() => {
    let current = true
    const found = findRoute(wanted.path)
    if (!found) setLoaded({ place: wanted, params: {}, Screen: undefined })
    else
      found.route.load().then(
        (module) => current && setLoaded({ place: wanted, params: found.params, Screen: module.default }),
        // A new version of the server has other files: loading the page anew gets them.
        () => location.reload(),
      )
    return () => {
      current = false
    }
  }, [wanted])
  if (!loaded) return null
  const { Screen } = loaded
  if (!Screen) return <Missing />
  return (
    <Screen
      key={`${loaded.place.path}?${loaded.place.query.toString()}`}
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

export function Missing() {
  return (
    <ScreenFrame title={t('missing.title')}>
      <div class="empty">
        <h2>{t('missing.title')}</h2>
        <p>{t('error.gone')}</p>
        <a class="button quiet" href="/home">
          {t('nav.home')}
        </a>
      </div>
    </ScreenFrame>
  )
}

interface FrameProps {
  title: string
  /** Shown in the bar in place of the title. */
  head?: ComponentChildren
  tools?: ComponentChildren
  /** Screens below others have a way back. */
  deep?: boolean
  children: ComponentChildren
  scroll?: number
}

/** A heading that stays in view, and the screen below it. */
export function ScreenFrame({ title, head, tools, deep = false, children, scroll }: FrameProps) {
  useEffect(() => {
    document.title = `${title} · ${instance.title}`
  }, [title])
  useEffect(() => {
    if (scroll !== undefined) scrollTo(0, scroll)
  }, [])
  return (
    <>
      <header class="bar">
        {deep && (
          <button class="icon-button" type="button" aria-label={t('nav.back')} onClick={back}>
            <Icon name="back" flips />
          </button>
        )}
        <h1 dir="auto">{head ?? title}</h1>
        {tools}
      </header>
      {children}
    </>
  )
}
