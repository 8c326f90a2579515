// Where an app wants to hear of notifications while it sleeps.

export const PUSH_POLICIES = ['all', 'followed', 'follower', 'none'] as const

/** Whose notifications are pushed: everybody's, of those one follows, of one's followers, nobody's. */
export type PushPolicy = (typeof PUSH_POLICIES)[number]

/** What an app chose; `alerts` has the API's words for kinds of notifications. */
export interface PushChoice {
  policy: PushPolicy
  alerts: Record<string, boolean>
}

export interface PushSubscription extends PushChoice {
  id: number
  tokenId: number
  accountId: number
  endpoint: string
  /** The app's public key and secret, base64url (RFC 8291). */
  p256dh: string
  auth: string
  /** RFC 8291; otherwise the draft before it (aesgcm). */
  standard: boolean
  /** The app's access token, which only the machine that pushes can open. */
  sealedToken: string | null
}
