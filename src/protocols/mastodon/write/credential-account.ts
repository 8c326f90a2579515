// The signed-in user's own account, with what only its owner sees.
import type * as entity from '../../../contract/entities.ts'
import type { OwnAccountView } from '../../../model/account-view.ts'
import type { ProfileField, Role } from '../../../model/account.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { Urls } from '../../../model/urls.ts'
import { settingsOf } from '../../../model/user.ts'
import { writeAccount } from './account.ts'
import { dateTime } from './time.ts'

/** Mastodon's permission bits that each role has here. */
const PERMISSIONS: Record<Role, number> = {
  user: 65_536,
  // reports, users, invites, taxonomies, blocks, audit log, dashboard, federation
  moderator: 16 + 1024 + 65_536 + 256 + 128 + 4 + 8 + 32 + 512,
  admin: 1,
  owner: 1,
}

const ROLE_IDS: Record<Role, string> = { user: '-99', moderator: '1', admin: '2', owner: '3' }
const ROLE_NAMES: Record<Role, string> = { user: '', moderator: 'Moderator', admin: 'Admin', owner: 'Owner' }

export function writeRole(role: Role): entity.Role {
  return {
    id: ROLE_IDS[role],
    name: ROLE_NAMES[role],
    permissions: String(PERMISSIONS[role]),
    color: '',
    highlighted: role !== 'user',
    collection_limit: 0,
  }
}

const PRIVACY = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const

export function writeCredentialAccount(
  urls: Urls,
  { view, user, requests }: OwnAccountView,
): entity.CredentialAccount {
  const settings = settingsOf(user)
  const { account } = view
  const fields = JSON.parse(account.fields) as (ProfileField & { source?: string })[]
  return {
    ...writeAccount(urls, view),
    source: {
      privacy: PRIVACY[settings.audience],
      sensitive: settings.sensitive,
      language: settings.language,
      note: account.note_source ?? htmlToText(account.note),
      fields: fields.map((field) => ({
        name: field.name,
        value: field.source ?? htmlToText(field.value),
        verified_at: field.verifiedAt === undefined ? null : dateTime(field.verifiedAt),
      })),
      follow_requests_count: requests,
      hide_collections: account.hide_collections === 1,
      discoverable: account.discoverable === 1,
      indexable: account.indexable === 1,
      attribution_domains: JSON.parse(account.attribution_domains) as string[],
      quote_policy: settings.quotePolicy,
    },
    role: writeRole(user.role as Role),
  }
}
