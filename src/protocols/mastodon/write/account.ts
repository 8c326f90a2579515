// An account as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { AccountView } from '../../../model/account-view.ts'
import type { Account, ProfileField, Role } from '../../../model/account.ts'
import type { Urls } from '../../../model/urls.ts'
import { writeEmoji } from './emoji.ts'
import { calendarDate, dateTime, midnight } from './time.ts'

/** The name under which clients address an account: `user`, or `user@domain` for remote ones. */
export function acctOf(account: Pick<Account, 'username' | 'domain'>): string {
  return account.domain === '' ? account.username : `${account.username}@${account.domain}`
}

interface Pictures {
  avatar: string
  avatar_static: string
  header: string
  header_static: string
}

function pictureUrl(urls: Urls, account: Account, which: 'avatar' | 'header', still: boolean): string {
  const key = still ? (account[`${which}_static_key`] ?? account[`${which}_key`]) : account[`${which}_key`]
  if (key !== null) return urls.media(key)
  if (account[`${which}_remote_url`] !== null) {
    const url = urls.accountImage(account.id, which, account.fetched_at ?? account.updated_at)
    return still ? urls.stillImage(url) : url
  }
  return which === 'avatar' ? urls.missingAvatar : urls.missingHeader
}

function pictures(urls: Urls, account: Account, hidden: boolean): Pictures {
  if (hidden)
    return {
      avatar: urls.missingAvatar,
      avatar_static: urls.missingAvatar,
      header: urls.missingHeader,
      header_static: urls.missingHeader,
    }
  return {
    avatar: pictureUrl(urls, account, 'avatar', false),
    avatar_static: pictureUrl(urls, account, 'avatar', true),
    header: pictureUrl(urls, account, 'header', false),
    header_static: pictureUrl(urls, account, 'header', true),
  }
}

export function fieldsOf(text: string): ProfileField[] {
  return text === '[]' ? [] : (JSON.parse(text) as ProfileField[])
}

function writeFields(account: Account): entity.AccountField[] {
  return fieldsOf(account.fields).map((field) => ({
    name: field.name,
    value: field.value,
    verified_at: field.verifiedAt === undefined ? null : dateTime(field.verifiedAt),
  }))
}

/** Whoever wants to be found may be recommended in collections. */
function featureApproval(account: Account): entity.FeatureApproval {
  const open = account.discoverable === 1 && account.limited_at === null && account.suspended_at === null
  return {
    automatic: open ? ['public'] : [],
    manual: [],
    current_user: open ? 'automatic' : 'denied',
  }
}

/** Roles that are shown beside a name. */
const SHOWN_ROLES: Partial<Record<Role, { id: string; name: string }>> = {
  owner: { id: '3', name: 'Owner' },
  admin: { id: '2', name: 'Admin' },
  moderator: { id: '1', name: 'Moderator' },
}

function writeRoles(role: Role | undefined): entity.AccountRole[] {
  const shown = role === undefined ? undefined : SHOWN_ROLES[role]
  return shown ? [{ ...shown, color: '' }] : []
}

/** `profile` of a web page that has no account URL of its own falls back to the account's id. */
export function writeAccount(urls: Urls, view: AccountView): entity.Account {
  const { account } = view
  const hidden = account.suspended_at !== null || account.deleted_at !== null
  return {
    id: String(account.id),
    username: account.username,
    acct: acctOf(account),
    display_name: hidden ? '' : account.name,
    locked: account.locked === 1,
    bot: account.bot === 1,
    discoverable: hidden ? false : account.discoverable === 1,
    indexable: !hidden && account.indexable === 1,
    group: account.kind === 'group',
    created_at: midnight(account.created_at),
    note: hidden ? '' : account.note,
    url: account.url ?? account.uri,
    uri: account.uri,
    ...pictures(urls, account, hidden),
    avatar_description: hidden ? '' : account.avatar_description,
    header_description: hidden ? '' : account.header_description,
    followers_count: account.followers_count,
    following_count: account.following_count,
    statuses_count: account.posts_count,
    last_status_at: account.last_post_at === null ? null : calendarDate(account.last_post_at),
    hide_collections: account.hide_collections === 1,
    show_media: view.settings?.showMedia ?? true,
    show_media_replies: view.settings?.showMediaReplies ?? true,
    show_featured: view.settings?.showFeatured ?? true,
    emojis: hidden ? [] : view.emojis.map((emoji) => writeEmoji(urls, emoji)),
    fields: hidden ? [] : writeFields(account),
    ...(view.settings?.publishFeeds === false ? { feeds: false } : {}),
    feature_approval: featureApproval(account),
    ...(view.moved ? { moved: writeAccount(urls, view.moved) } : {}),
    ...(account.suspended_at === null ? {} : { suspended: true }),
    ...(account.limited_at === null ? {} : { limited: true }),
    ...(account.memorial === 1 ? { memorial: true } : {}),
    ...(account.domain === ''
      ? { noindex: account.indexable === 0, roles: hidden ? [] : writeRoles(view.role) }
      : {}),
  }
}
