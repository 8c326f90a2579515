// The heading that stays in view, which all screens share, and what is shown for addresses that lead nowhere.
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { unread } from './live.ts'
import { back } from './router.ts'

/** `offline`: it may well be there, but nobody can look. */
export function Missing({ offline = false }: { offline?: boolean }) {
  return (
    <ScreenFrame title={t('missing.title')} deep={offline}>
      <div class="empty">
        <h2>{t(offline ? 'error.offline' : 'missing.title')}</h2>
        <p>{t(offline ? 'offline.missing' : 'error.gone')}</p>
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
  const count = unread.value
  useEffect(() => {
    const whole = `${title} · ${instance.title}`
    document.title = count > 0 ? `(${count}) ${whole}` : whole
  }, [title, count])
  useEffect(() => {
    if (scroll !== undefined) scrollTo(0, scroll)
  }, [])
  return (
    <>
      <header class="bar">
        {deep && (
          <button class="icon-button" type="button" aria-label={t('nav.back')} onClick={back}>
            <Icon name="back" />
          </button>
        )}
        <h1 dir="auto">{head ?? title}</h1>
        {tools}
      </header>
      {children}
    </>
  )
}
