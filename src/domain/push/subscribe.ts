// An app says where it wants to hear of notifications; each token has one place.
import { createECDH } from 'node:crypto'
import type { PushChoice, PushSubscription } from '../../model/push-subscription.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  changeSubscription,
  deleteSubscription,
  findSubscription,
  findSubscriptionById,
  putSubscription,
} from '../../store/push-subscriptions.ts'
import type { Context } from '../context.ts'

export type PushPlace = Omit<PushSubscription, 'id'>

const MOST_ENDPOINT = 2048
const AUTH_BYTES = 16

function checkPlace({ endpoint, p256dh, auth }: PushPlace): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const isWeb = url !== undefined && ['https:', 'http:'].includes(url.protocol) && url.username === ''
  if (!isWeb || endpoint.length > MOST_ENDPOINT)
    throw new Refusal('invalid', 'Validation failed: Endpoint is not a valid address')
  if (!isPoint(p256dh)) throw new Refusal('invalid', 'Validation failed: Key p256dh is not a valid key')
  if (Buffer.from(auth, 'base64url').length !== AUTH_BYTES)
    throw new Refusal('invalid', 'Validation failed: Key auth is not a valid secret')
}

/** Whether the text is a point of the curve: agreeing on a secret with anything else fails. */
function isPoint(p256dh: string): boolean {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  try {
    return p256dh.length < 200 && curve.computeSecret(Buffer.from(p256dh, 'base64url')).length > 0
  } catch {
    return false
  }
}

/** Takes the place of what the token had. Keys may come in either alphabet of base64, padded or not. */
export async function subscribe(ctx: Context, place: PushPlace): Promise<PushSubscription> {
  const plain = (key: string): string =>
    key.trim().replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const subscription = {
    ...place,
    id: ctx.ids.next(),
    p256dh: plain(place.p256dh),
    auth: plain(place.auth),
  }
  checkPlace(subscription)
  await ctx.store.write((tx) => putSubscription(tx, subscription, ctx.clock.now()))
  return subscription
}

/** Refuses with "not found" while the token has none. */
export async function readSubscription(ctx: Context, tokenId: number): Promise<PushSubscription> {
  const subscription = await findSubscription(ctx.store.read, tokenId)
  if (!subscription) throw notFound()
  return subscription
}

export async function changePush(
  ctx: Context,
  tokenId: number,
  choice: PushChoice & Pick<PushSubscription, 'sealedToken'>,
): Promise<PushSubscription> {
  await ctx.store.write((tx) => changeSubscription(tx, tokenId, choice))
  return readSubscription(ctx, tokenId)
}

/** One that is not there is no error. */
export async function unsubscribe(ctx: Context, tokenId: number): Promise<void> {
  await ctx.store.write((tx) => deleteSubscription(tx, tokenId))
}

/** For the job that pushes; undefined when it has gone. */
export async function subscriptionById(ctx: Context, id: number): Promise<PushSubscription | undefined> {
  return findSubscriptionById(ctx.store.read, id)
}
