// Who is told of follows, moves, sign-ups and reports.
import type { FactOf } from '../../model/facts.ts'
import {
  listLocalFollowers,
  listUsersAmong,
  listUsersWithRole,
  removeNotification,
} from '../../store/notifications.ts'
import { findAuthor } from '../../store/post-authors.ts'
import { findReporter } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { eachChunk } from './each-chunk.ts'
import { notifyFrom } from './notify-from.ts'

const MODERATING = ['moderator', 'admin', 'owner']
const MAX_MODERATORS = 200

export async function notifyOfFollowRequest(
  ctx: Context,
  tx: Tx,
  fact: FactOf<'follow-requested'>,
): Promise<void> {
  const from = await findAuthor(tx, fact.accountId)
  if (!from) return
  await notifyFrom(ctx, tx, { kind: 'follow-request', from, subjectId: 0, accountIds: [fact.targetId] })
}

/** A granted request becomes a follower, and its notification with it. */
export async function notifyOfFollow(ctx: Context, tx: Tx, fact: FactOf<'follow-accepted'>): Promise<void> {
  const from = await findAuthor(tx, fact.accountId)
  if (!from) return
  const { accountId, targetId } = fact
  await removeNotification(tx, {
    accountId: targetId,
    kind: 'follow-request',
    fromId: accountId,
    subjectId: 0,
  })
  await notifyFrom(ctx, tx, { kind: 'follow', from, subjectId: 0, accountIds: [targetId] })
}

export async function takeBackFollow(
  tx: Tx,
  fact: FactOf<'follow-undone'> | FactOf<'follow-rejected'>,
): Promise<void> {
  for (const kind of ['follow', 'follow-request']) {
    await removeNotification(tx, { accountId: fact.targetId, kind, fromId: fact.accountId, subjectId: 0 })
  }
}

export async function notifyOfMove(ctx: Context, tx: Tx, fact: FactOf<'account-moved'>): Promise<void> {
  const from = await findAuthor(tx, fact.accountId)
  if (!from) return
  await eachChunk(
    (afterId, limit) => listLocalFollowers(tx, from.id, { afterId, limit, notify: false }),
    (accountIds) => notifyFrom(ctx, tx, { kind: 'moved', from, subjectId: fact.targetId, accountIds }),
  )
}

export async function notifyModerators(
  ctx: Context,
  tx: Tx,
  fact: FactOf<'account-created'> | FactOf<'report-filed'>,
): Promise<void> {
  const isReport = fact.type === 'report-filed'
  if (!isReport && (await listUsersAmong(tx, [fact.accountId])).length === 0) return
  const fromId = isReport ? await findReporter(tx, fact.reportId) : fact.accountId
  const from = fromId === undefined ? undefined : await findAuthor(tx, fromId)
  if (!from) return
  const accountIds = await listUsersWithRole(tx, MODERATING, MAX_MODERATORS)
  const subjectId = isReport ? fact.reportId : 0
  await notifyFrom(ctx, tx, { kind: isReport ? 'report' : 'sign-up', from, subjectId, accountIds })
}
