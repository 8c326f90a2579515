// Tells people of this server what somebody did, unless they do not want to hear from that account.
import { afterCommit } from '../../store/open.ts'
import { addToRequests, insertNotifications } from '../../store/notifications.ts'
import { listNotificationReaders } from '../../store/notification-readers.ts'
import type { NotificationReader } from '../../store/notification-readers.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Post } from '../../model/post.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { pushSoon } from '../push/push-soon.ts'
import type { NotificationKind } from './notification-kinds.ts'
import { decide } from './notification-policy.ts'

/** Something `from` did, told once per account, kind and subject. */
export interface Happening {
  kind: NotificationKind
  from: Author
  /** What tells repetitions apart: the post, reaction, report or edit; 0 where once is enough. */
  subjectId: number
  post?: Post
  accountIds: readonly number[]
  /** `from` is told as well, where it is among the accounts. */
  isOwn?: boolean
}

/** Kinds of which many are shown as one. */
const GROUPED: ReadonlySet<NotificationKind> = new Set(['like', 'boost', 'reaction', 'follow', 'sign-up'])
const HOUR_MS = 3_600_000
const CHUNK = 200

export async function notifyFrom(ctx: Context, tx: Tx, happening: Happening): Promise<void> {
  const accountIds = [...new Set(happening.accountIds)].filter(
    (id) => happening.isOwn === true || id !== happening.from.id,
  )
  for (let start = 0; start < accountIds.length; start += CHUNK) {
    await notifyChunk(ctx, tx, { ...happening, accountIds: accountIds.slice(start, start + CHUNK) })
  }
}

async function notifyChunk(ctx: Context, tx: Tx, happening: Happening): Promise<void> {
  const { kind, from, post } = happening
  const now = ctx.clock.now()
  const readers = await listNotificationReaders(tx, happening.accountIds, {
    id: from.id,
    domain: from.domain,
    threadId: post?.thread_id ?? 0,
    now,
  })
  const wanted = readers
    .filter((reader) => isWelcome(reader, kind))
    .map((reader) => ({ reader, decision: decide(reader, { kind, from, post, now }) }))
    .filter(({ decision }) => decision !== 'drop')
  const added = await insertNotifications(
    tx,
    wanted.map(({ reader, decision }) => ({
      id: ctx.ids.next(),
      account_id: reader.accountId,
      kind,
      from_id: from.id,
      subject_id: happening.subjectId,
      post_id: post?.id ?? null,
      group_key: groupKey(kind, post, now),
      filtered: decision === 'filter' ? 1 : 0,
      created_at: now,
    })),
  )
  const filtered = added.filter((one) => one.filtered).map((one) => one.accountId)
  const nextId = (): number => ctx.ids.next()
  await addToRequests(tx, { accountIds: filtered, fromId: from.id, postId: post?.id ?? null, now, nextId })
  const shown = added.filter((one) => !one.filtered)
  if (shown.length === 0) return
  await pushSoon(ctx, tx, shown)
  afterCommit(tx, () => {
    for (const { accountId, id } of shown) {
      ctx.live.publish(`notifications:${accountId}`, { event: 'notification', id })
    }
  })
}

/** Work of moderators cannot be silenced by a block. */
function isWelcome(reader: NotificationReader, kind: NotificationKind): boolean {
  if (kind === 'report' || kind === 'sign-up' || kind === 'strike' || kind === 'severance') return true
  if (reader.blocks || reader.blockedBy || reader.mutes || reader.mutesThread) return false
  return !reader.blocksDomain || reader.follows
}

function groupKey(kind: NotificationKind, post: Post | undefined, now: number): string | null {
  if (!GROUPED.has(kind)) return null
  const hour = Math.floor(now / HOUR_MS)
  return post ? `${kind}-${post.id}-${hour}` : `${kind}-${hour}`
}
