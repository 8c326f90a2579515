// Which screen belongs to which path; each is loaded when it is first opened.
import type { ScreenComponent } from './screen-props.ts'

interface Route {
  pattern: RegExp
  load: () => Promise<{ default: ScreenComponent }>
}

const feed = () => import('../home/feed-screen.tsx')
const profile = () => import('../profile/profile-screen.tsx')
const people = () => import('../profile/people-screen.tsx')

export const ROUTES: readonly Route[] = [
  {
    pattern: /^\/(?<name>home|bookmarks|favourites|public|public\/local)$/,
    load: feed,
  },
  { pattern: /^\/explore$/, load: () => import('../search/explore-screen.tsx') },
  { pattern: /^\/(?<name>tags)\/(?<id>[^/]+)$/, load: feed },
  { pattern: /^\/(?<name>lists)\/(?<id>\d+)$/, load: feed },
  {
    pattern: /^\/circles\/(?<id>\d+)(?:\/(?<side>shared))?$/,
    load: () => import('../circles/circle-screen.tsx'),
  },
  { pattern: /^\/circles$/, load: () => import('../circles/circles-screen.tsx') },
  { pattern: /^\/drafts$/, load: () => import('../compose/drafts-screen.tsx') },
  { pattern: /^\/scheduled$/, load: () => import('../compose/scheduled-screen.tsx') },
  { pattern: /^\/lists$/, load: () => import('../settings/lists-screen.tsx') },
  { pattern: /^\/notifications$/, load: () => import('../notifications/notifications-screen.tsx') },
  { pattern: /^\/notifications\/requests$/, load: () => import('../notifications/requests-screen.tsx') },
  { pattern: /^\/follow-requests$/, load: people },
  { pattern: /^\/conversations$/, load: () => import('../home/conversations-screen.tsx') },
  { pattern: /^\/search$/, load: () => import('../search/search-screen.tsx') },
  { pattern: /^\/start$/, load: () => import('../start/start-screen.tsx') },
  { pattern: /^\/collections$/, load: () => import('../collections/collections-screen.tsx') },
  { pattern: /^\/collections\/(?<id>\d+)$/, load: () => import('../collections/collection-screen.tsx') },
  { pattern: /^\/publish$/, load: () => import('../compose/publish-screen.tsx') },
  { pattern: /^\/settings(?:\/(?<part>[a-z]+))?$/, load: () => import('../settings/settings-screen.tsx') },
  { pattern: /^\/disputes(?:\/\d+)?$/, load: () => import('../admin/strikes-screen.tsx') },
  {
    pattern: /^\/admin(?:\/(?<part>[a-z]+)(?:\/(?<id>\d+))?)?$/,
    load: () => import('../admin/admin-screen.tsx'),
  },
  { pattern: /^\/@(?<acct>[^/]+)\/(?<id>\d+)$/, load: () => import('../thread/thread-screen.tsx') },
  { pattern: /^\/@(?<acct>[^/]+)\/(?<id>\d+)\/history$/, load: () => import('../thread/history-screen.tsx') },
  { pattern: /^\/@(?<acct>[^/]+)\/(?<id>\d+)\/(?<kind>favourites|boosts)$/, load: people },
  { pattern: /^\/@(?<acct>[^/]+)\/(?<id>\d+)\/(?<name>quotes)$/, load: feed },
  { pattern: /^\/@(?<acct>[^/]+)\/(?<kind>followers|following)$/, load: people },
  { pattern: /^\/@(?<acct>[^/]+)(?:\/(?<tab>with_replies|media))?$/, load: profile },
]

export function findRoute(path: string): { route: Route; params: Record<string, string> } | undefined {
  for (const route of ROUTES) {
    const match = route.pattern.exec(path)
    if (match) return { route, params: { ...match.groups } }
  }
  return undefined
}
