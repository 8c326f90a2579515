// Renders public pages and the client's shell on the server; built into one bundle that the pages plug loads.
import { renderToString } from 'preact-render-to-string'
import type { Account, Instance, Status } from '../../contract/entities.ts'
import { german } from '../i18n/de.ts'
import { english, preferredLanguage, speak } from '../i18n/words.ts'
import { postPath } from '../post/post-extras.tsx'
import { aboutScreen } from './about-screen.tsx'
import { collectionScreen } from './collection-screen.tsx'
import { exploreScreen } from './explore-screen.tsx'
import { Frame } from './frame.tsx'
import { Landing } from './landing.tsx'
import type { Page, PageRequest, Screen } from './page-request.ts'
import { postScreen } from './post-screen.tsx'
import { profileScreen, remoteScreen } from './profile-screen.tsx'
import { interactScreen, missingScreen } from './small-screens.tsx'
import { tagScreen } from './tag-screen.tsx'

export { renderShell } from './shell.tsx'
export { summaryOf } from './post-screen.tsx'

interface Moved {
  location: string
}

/** A screen is built in one go once everything is loaded: meanwhile other requests may speak another language. */
type Found = (() => Screen) | Moved

async function landing(request: PageRequest, instance: Instance): Promise<() => Screen> {
  const loaded = await request.load('/api/v1/timelines/public?local=true&limit=6')
  const posts = loaded.status === 200 ? (loaded.body as Status[]) : []
  return () => ({
    title: instance.title,
    content: <Landing instance={instance} posts={posts} now={request.now} />,
  })
}

async function handlePage(request: PageRequest, instance: Instance, steps: string[]): Promise<Found> {
  const [handle = '', second = '', ...more] = steps
  const acct = handle.slice(1)
  if (more.length > 0 || acct.length > 320) return missingScreen
  if (/^\d+$/.test(second)) return postPage(request, instance, acct, second)
  const tab = second === '' ? 'posts' : second === 'with_replies' ? 'replies' : second
  if (tab !== 'posts' && tab !== 'replies' && tab !== 'media') return missingScreen
  const loaded = await request.load(`/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
  if (loaded.status !== 200) return missingScreen
  const account = loaded.body as Account
  if (account.suspended === true) return missingScreen
  if (account.acct.includes('@')) return () => remoteScreen(account)
  return profileScreen(request, instance, account, tab)
}

async function postPage(request: PageRequest, instance: Instance, acct: string, id: string): Promise<Found> {
  const loaded = await request.load(`/api/v1/statuses/${id}`)
  if (loaded.status !== 200) return missingScreen
  const status = loaded.body as Status
  const shown = status.reblog ?? status
  if (shown.account.acct.includes('@')) return () => remoteScreen(shown.account)
  if (shown.id !== id || shown.account.acct !== acct) return { location: postPath(shown) }
  return postScreen(request, instance, shown)
}

async function find(request: PageRequest, instance: Instance): Promise<Found> {
  const steps = request.path.split('/').slice(1).map(decode)
  const [first = '', second] = steps
  if (first.startsWith('@')) return handlePage(request, instance, steps)
  if (request.path === '/') return landing(request, instance)
  if (request.path === '/explore') return exploreScreen(request)
  if (first === 'tags' && second && steps.length === 2) return tagScreen(request, second.slice(0, 100))
  if (first === 'collections' && /^\d+$/.test(second ?? '') && steps.length === 2)
    return collectionScreen(request, second ?? '')
  if (request.path === '/about') return aboutScreen(request, instance)
  if (request.path === '/interact') return () => interactScreen(request.query)
  return missingScreen
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** Renders one public page. Everything it shows comes from the public API without a token. */
export async function renderPage(request: PageRequest): Promise<Page> {
  const language = preferredLanguage(request.languages)
  const instance = (await request.load('/api/v2/instance')).body as Instance
  const words = language === 'de' ? german : english
  const found = await find(request, instance)
  if ('location' in found) return { status: 302, html: '', language, location: found.location }
  speak(language, words)
  const screen = found()
  const { assets, origin, path } = request
  const html = renderToString(
    <Frame screen={screen} instance={instance} assets={assets} origin={origin} path={path}>
      {screen.content}
    </Frame>,
  )
  return { status: screen.status ?? 200, html: `<!doctype html>${html}`, language }
}
