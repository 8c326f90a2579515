// The people of this server: how they sign in, and what they chose for posting and reading.

/** `settings` is JSON text; see `settingsOf`. */
export interface User {
  account_id: number
  email: string | null
  email_key: string | null
  unconfirmed_email: string | null
  password_hash: string | null
  role: string
  locale: string
  confirmed_at: number | null
  approved_at: number | null
  disabled_at: number | null
  sign_up_reason: string | null
  sign_up_address: string | null
  invite_id: number | null
  app_id: number | null
  otp_secret: string | null
  otp_enabled_at: number | null
  otp_last_step: number | null
  recovery_codes: string
  settings: string
  created_at: number
  last_active_at: number | null
}

/** What a user chose for posting and reading, kept as one small JSON value. */
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
  /** What the profile page shows beside posts: a tab of media, with those of replies, a tab of featured things. */
  showMedia: boolean
  showMediaReplies: boolean
  showFeatured: boolean
  /** Whether public posts can be read as Atom and RSS. */
  publishFeeds: boolean
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
  showMedia: true,
  showMediaReplies: true,
  showFeatured: true,
  publishFeeds: true,
}

export function settingsOf(user: Pick<User, 'settings'> | undefined): UserSettings {
  return user
    ? { ...DEFAULT_SETTINGS, ...(JSON.parse(user.settings) as Partial<UserSettings>) }
    : DEFAULT_SETTINGS
}
