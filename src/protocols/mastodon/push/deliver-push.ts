// Pushes one notification to one app: written, sealed, handed to the app's push service.
import { viewRelations } from '../../../domain/follows/view-relations.ts'
import { readNotification } from '../../../domain/notifications/read-notifications.ts'
import type { PushJob } from '../../../domain/push/push-soon.ts'
import { subscriptionById, unsubscribe } from '../../../domain/push/subscribe.ts'
import { vapidKeys } from '../../../domain/push/vapid.ts'
import { viewOwnAccount } from '../../../domain/accounts/view-own-account.ts'
import type { PushSubscription } from '../../../model/push-subscription.ts'
import { Unreachable } from '../../../model/refusal.ts'
import type { Notification } from '../../../model/notification.ts'
import { sealPush } from '../../../platform/push.ts'
import type { Api } from '../api.ts'
import { showNotifications } from '../routes/notifications.ts'
import { typeOf } from '../write/notification.ts'
import { writePush } from '../write/push.ts'

const TIMEOUT_MS = 15_000
/** Refusals that may pass: time-outs and too many at once. */
const PASSING = new Set([408, 429])

/** Throws `Unreachable` when it may work later; a subscription that its service refuses is dropped. */
export async function deliverPush(api: Api, job: PushJob): Promise<void> {
  const subscription = await subscriptionById(api, job.subscriptionId)
  const row = await readNotification(api, job.accountId, job.notificationId)
  if (!subscription || !row || !(await isWanted(api, subscription, row))) return
  const [shown] = await showNotifications(api, job.accountId, [row])
  if (!shown) return
  const { user } = await viewOwnAccount(api, job.accountId)
  const message = JSON.stringify({
    access_token: await tokenOf(api, subscription),
    // The web client has no token of its own to tell its accounts apart by.
    account_id: String(job.accountId),
    preferred_locale: user.locale,
    ...writePush(shown),
  })
  const keys = { ...(await vapidKeys(api)), subject: subjectOf(api) }
  const { headers, body } = await sealPush(subscription, message, keys)
  const answer = await api.outgoing.postOnce(subscription.endpoint, { headers, body, timeoutMs: TIMEOUT_MS })
  if (answer.status >= 400 && answer.status < 500 && !PASSING.has(answer.status))
    await unsubscribe(api, subscription.tokenId)
  else if (answer.status >= 300) throw new Unreachable(`The push service answered ${answer.status}`)
}

/** Apps with several accounts tell by it whom a message is for. Empty after a restore elsewhere, until the app subscribes anew. */
async function tokenOf({ tokenSeal }: Api, { sealedToken, tokenId }: PushSubscription): Promise<string> {
  return sealedToken === null ? '' : ((await tokenSeal.open(sealedToken, String(tokenId))) ?? '')
}

async function isWanted(api: Api, subscription: PushSubscription, row: Notification): Promise<boolean> {
  const type = typeOf(row.kind)
  if (type === undefined || subscription.alerts[type] !== true || row.filtered === 1) return false
  if (subscription.policy === 'all') return true
  const [relation] = await viewRelations(api, subscription.accountId, [row.from_id])
  if (subscription.policy === 'followed') return relation?.following?.accepted === true
  return subscription.policy === 'follower' && relation?.followedBy?.accepted === true
}

function subjectOf({ config }: Api): string {
  if (config.contactEmail !== '') return `mailto:${config.contactEmail}`
  return config.origin.startsWith('https:') ? config.origin : `mailto:postmaster@${config.domain}`
}
