// Takes in an account of another server, new or changed; the same for every protocol.
import type { Account, IncomingAccount } from '../../model/account.ts'
import { Refusal } from '../../model/refusal.ts'
import { findByHandle, findByUri, insertAccount, updateAccount } from '../../store/accounts.ts'
import type { AccountChange } from '../../store/accounts.ts'
import { ensureRemoteEmojis } from '../../store/custom-emojis.ts'
import { isDeleted } from '../../store/post-rows.ts'
import { displaceHandle, replaceKeys } from '../../store/remote-accounts.ts'
import type { Context } from '../context.ts'
import { policyFor } from '../moderation/policy-cache.ts'
import type { Policy } from '../moderation/policy-cache.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'

const MAX_NAME = 200
const MAX_NOTE = 50_000
const MAX_FIELDS = 16
const MAX_EMOJIS = 64

/**
 * Gives the account's id. Refuses accounts of this server, of suspended servers, and those that ended. The caller has seen that
 * the document came from the account's own server and that the handle leads back to it.
 */
export async function receiveAccount(ctx: Context, incoming: IncomingAccount): Promise<number> {
  if (
    new URL(incoming.uri).origin === new URL(ctx.config.origin).origin ||
    incoming.domain === ctx.config.domain
  )
    throw new Refusal('forbidden', 'Accounts of this server do not come from elsewhere')
  const policy = await policyFor(ctx, new URL(incoming.uri).hostname)
  const byHandle = await policyFor(ctx, incoming.domain)
  if (policy.suspended || byHandle.suspended)
    throw new Refusal('forbidden', 'This server does not exchange anything with that server')
  try {
    return await ctx.store.write((tx) => put(ctx, tx, incoming, policy))
  } catch (error) {
    // Somebody else brought the same account here at the same moment.
    if (!ctx.store.dialect.isUniqueViolation(error)) throw error
    return ctx.store.write((tx) => put(ctx, tx, incoming, policy))
  }
}

async function put(ctx: Context, tx: Tx, incoming: IncomingAccount, policy: Policy): Promise<number> {
  const known = await findByUri(tx, incoming.uri)
  const isOver = known ? known.deleted_at !== null : await isDeleted(tx, incoming.uri)
  if (isOver) throw new Refusal('gone', 'This account is gone')
  const change = await columns(ctx, tx, incoming, policy)
  const id = known
    ? await alter(ctx, tx, known, { change, isSuspended: incoming.suspended })
    : await add(ctx, tx, incoming, { change, policy })
  await storeKeys(ctx, tx, id, incoming)
  await recordFact(ctx, tx, { type: known ? 'account-updated' : 'account-created', accountId: id })
  return id
}

type Columns = Awaited<ReturnType<typeof columns>>

async function columns(ctx: Context, tx: Tx, incoming: IncomingAccount, policy: Policy) {
  const now = ctx.clock.now()
  const emojis = policy.rejectMedia ? [] : incoming.emojis.slice(0, MAX_EMOJIS)
  const rows = await ensureRemoteEmojis(tx, incoming.domain, emojis, { now, nextId: () => ctx.ids.next() })
  const moved = incoming.movedToUri === undefined ? undefined : await findByUri(tx, incoming.movedToUri)
  return {
    username: incoming.username,
    username_key: incoming.username.toLowerCase(),
    domain: incoming.domain,
    protocol: incoming.protocol,
    kind: incoming.kind,
    url: incoming.url ?? null,
    guid: incoming.guid ?? null,
    name: incoming.name.slice(0, MAX_NAME),
    note: incoming.note.length > MAX_NOTE ? '' : incoming.note,
    fields: JSON.stringify(incoming.fields.slice(0, MAX_FIELDS)),
    ...pictures(incoming, policy),
    bot: Number(incoming.bot),
    locked: Number(incoming.locked),
    discoverable: Number(incoming.discoverable),
    indexable: Number(incoming.indexable),
    memorial: Number(incoming.memorial),
    ...addresses(incoming),
    moved_to_id: isMutual(incoming, moved) ? moved.id : null,
    also_known_as: JSON.stringify(incoming.alsoKnownAs.slice(0, 20)),
    attribution_domains: JSON.stringify(incoming.attributionDomains.slice(0, 100)),
    emoji_ids: JSON.stringify(rows.map((row) => row.id)),
    raw: incoming.raw,
    fetched_at: now,
    updated_at: now,
    ...(policy.limited ? { limited_at: policy.limitedAt } : {}),
  }
}

/** A move counts only where the new account names the old one. */
function isMutual(incoming: IncomingAccount, moved: Account | undefined): moved is Account {
  return moved !== undefined && (JSON.parse(moved.also_known_as) as string[]).includes(incoming.uri)
}

function pictures(incoming: IncomingAccount, policy: Policy) {
  const { avatarUrl, headerUrl } = policy.rejectMedia ? {} : incoming
  return {
    avatar_remote_url: avatarUrl ?? null,
    avatar_description:
      (avatarUrl === undefined ? undefined : incoming.avatarDescription)?.slice(0, 1500) ?? '',
    header_remote_url: headerUrl ?? null,
    header_description:
      (headerUrl === undefined ? undefined : incoming.headerDescription)?.slice(0, 1500) ?? '',
  }
}

function addresses(incoming: IncomingAccount) {
  return {
    inbox: incoming.inbox ?? null,
    outbox: incoming.outbox ?? null,
    shared_inbox: incoming.sharedInbox ?? null,
    followers_uri: incoming.followersUri ?? null,
    following_uri: incoming.followingUri ?? null,
    featured_uri: incoming.featuredUri ?? null,
    featured_tags_uri: incoming.featuredTagsUri ?? null,
  }
}

async function add(
  ctx: Context,
  tx: Tx,
  incoming: IncomingAccount,
  { change, policy }: { change: Columns; policy: Policy },
): Promise<number> {
  const holder = await findByHandle(tx, incoming.username, incoming.domain)
  if (holder) await displaceHandle(tx, holder.id)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  await insertAccount(tx, {
    ...change,
    id,
    uri: incoming.uri,
    username_key: incoming.username.toLowerCase(),
    suspended_at: incoming.suspended ? now : null,
    suspended_by: incoming.suspended ? 'remote' : null,
    limited_at: policy.limited ? policy.limitedAt : null,
    created_at: Math.min(incoming.publishedAt ?? now, now),
    updated_at: now,
  })
  return id
}

/** A changed picture address makes our copy stale; suspension by the home server ends when that server says so. */
async function alter(
  ctx: Context,
  tx: Tx,
  known: Account,
  { change, isSuspended }: { change: Columns; isSuspended: boolean },
): Promise<number> {
  const { username, domain } = change
  const holder = await findByHandle(tx, username, domain)
  if (holder && holder.id !== known.id) await displaceHandle(tx, holder.id)
  const stale: AccountChange = {
    ...(change.avatar_remote_url === known.avatar_remote_url
      ? {}
      : { avatar_key: null, avatar_static_key: null }),
    ...(change.header_remote_url === known.header_remote_url
      ? {}
      : { header_key: null, header_static_key: null }),
  }
  const suspended = suspension(ctx, known, isSuspended)
  await updateAccount(tx, known.id, { ...change, ...stale, ...suspended })
  if (suspended.suspended_at !== undefined) {
    const type = suspended.suspended_at === null ? 'account-unsuspended' : 'account-suspended'
    await recordFact(ctx, tx, { type, accountId: known.id })
  }
  return known.id
}

function suspension(ctx: Context, known: Account, isSuspended: boolean): AccountChange {
  if (isSuspended && known.suspended_at === null)
    return { suspended_at: ctx.clock.now(), suspended_by: 'remote' }
  if (!isSuspended && known.suspended_by === 'remote') return { suspended_at: null, suspended_by: null }
  return {}
}

async function storeKeys(ctx: Context, tx: Tx, accountId: number, incoming: IncomingAccount): Promise<void> {
  const rows = incoming.keys.slice(0, 8).map((key) => ({
    key_id: key.keyId,
    account_id: accountId,
    kind: key.kind,
    public_key: key.publicKey,
    private_key: null,
    created_at: ctx.clock.now(),
  }))
  const ownIds = rows.map((row) => row.key_id).filter((keyId) => keyId.startsWith(`${incoming.uri}#`))
  await replaceKeys(tx, accountId, rows, ownIds)
}
