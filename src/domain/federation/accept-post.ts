// Takes in a post in the very transaction that notes the activity which brought it, so that nothing is left for later.
import type { IncomingPost } from '../../model/post.ts'
import type { Context } from '../context.ts'
import { findSender } from '../posts/find-sender.ts'
import { storeReceived } from '../posts/receive-post.ts'
import type { ReceiveOptions } from '../posts/receive-post.ts'
import { noteArrival } from './accept-activity.ts'
import type { Arrival } from './accept-activity.ts'

/** False, and nothing is done, when the activity arrived before. Refuses what `receivePost` refuses; then nothing is noted. */
export async function acceptPost(
  ctx: Context,
  arrival: Arrival,
  incoming: IncomingPost,
  options: ReceiveOptions,
): Promise<boolean> {
  const author = await findSender(ctx, incoming.authorUri)
  return ctx.store.write(async (tx) => {
    if (!(await noteArrival(ctx, tx, arrival))) return false
    await storeReceived(ctx, tx, { incoming, author, options })
    return true
  })
}
