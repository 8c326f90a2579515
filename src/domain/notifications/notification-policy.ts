// Decides whether a notification from a stranger is shown, put aside or dropped, as its reader wishes.
import type { NotificationReader } from '../../store/notification-readers.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Post } from '../../model/post.ts'
import type { NotificationKind } from './notification-kinds.ts'

export type Decision = 'accept' | 'filter' | 'drop'

/** What people decide about the notifications of others, by what those others are to them. */
export interface NotificationPolicy {
  notFollowing: Decision
  notFollowers: Decision
  newAccounts: Decision
  privateMentions: Decision
  limitedAccounts: Decision
  bots: Decision
}

export const DEFAULT_POLICY: Readonly<NotificationPolicy> = {
  notFollowing: 'accept',
  notFollowers: 'accept',
  newAccounts: 'accept',
  privateMentions: 'filter',
  limitedAccounts: 'filter',
  bots: 'accept',
}

/** Kinds a stranger can cause at will. */
const FILTERABLE: ReadonlySet<NotificationKind> = new Set([
  'mention',
  'boost',
  'follow',
  'follow-request',
  'like',
  'reaction',
  'quote',
])
const DAY_MS = 86_400_000
const FOLLOWER_SINCE_MS = 3 * DAY_MS
const NEW_ACCOUNT_MS = 30 * DAY_MS

/** The stored wishes of one account over the defaults; broken rows read as the defaults. */
export function readPolicy(json: string | null): NotificationPolicy {
  if (json === null) return DEFAULT_POLICY
  try {
    return { ...DEFAULT_POLICY, ...(JSON.parse(json) as Partial<NotificationPolicy>) }
  } catch {
    return DEFAULT_POLICY
  }
}

/** The strictest of the reader's wishes that apply. */
export function decide(
  reader: NotificationReader,
  about: { kind: NotificationKind; from: Author; post: Post | undefined; now: number },
): Decision {
  if (!FILTERABLE.has(about.kind) || reader.permits) return 'accept'
  const { from, post, now } = about
  const policy = readPolicy(reader.policy)
  const isPrivate =
    about.kind === 'mention' &&
    post?.audience === 'direct' &&
    post.in_reply_to_account_id !== reader.accountId
  const isLongFollower = reader.followedSince !== null && reader.followedSince <= now - FOLLOWER_SINCE_MS
  const decisions: Decision[] = []
  if (!reader.follows) {
    decisions.push(policy.notFollowing)
    if (from.limited_at !== null) decisions.push(policy.limitedAccounts)
    if (from.created_at > now - NEW_ACCOUNT_MS) decisions.push(policy.newAccounts)
    if (isPrivate) decisions.push(policy.privateMentions)
    if (from.bot === 1) decisions.push(policy.bots)
  }
  if (!isLongFollower) decisions.push(policy.notFollowers)
  if (decisions.includes('drop')) return 'drop'
  return decisions.includes('filter') ? 'filter' : 'accept'
}
