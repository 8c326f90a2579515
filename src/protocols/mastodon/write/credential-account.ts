// The signed-in user's own account, with what only its owner sees.
import type * as entity from '../../../contract/entities.ts'
import type { OwnAccountView } from '../../../model/account-view.ts'
import type { ProfileField, Role } from '../../../model/account.ts'
import { permissionBits } from '../../../model/permissions.ts'
import { COLLECTION_LIMITS } from '../../../model/collection.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { Urls } from '../../../model/urls.ts'
import { settingsOf } from '../../../model/user.ts'
import { writeAccount } from './account.ts'
import { dateTime } from './time.ts'

export const ROLE_IDS: Record<Role, string> = { user: '-99', moderator: '1', admin: '2', owner: '3' }
const ROLE_NAMES: Record<Role, string> = { user: '', moderator: 'Moderator', admin: 'Admin', owner: 'Owner' }

export function writeRole(role: Role): entity.Role {
  return {
    id: ROLE_IDS[role],
    name: ROLE_NAMES[role],
    permissions: String(permissionBits(role)),
    color: '',
    highlighted: role !== 'user',
    collection_limit: COLLECTION_LIMITS.collections,
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
