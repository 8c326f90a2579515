// A user's own profile as the client API gives it to whoever edits it.
import type * as entity from '../../../contract/entities.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { Account, ProfileField } from '../../../model/account.ts'
import type { Urls } from '../../../model/urls.ts'
import type { UserSettings } from '../../../model/user.ts'
import { calendarDate, dateTime } from './time.ts'

/** A hashtag that is shown on the profile; times in milliseconds since 1970. */
interface ShownTag {
  id: number
  name: string
  displayName: string
  postsCount: number
  lastPostAt: number | null
}

interface Shown {
  account: Account
  settings: UserSettings
  featuredTags: readonly ShownTag[]
}

export function writeProfile(urls: Urls, { account, settings, featuredTags }: Shown): entity.Profile {
  const fields = JSON.parse(account.fields) as (ProfileField & { source?: string })[]
  const written = (value: (field: (typeof fields)[number]) => string): entity.AccountField[] =>
    fields.map((field) => ({
      name: field.name,
      value: value(field),
      verified_at: field.verifiedAt === undefined ? null : dateTime(field.verifiedAt),
    }))
  const picture = (key: string | null): string | null => (key === null ? null : urls.media(key))
  return {
    id: String(account.id),
    display_name: account.name,
    note: account.note_source ?? htmlToText(account.note),
    fields: written((field) => field.source ?? htmlToText(field.value)),
    formatted_note: account.note,
    formatted_fields: written((field) => field.value),
    avatar: picture(account.avatar_key),
    avatar_static: picture(account.avatar_static_key ?? account.avatar_key),
    avatar_description: account.avatar_description,
    header: picture(account.header_key),
    header_static: picture(account.header_static_key ?? account.header_key),
    header_description: account.header_description,
    locked: account.locked === 1,
    bot: account.bot === 1,
    hide_collections: account.hide_collections === 1,
    discoverable: account.discoverable === 1,
    indexable: account.indexable === 1,
    show_media: settings.showMedia,
    show_media_replies: settings.showMediaReplies,
    show_featured: settings.showFeatured,
    attribution_domains: JSON.parse(account.attribution_domains) as string[],
    featured_tags: featuredTags.map((tag) => writeFeaturedTag(urls, account.username, tag)),
  }
}

/** `username` is that of the account which shows the tag, with its domain where that is another. */
export function writeFeaturedTag(urls: Urls, username: string, tag: ShownTag): entity.FeaturedTag {
  return {
    id: String(tag.id),
    name: tag.displayName,
    url: `${urls.profile(username)}/tagged/${encodeURIComponent(tag.name)}`,
    statuses_count: String(tag.postsCount),
    last_status_at: tag.lastPostAt === null ? null : calendarDate(tag.lastPostAt),
  }
}
