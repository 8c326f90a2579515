// Loads our accounts as the writers want them.
import type { Context } from '../../domain/context.ts'
import { viewAccounts } from '../../domain/accounts/view-accounts.ts'
import type { AccountView } from '../../model/account-view.ts'
import type { AccountKind, ProfileField } from '../../model/account.ts'
import type { CustomEmoji } from '../../domain/federation/outgoing-rows.ts'
import { listPublicKeys } from '../../domain/federation/deliveries.ts'
import { present } from './wire.ts'
import type { OutgoingAccount, OutgoingEmoji, OutgoingKey, OutgoingPicture } from './write/types.ts'

type Db = Context['store']['read']

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
}

/** The account with this id; undefined when there is none or it is not ours. */
export async function loadAccount(ctx: Context, db: Db, id: number): Promise<OutgoingAccount | undefined> {
  const view = (await viewAccounts(db, [id])).get(id)
  if (view?.account.domain !== '') return undefined
  const keys = await listPublicKeys(db, [id])
  return writeView(ctx, view, keys)
}

function writeView(ctx: Context, view: AccountView, keys: OutgoingKey[]): OutgoingAccount {
  const { account } = view
  const fields = JSON.parse(account.fields) as ProfileField[]
  return present({
    uri: account.uri,
    url: account.url ?? ctx.urls.profile(account.username),
    kind: account.kind as AccountKind,
    username: account.username,
    domain: ctx.config.domain,
    guid: account.guid ?? undefined,
    name: account.name,
    note: account.note,
    fields: fields.map(({ name, value }) => ({ name, value })),
    avatar: writePicture(ctx, account.avatar_key, account.avatar_description),
    header: writePicture(ctx, account.header_key, account.header_description),
    locked: account.locked === 1,
    discoverable: account.discoverable === 1,
    indexable: account.indexable === 1,
    memorial: account.memorial === 1,
    suspended: account.suspended_at !== null,
    inbox: account.inbox ?? ctx.urls.inbox(account.username),
    sharedInbox: ctx.urls.sharedInbox,
    outbox: account.outbox ?? undefined,
    followers: account.followers_uri ?? undefined,
    following: account.following_uri ?? undefined,
    featured: account.featured_uri ?? undefined,
    featuredTags: account.featured_tags_uri ?? undefined,
    movedTo: view.moved?.account.uri,
    alsoKnownAs: JSON.parse(account.also_known_as) as string[],
    attributionDomains: JSON.parse(account.attribution_domains) as string[],
    emojis: view.emojis.flatMap((emoji) => writeCustomEmoji(ctx, emoji) ?? []),
    keys: keys.map(({ keyId, kind, publicKey }) => ({ keyId, kind, publicKey })),
    publishedAt: account.created_at,
  })
}

function writePicture(ctx: Context, key: string | null, description: string): OutgoingPicture | undefined {
  if (key === null) return undefined
  return present({ url: ctx.urls.media(key), mediaType: mediaTypeOf(key), description })
}

/** The media type that a stored file's name tells. */
export function mediaTypeOf(key: string): string | undefined {
  return TYPES[key.split('.').at(-1)?.toLowerCase() ?? '']
}

/** One of our custom emoji (others are not ours to describe). */
export function writeCustomEmoji(ctx: Context, emoji: CustomEmoji): OutgoingEmoji | undefined {
  if (emoji.domain !== '' || emoji.file_key === null) return undefined
  return present({
    uri: ctx.urls.emoji(emoji.id),
    shortcode: emoji.shortcode,
    url: ctx.urls.media(emoji.file_key),
    mediaType: mediaTypeOf(emoji.file_key),
    updatedAt: emoji.updated_at,
  })
}
