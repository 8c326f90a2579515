// Changes how a local account shows itself, and what its user chose for posting.
import type { Context } from '../context.ts'
import type { Account, ProfileField } from '../../model/account.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccount, updateAccount } from '../../store/accounts.ts'
import type { AccountChange } from '../../store/accounts.ts'
import { findLocalEmojis } from '../../store/custom-emojis.ts'
import { findUser, updateUser } from '../../store/users.ts'
import { cleanName, normalizeDomain } from '../../lib/text/handle.ts'
import { countGraphemes } from '../../lib/text/count.ts'
import { extractEmojis } from '../../lib/text/extract.ts'
import { formatLine, formatPlain } from '../../lib/text/format.ts'
import { resolveMentions } from './resolve-mentions.ts'
import { recordFact } from '../record-fact.ts'
import { settingsOf } from './settings.ts'
import type { UserSettings } from '../../model/user.ts'

export const PROFILE_LIMITS = {
  name: 60,
  note: 2000,
  fields: 8,
  fieldName: 255,
  fieldValue: 255,
  imageDescription: 150,
}

export interface StoredPicture {
  key: string
  staticKey: string
}

export interface ProfileChange {
  name?: string
  note?: string
  fields?: { name: string; value: string }[]
  locked?: boolean
  bot?: boolean
  discoverable?: boolean
  indexable?: boolean
  hideCollections?: boolean
  attributionDomains?: string[]
  /** null takes the picture away. */
  avatar?: StoredPicture | null
  header?: StoredPicture | null
  avatarDescription?: string
  headerDescription?: string
  settings?: Partial<UserSettings>
}

function limited(value: string, max: number, what: string): string {
  if (countGraphemes(value) > max)
    throw new Refusal('invalid', `Validation failed: ${what} is too long (maximum is ${max} characters)`)
  return value
}

/** A URL, a handle or a tag in a field becomes a link; everything else stays text. */
async function writeFields(
  ctx: Context,
  account: Account,
  fields: readonly { name: string; value: string }[],
): Promise<string> {
  const kept = fields.filter((field) => field.name.trim() !== '' || field.value.trim() !== '')
  if (kept.length > PROFILE_LIMITS.fields)
    throw new Refusal(
      'invalid',
      `Validation failed: at most ${PROFILE_LIMITS.fields} profile fields are allowed`,
    )
  const before = JSON.parse(account.fields) as (ProfileField & { source?: string })[]
  const written: (ProfileField & { source: string })[] = []
  for (const field of kept) {
    const source = limited(field.value.trim(), PROFILE_LIMITS.fieldValue, 'Field value')
    const name = cleanName(
      limited(field.name.trim(), PROFILE_LIMITS.fieldName, 'Field name'),
      PROFILE_LIMITS.fieldName,
    )
    const same = before.find((old) => old.source === source && old.verifiedAt !== undefined)
    const value = formatLine(source, await resolveMentions(ctx, source)).html
    written.push({
      name,
      value,
      source,
      ...(same?.verifiedAt === undefined ? {} : { verifiedAt: same.verifiedAt }),
    })
  }
  return JSON.stringify(written)
}

async function textChange(ctx: Context, account: Account, change: ProfileChange): Promise<AccountChange> {
  const row: AccountChange = {}
  if (change.name !== undefined)
    row.name = cleanName(limited(change.name.trim(), PROFILE_LIMITS.name, 'Display name'), 500)
  if (change.note !== undefined) {
    const source = limited(change.note, PROFILE_LIMITS.note, 'Bio')
    row.note_source = source
    row.note = formatPlain(source, await resolveMentions(ctx, source)).html
  }
  if (change.fields !== undefined) row.fields = await writeFields(ctx, account, change.fields)
  if (change.attributionDomains !== undefined)
    row.attribution_domains = JSON.stringify(
      change.attributionDomains.slice(0, 100).flatMap((domain) => normalizeDomain(domain) ?? []),
    )
  return row
}

function flagChange(change: ProfileChange): AccountChange {
  const row: AccountChange = {}
  if (change.locked !== undefined) row.locked = Number(change.locked)
  if (change.bot !== undefined) {
    row.bot = Number(change.bot)
    row.kind = change.bot ? 'service' : 'person'
  }
  if (change.discoverable !== undefined) row.discoverable = Number(change.discoverable)
  if (change.indexable !== undefined) row.indexable = Number(change.indexable)
  if (change.hideCollections !== undefined) row.hide_collections = Number(change.hideCollections)
  return row
}

function pictureChange(change: ProfileChange): AccountChange {
  const row: AccountChange = {}
  if (change.avatar !== undefined) {
    row.avatar_key = change.avatar?.key ?? null
    row.avatar_static_key = change.avatar?.staticKey ?? null
  }
  if (change.header !== undefined) {
    row.header_key = change.header?.key ?? null
    row.header_static_key = change.header?.staticKey ?? null
  }
  if (change.avatarDescription !== undefined)
    row.avatar_description = limited(
      change.avatarDescription,
      PROFILE_LIMITS.imageDescription,
      'Avatar description',
    )
  if (change.headerDescription !== undefined)
    row.header_description = limited(
      change.headerDescription,
      PROFILE_LIMITS.imageDescription,
      'Header description',
    )
  return row
}

/** Refuses what is too long; tells followers of other servers. */
export async function updateProfile(ctx: Context, accountId: number, change: ProfileChange): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account) throw notFound()
  const row: AccountChange = {
    ...(await textChange(ctx, account, change)),
    ...flagChange(change),
    ...pictureChange(change),
    updated_at: ctx.clock.now(),
  }
  await ctx.store.write(async (tx) => {
    const shown = [
      row.name ?? account.name,
      row.note_source ?? account.note_source ?? '',
      row.fields ?? account.fields,
    ].join(' ')
    const emojis = await findLocalEmojis(tx, extractEmojis(shown))
    await updateAccount(tx, accountId, { ...row, emoji_ids: JSON.stringify(emojis.map((emoji) => emoji.id)) })
    if (change.settings !== undefined) {
      const user = await findUser(tx, accountId)
      await updateUser(tx, accountId, {
        settings: JSON.stringify({ ...settingsOf(user), ...change.settings }),
      })
    }
    await recordFact(ctx, tx, { type: 'account-updated', accountId })
  })
}
