// Tells of changed, moved, suspended and deleted accounts of ours.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { loadAddresses } from '../../../domain/federation/outgoing-rows.ts'
import { loadAccount } from '../load-account.ts'
import { PUBLIC } from '../wire.ts'
import { writeActivity, writeMove } from '../write/activity.ts'
import { writeActor } from '../write/actor.ts'
import { softwareOf } from './software.ts'
import { localSpeaker, tell } from './tell.ts'

/** Update of the actor, to followers; also how a suspension and its end are told. */
export async function accountUpdated(ctx: Context, tx: Tx, fact: { accountId: number }): Promise<void> {
  const speaker = await localSpeaker(tx, fact.accountId, { evenSuspended: true })
  const account = speaker && (await loadAccount(ctx, tx, fact.accountId))
  if (!speaker || !account) return
  const now = ctx.clock.now()
  const envelope = {
    id: `${account.uri}#updates/${now}`,
    actor: account.uri,
    addressing: { to: [PUBLIC], cc: account.followers === undefined ? [] : [account.followers] },
    publishedAt: now,
  }
  const activity = writeActivity('Update', envelope, { object: writeActor(account, softwareOf(ctx)) })
  const members = account.kind === 'group' ? { membersOf: fact.accountId } : {}
  await tell(ctx, tx, {
    accountId: fact.accountId,
    activity,
    recipients: { followersOf: [fact.accountId], relays: true, ...members },
  })
}

/** Delete of the actor, to every server that may know it. */
export async function accountDeleted(ctx: Context, tx: Tx, fact: FactOf<'account-deleted'>): Promise<void> {
  const account = (await loadAddresses(tx, [fact.accountId])).get(fact.accountId)
  if (account?.domain !== '') return
  const envelope = { id: `${fact.uri}#delete`, actor: fact.uri, addressing: { to: [PUBLIC], cc: [] } }
  const activity = writeActivity('Delete', envelope, { object: fact.uri })
  await tell(ctx, tx, { accountId: fact.accountId, activity, recipients: { everyone: true } })
}

/** Move, to followers, whose servers then follow the new account. */
export async function accountMoved(ctx: Context, tx: Tx, fact: FactOf<'account-moved'>): Promise<void> {
  const account = await localSpeaker(tx, fact.accountId)
  const target = (await loadAddresses(tx, [fact.targetId])).get(fact.targetId)
  if (!account || !target) return
  await accountUpdated(ctx, tx, fact)
  const addressing = { to: account.followersUri === null ? [PUBLIC] : [account.followersUri], cc: [] }
  const envelope = { id: `${account.uri}#moves/${target.id}`, actor: account.uri, addressing }
  await tell(ctx, tx, {
    accountId: account.id,
    activity: writeMove(envelope, target.uri),
    recipients: { followersOf: [account.id], accountIds: [target.id] },
  })
}
