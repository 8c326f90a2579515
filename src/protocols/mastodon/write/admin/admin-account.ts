// An account with what only moderators see.
import type * as entity from '../../../../contract/entities.ts'
import type { Role } from '../../../../model/account.ts'
import type { ModeratedAccount } from '../../../../model/moderation.ts'
import type { Urls } from '../../../../model/urls.ts'
import { writeAccount } from '../account.ts'
import { writeRole } from '../credential-account.ts'
import { dateTime } from '../time.ts'

export function writeAdminAccount(urls: Urls, moderated: ModeratedAccount): entity.AdminAccount {
  const { view, user, addresses, invitedBy } = moderated
  const { account } = view
  return {
    id: String(account.id),
    username: account.username,
    domain: account.domain === '' ? null : account.domain,
    created_at: dateTime(account.created_at),
    email: user?.email ?? null,
    ip: addresses[0]?.address ?? user?.sign_up_address ?? null,
    confirmed: user ? user.confirmed_at !== null : null,
    suspended: account.suspended_at !== null,
    silenced: account.limited_at !== null,
    sensitized: account.sensitized_at !== null,
    disabled: user ? user.disabled_at !== null : null,
    approved: user ? user.approved_at !== null : null,
    locale: user?.locale ?? null,
    invite_request: user?.sign_up_reason ?? null,
    ...(user?.app_id == null ? {} : { created_by_application_id: String(user.app_id) }),
    ...(invitedBy === undefined ? {} : { invited_by_account_id: String(invitedBy) }),
    ips: user ? addresses.map(({ address, usedAt }) => ({ ip: address, used_at: dateTime(usedAt) })) : null,
    account: writeAccount(urls, view),
    role: user ? writeRole(user.role as Role) : null,
  }
}
