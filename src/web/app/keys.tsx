// Keyboard shortcuts, and the sheet that names them.
import { signal } from '@preact/signals'
import { compose } from '../compose/open.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { profilePath } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { go } from './router.ts'

export const helpOpen = signal(false)

/** After `g`, where the next key leads. */
const GOALS: Record<string, () => string> = {
  h: () => '/home',
  n: () => '/notifications',
  l: () => '/public/local',
  t: () => '/public',
  c: () => '/conversations',
  b: () => '/bookmarks',
  f: () => '/favourites',
  s: () => '/settings',
  p: () => profilePath(me.value),
}

function articles(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('#content article')]
}

function focusedArticle(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>('article') ?? undefined
}

function step(by: number): void {
  const all = articles()
  const current = focusedArticle()
  const at = current
    ? all.indexOf(current)
    : all.findIndex((one) => one.getBoundingClientRect().bottom > 80) - by
  const next = all[at + by]
  if (!next) return
  next.tabIndex = -1
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'center' })
}

/** Presses the button of the focused post that carries the key. */
function press(key: string): boolean {
  const button = focusedArticle()?.querySelector<HTMLButtonElement>(`[data-hotkey="${key}"]`)
  button?.click()
  return button !== null && button !== undefined
}

function openFocused(): boolean {
  const link = focusedArticle()?.querySelector<HTMLAnchorElement>('.post-when')
  link?.click()
  return link !== null && link !== undefined
}

/** Opens or closes a part of the focused post. */
function unfold(selector: string): void {
  const part = focusedArticle()?.querySelector<HTMLDetailsElement>(selector)
  if (part) part.open = !part.open
}

const KEYS: Record<string, () => boolean | void> = {
  j: () => step(1),
  k: () => step(-1),
  n: () => compose(),
  '/': () => go('/search'),
  '?': () => void (helpOpen.value = true),
  '.': () => {
    document.querySelector<HTMLButtonElement>('.pill')?.click()
    scrollTo({ top: 0 })
  },
  o: openFocused,
  x: () => unfold('details.cw'),
  h: () => unfold('details.veil'),
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], dialog, [role=menu]') !== null
  )
}

let afterG = false

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return
  const goal = afterG ? GOALS[event.key] : undefined
  afterG = event.key === 'g' && !afterG
  if (goal) {
    go(goal())
    event.preventDefault()
    return
  }
  if (event.key === 'Enter' && document.activeElement?.tagName === 'ARTICLE') {
    openFocused()
    event.preventDefault()
    return
  }
  const known = KEYS[event.key]
  if (known) {
    known()
    event.preventDefault()
  } else if ('rfbd'.includes(event.key) && event.key.length === 1 && press(event.key)) event.preventDefault()
}

export function startKeys(): void {
  addEventListener('keydown', onKey)
}

function sheet(): [string, string][] {
  return [
    ['j', t('keys.next')],
    ['k', t('keys.previous')],
    ['o', t('keys.open')],
    ['Enter', t('keys.open')],
    ['n', t('keys.write')],
    ['r', t('post.reply')],
    ['f', t('post.like')],
    ['b', t('post.boost')],
    ['d', t('post.keep')],
    ['x', t('keys.warning')],
    ['h', t('keys.media')],
    ['/', t('keys.search')],
    ['.', t('keys.top')],
    ['g h', t('nav.home')],
    ['g n', t('nav.notifications')],
    ['g l', t('nav.local')],
    ['g t', t('nav.public')],
    ['g c', t('nav.conversations')],
    ['g b', t('nav.bookmarks')],
    ['g f', t('nav.favourites')],
    ['g p', t('nav.profile')],
    ['g s', t('nav.settings')],
    ['?', t('keys.help')],
  ]
}

export function KeysHelp() {
  if (!helpOpen.value) return null
  return (
    <Dialog label={t('keys.title')} onClose={() => void (helpOpen.value = false)} titled>
      <dl class="keys">
        {sheet().map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
