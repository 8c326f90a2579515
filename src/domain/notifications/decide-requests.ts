// What strangers wanted to tell: looked through, let in or thrown away.
import type { NotificationRequest } from '../../model/notification.ts'
import type { IdWindow } from '../../model/page.ts'
import { notFound } from '../../model/refusal.ts'
import {
  admitSenders,
  dismissSenders,
  findRequests,
  pageRequests,
} from '../../store/notification-requests.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export async function listRequests(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<NotificationRequest[]> {
  return pageRequests(ctx.store.read, accountId, window)
}

export async function readRequest(ctx: Context, accountId: number, id: number): Promise<NotificationRequest> {
  const [request] = await findRequests(ctx.store.read, accountId, [id])
  if (!request) throw notFound()
  return request
}

/** Their senders are heard from now on. Refuses when one of the requests is not there. */
export async function acceptRequests(ctx: Context, accountId: number, ids: readonly number[]): Promise<void> {
  await ctx.store.write(async (tx) => {
    await admitSenders(tx, accountId, await sendersOf(tx, accountId, ids))
    afterCommit(tx, () => {
      ctx.live.publish(`notifications:${accountId}`, { event: 'notifications-merged', id: accountId })
    })
  })
}

/** What they hold is thrown away; their senders may ask again. */
export async function dismissRequests(
  ctx: Context,
  accountId: number,
  ids: readonly number[],
): Promise<void> {
  await ctx.store.write(async (tx) => dismissSenders(tx, accountId, await sendersOf(tx, accountId, ids)))
}

async function sendersOf(tx: Tx, accountId: number, ids: readonly number[]): Promise<number[]> {
  const requests = await findRequests(tx, accountId, ids)
  if (requests.length < new Set(ids).size) throw notFound()
  return requests.map((request) => request.fromId)
}
