// Seals messages for apps that sleep: Web Push (RFC 8291, RFC 8292), and the draft before it for older apps.
import type { PushSubscription } from '../model/push-subscription.ts'

export interface SealKeys {
  publicKey: string
  privateKey: string
  /** Whom a push service writes to about trouble: a mailto: or https: address. */
  subject: string
}

export interface SealedPush {
  headers: Record<string, string>
  body: Buffer
}

/** A day: older news of this kind is no news. */
const KEEP_SECONDS = 86_400

/** What to POST to the endpoint of a subscription so that only its app can read `message`. */
export async function sealPush(
  to: Pick<PushSubscription, 'endpoint' | 'p256dh' | 'auth' | 'standard'>,
  message: string,
  keys: SealKeys,
): Promise<SealedPush> {
  // Loaded when first needed: most starts of the server push nothing for a while.
  const { default: webPush } = await import('web-push')
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } },
    message,
    {
      vapidDetails: keys,
      TTL: KEEP_SECONDS,
      contentEncoding: to.standard ? 'aes128gcm' : 'aesgcm',
    },
  )
  const plain = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length')
  return {
    headers: Object.fromEntries(plain.map(([name, value]) => [name.toLowerCase(), value])),
    body,
  }
}
