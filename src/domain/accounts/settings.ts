// What a user chose for posting and reading, kept as one small JSON value.
import type { User } from '../../store/users.ts'

export interface UserSettings {
  /** The audience of new posts when none is chosen. */
  audience: 'public' | 'unlisted' | 'followers'
  sensitive: boolean
  /** ISO code of the language of new posts; null: detected. */
  language: string | null
  quotePolicy: 'public' | 'followers' | 'nobody'
  expandMedia: 'default' | 'show_all' | 'hide_all'
  expandSpoilers: boolean
  autoplayGifs: boolean
  /** Languages shown in public timelines; null: all. */
  chosenLanguages: string[] | null
}

export const DEFAULT_SETTINGS: UserSettings = {
  audience: 'public',
  sensitive: false,
  language: null,
  quotePolicy: 'public',
  expandMedia: 'default',
  expandSpoilers: false,
  autoplayGifs: false,
  chosenLanguages: null,
}

export function settingsOf(user: Pick<User, 'settings'> | undefined): UserSettings {
  return user
    ? { ...DEFAULT_SETTINGS, ...(JSON.parse(user.settings) as Partial<UserSettings>) }
    : DEFAULT_SETTINGS
}
