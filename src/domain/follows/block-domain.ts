// Somebody wants nothing to do with a whole server: its people are hidden, and follows between them end.
import { normalizeDomain } from '../../lib/text/domain.ts'
import type { IdWindow } from '../../model/page.ts'
import { Refusal } from '../../model/refusal.ts'
import {
  deleteDomainBlock,
  insertDomainBlock,
  listFollowsWithDomain,
  pageBlockedDomains,
  removeNotificationsFromDomain,
} from '../../store/domain-blocks.ts'
import type { BlockedDomain } from '../../store/domain-blocks.ts'
import type { Context } from '../context.ts'
import { forgetReaders } from '../posts/reader-memory.ts'
import { rejectFollow } from './answer-follow.ts'
import { unfollowAccount } from './unfollow-account.ts'

export const BLOCKED_DOMAINS_QUEUE = 'blocked-domains'
export const END_DOMAIN_FOLLOWS = 'end-domain-follows'

const MOST_BLOCKS = 5000
const CHUNK = 200
const MOST_COUNTED = 10_000

function checkDomain(ctx: Context, given: string): string {
  const domain = normalizeDomain(given)
  if (domain === undefined)
    throw new Refusal('invalid', 'Validation failed: Domain is not a valid domain name')
  if (domain === normalizeDomain(ctx.config.domain))
    throw new Refusal('invalid', 'Validation failed: You cannot block your own server')
  return domain
}

/** Newest first. */
export async function listBlockedDomains(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<BlockedDomain[]> {
  return pageBlockedDomains(ctx.store.read, accountId, window)
}

/** Follows end soon after; twice is once. */
export async function blockDomain(ctx: Context, accountId: number, given: string): Promise<void> {
  const domain = checkDomain(ctx, given)
  await ctx.store.write(async (tx) => {
    const many = await pageBlockedDomains(tx, accountId, { limit: MOST_BLOCKS })
    if (many.length >= MOST_BLOCKS)
      throw new Refusal('invalid', `You can block at most ${MOST_BLOCKS} servers`)
    const block = { accountId, domain, id: ctx.ids.next(), now: ctx.clock.now() }
    if (!(await insertDomainBlock(tx, block))) return
    await removeNotificationsFromDomain(tx, accountId, domain)
    forgetReaders(ctx, tx, [accountId])
    await ctx.jobs.add(tx, {
      queue: BLOCKED_DOMAINS_QUEUE,
      kind: END_DOMAIN_FOLLOWS,
      payload: { accountId, domain },
    })
  })
}

export async function unblockDomain(ctx: Context, accountId: number, given: string): Promise<void> {
  const domain = normalizeDomain(given)
  if (domain === undefined) return
  await ctx.store.write(async (tx) => {
    await deleteDomainBlock(tx, accountId, domain)
    forgetReaders(ctx, tx, [accountId])
  })
}

/** What a block would end. */
export async function previewDomainBlock(
  ctx: Context,
  accountId: number,
  given: string,
): Promise<{ following: number; followers: number }> {
  const domain = checkDomain(ctx, given)
  const found = await listFollowsWithDomain(ctx.store.read, accountId, domain, MOST_COUNTED)
  return { following: found.following.length, followers: found.followers.length }
}

/** The rest of a block, some follows at a time; each has its own transaction and is told to the other side. */
export async function endDomainFollows(ctx: Context, accountId: number, domain: string): Promise<void> {
  while (true) {
    const found = await listFollowsWithDomain(ctx.store.read, accountId, domain, CHUNK)
    for (const id of found.following) await unfollowAccount(ctx, accountId, id)
    for (const id of found.followers) await rejectFollow(ctx, accountId, id)
    if (found.following.length < CHUNK && found.followers.length < CHUNK) return
  }
}
