// Subscriptions of apps to notifications, one per token.
import type { Kysely, Selectable } from 'kysely'
import type { PushChoice, PushPolicy, PushSubscription } from '../model/push-subscription.ts'
import { dialectOf } from './dialects/handles.ts'
import type { PushSubscriptionsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

function read(row: Selectable<PushSubscriptionsTable>): PushSubscription {
  return {
    id: row.id,
    tokenId: row.token_id,
    accountId: row.account_id,
    endpoint: row.endpoint,
    p256dh: row.p256dh,
    auth: row.auth,
    standard: row.standard === 1,
    policy: row.policy as PushPolicy,
    alerts: JSON.parse(row.alerts) as Record<string, boolean>,
    sealedToken: row.sealed_token,
  }
}

export async function findSubscription(db: Db, tokenId: number): Promise<PushSubscription | undefined> {
  const row = await db
    .selectFrom('push_subscriptions')
    .selectAll()
    .where('token_id', '=', tokenId)
    .executeTakeFirst()
  return row && read(row)
}

export async function findSubscriptionById(db: Db, id: number): Promise<PushSubscription | undefined> {
  const row = await db.selectFrom('push_subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
  return row && read(row)
}

/** The ids of the subscriptions of these accounts, each with its account. */
export async function listSubscriptions(
  db: Db,
  accountIds: readonly number[],
): Promise<{ id: number; accountId: number }[]> {
  if (accountIds.length === 0) return []
  const dialect = dialectOf(db)
  return db
    .selectFrom('push_subscriptions')
    .select(['id', 'account_id as accountId'])
    .where(dialect.idIn('account_id', dialect.idList(accountIds)))
    .where('policy', '<>', 'none')
    .execute()
}

/** Replaces the subscription that the token had. */
export async function putSubscription(
  db: Db,
  subscription: PushSubscription,
  createdAt: number,
): Promise<void> {
  await deleteSubscription(db, subscription.tokenId)
  await db
    .insertInto('push_subscriptions')
    .values({
      id: subscription.id,
      token_id: subscription.tokenId,
      account_id: subscription.accountId,
      endpoint: subscription.endpoint,
      p256dh: subscription.p256dh,
      auth: subscription.auth,
      standard: subscription.standard ? 1 : 0,
      policy: subscription.policy,
      alerts: JSON.stringify(subscription.alerts),
      sealed_token: subscription.sealedToken,
      created_at: createdAt,
    })
    .execute()
}

export async function changeSubscription(
  db: Db,
  tokenId: number,
  choice: PushChoice & Pick<PushSubscription, 'sealedToken'>,
): Promise<void> {
  await db
    .updateTable('push_subscriptions')
    .set({
      policy: choice.policy,
      alerts: JSON.stringify(choice.alerts),
      sealed_token: choice.sealedToken,
    })
    .where('token_id', '=', tokenId)
    .execute()
}

export async function deleteSubscription(db: Db, tokenId: number): Promise<void> {
  await db.deleteFrom('push_subscriptions').where('token_id', '=', tokenId).execute()
}
