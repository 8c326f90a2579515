// Puts an activity of a local account into the post: its bytes once, and a delivery for every inbox.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { findAuthor, loadAddresses } from '../../../domain/federation/outgoing-rows.ts'
import { addDeliveries, afterCommit } from '../../../domain/federation/deliveries.ts'
import type { Recipients } from '../../../domain/federation/deliveries.ts'
import type { AccountAddress } from '../../../domain/federation/outgoing-rows.ts'
import { createDigest } from '../signing/digest.ts'
import { asArray, isPublic } from '../wire.ts'
import { withContext } from '../write/context.ts'
import type { Document } from '../write/types.ts'

/** The signal by which deliverers of every process learn that something waits. */
export const DELIVERIES_CHANNEL = 'deliveries'

export interface Telling {
  /** Whose key signs the requests. */
  accountId: number
  activity: Document
  recipients: Recipients
}

/**
 * Stores the activity for its recipients. What is public will carry signatures of its own, so that others may pass it on;
 * making them takes milliseconds, so the deliverer does it before the first delivery (an empty digest says: not yet).
 */
export async function tell(ctx: Context, tx: Tx, telling: Telling): Promise<void> {
  const body = JSON.stringify(withContext(telling.activity))
  await enqueue(ctx, tx, { ...telling, body, digest: isOpenly(telling.activity) ? '' : digestOf(body) })
}

/** Stores bytes as they are: nothing will be added to them. */
export async function tellBytes(
  ctx: Context,
  tx: Tx,
  telling: { accountId: number; body: string; recipients: Recipients },
): Promise<void> {
  await enqueue(ctx, tx, { ...telling, digest: digestOf(telling.body) })
}

async function enqueue(
  ctx: Context,
  tx: Tx,
  telling: { accountId: number; body: string; digest: string; recipients: Recipients },
): Promise<void> {
  const { accountId, body, digest, recipients } = telling
  const activity = { id: ctx.ids.next(), accountId, body, digest, now: ctx.clock.now() }
  const inboxes = await addDeliveries(tx, activity, recipients)
  if (inboxes > 0) afterCommit(tx, () => ctx.store.signals.send(DELIVERIES_CHANNEL, ''))
}

/** Whether an activity names the public among its addressees. */
export function isOpenly(activity: Document): boolean {
  return [...asArray(activity['to']), ...asArray(activity['cc'])].some(isPublic)
}

function digestOf(body: string): string {
  return createDigest(Buffer.from(body, 'utf8'))
}

/** The account, when it is one of ours that may speak (not deleted; a suspended one only where `evenSuspended`). */
export async function localSpeaker(
  tx: Tx,
  accountId: number,
  options: { evenSuspended?: boolean } = {},
): Promise<AccountAddress | undefined> {
  const author = await findAuthor(tx, accountId)
  // A deleted account has said all there is to say: that it is gone.
  if (author?.domain !== '' || author.deleted_at !== null) return undefined
  if (author.suspended_at !== null && !options.evenSuspended) return undefined
  return (await loadAddresses(tx, [accountId])).get(accountId)
}

/** An account that is reached over ActivityPub and nothing else. */
export async function remotePeer(tx: Tx, accountId: number): Promise<AccountAddress | undefined> {
  const account = (await loadAddresses(tx, [accountId])).get(accountId)
  return account?.protocol === 'activitypub' ? account : undefined
}
