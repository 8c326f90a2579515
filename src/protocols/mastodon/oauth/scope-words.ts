// What each scope lets an app do, in plain words, for the page on which a person decides.
import { say } from '../words/say.ts'
import type { Sentence } from '../words/say.ts'

const PLACES: Record<string, Sentence> = {
  accounts: 'profile and account',
  blocks: 'blocks',
  bookmarks: 'bookmarks',
  collections: 'collections',
  conversations: 'private conversations',
  favourites: 'favourites',
  filters: 'filters',
  follows: 'follows',
  lists: 'lists',
  media: 'pictures and other media',
  mutes: 'mutes',
  notifications: 'notifications',
  reports: 'reports',
  search: 'searches',
  statuses: 'posts',
}

const WHOLE: Record<string, Sentence> = {
  profile: 'See your name and picture, nothing else',
  read: 'See everything in your account, private posts included',
  write: 'Change everything in your account: post, follow, edit, delete',
  follow: 'See and change whom you follow, mute and block',
  push: 'Send notifications to your device',
  'admin:read': 'See everything that the administration of this server shows',
  'admin:write': 'Do everything that the administration of this server can do',
}

/** One sentence for a scope. */
export function sentenceFor(scope: string): string {
  const whole = WHOLE[scope]
  if (whole !== undefined) return say(whole)
  const parts = scope.split(':')
  const name = parts.at(-1) ?? ''
  const changes = parts.includes('write')
  const known = PLACES[name]
  const place = known === undefined ? name.replaceAll('_', ' ') : say(known)
  if (parts[0] === 'admin')
    return say(
      changes
        ? 'Change this in the administration of this server: {place}'
        : 'See this in the administration of this server: {place}',
      { place },
    )
  return say(changes ? 'Change your {place}' : 'See your {place}', { place })
}
