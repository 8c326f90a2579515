// Tells of follows, answers to follows, and blocks between one of ours and somebody elsewhere.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import type { AccountAddress } from '../../../domain/federation/outgoing-rows.ts'
import { findBlockUri, findFollow } from '../../../domain/federation/outgoing-rows.ts'
import { writeAnswer, writeBlock, writeFollow, writeUndo } from '../write/activity.ts'
import type { Document } from '../write/types.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

type Pair = { ours: AccountAddress; peer: AccountAddress }

async function pairOf(
  tx: Tx,
  ourId: number,
  peerId: number,
  evenSuspended = false,
): Promise<Pair | undefined> {
  const ours = await localSpeaker(tx, ourId, { evenSuspended })
  const peer = ours && (await remotePeer(tx, peerId))
  return ours && peer && { ours, peer }
}

async function tellPeer(ctx: Context, tx: Tx, { ours, peer }: Pair, activity: Document): Promise<void> {
  const addressed = activity['to'] === undefined ? { ...activity, to: [peer.uri] } : activity
  await tell(ctx, tx, { accountId: ours.id, activity: addressed, recipients: { personalIds: [peer.id] } })
}

export async function followRequested(ctx: Context, tx: Tx, fact: FactOf<'follow-requested'>): Promise<void> {
  const pair = await pairOf(tx, fact.accountId, fact.targetId)
  const follow = pair && (await findFollow(tx, fact.accountId, fact.targetId))
  if (!pair || !follow) return
  const id = follow.uri ?? ctx.urls.activity('follow', follow.id)
  await tellPeer(ctx, tx, pair, writeFollow(id, pair.ours.uri, pair.peer.uri))
}

export async function followAccepted(ctx: Context, tx: Tx, fact: FactOf<'follow-accepted'>): Promise<void> {
  const pair = await pairOf(tx, fact.targetId, fact.accountId)
  const follow = pair && (await findFollow(tx, fact.accountId, fact.targetId))
  if (!pair || !follow) return
  const envelope = { id: ctx.urls.activity('accept', ctx.ids.next()), actor: pair.ours.uri }
  const accepted = { id: follow.uri, actor: pair.peer.uri, object: pair.ours.uri }
  await tellPeer(ctx, tx, pair, writeAnswer('Accept', envelope, accepted))
}

export async function followRejected(ctx: Context, tx: Tx, fact: FactOf<'follow-rejected'>): Promise<void> {
  const pair = await pairOf(tx, fact.targetId, fact.accountId, true)
  if (!pair) return
  const envelope = { id: ctx.urls.activity('reject', ctx.ids.next()), actor: pair.ours.uri }
  const rejected = { id: fact.followUri, actor: pair.peer.uri, object: pair.ours.uri }
  await tellPeer(ctx, tx, pair, writeAnswer('Reject', envelope, rejected))
}

export async function followUndone(ctx: Context, tx: Tx, fact: FactOf<'follow-undone'>): Promise<void> {
  const pair = await pairOf(tx, fact.accountId, fact.targetId, true)
  if (!pair) return
  const id = fact.followUri ?? `${pair.ours.uri}#follows/${pair.peer.id}`
  await tellPeer(ctx, tx, pair, writeUndo(writeFollow(id, pair.ours.uri, pair.peer.uri)))
}

export async function blockAdded(ctx: Context, tx: Tx, fact: FactOf<'block-added'>): Promise<void> {
  const pair = await pairOf(tx, fact.accountId, fact.targetId)
  if (!pair) return
  const uri = await findBlockUri(tx, fact.accountId, fact.targetId)
  const id = uri ?? `${pair.ours.uri}#blocks/${pair.peer.id}`
  await tellPeer(ctx, tx, pair, writeBlock(id, pair.ours.uri, pair.peer.uri))
}

export async function blockRemoved(ctx: Context, tx: Tx, fact: FactOf<'block-removed'>): Promise<void> {
  const pair = await pairOf(tx, fact.accountId, fact.targetId)
  if (!pair) return
  const id = fact.blockUri ?? `${pair.ours.uri}#blocks/${pair.peer.id}`
  await tellPeer(ctx, tx, pair, writeUndo(writeBlock(id, pair.ours.uri, pair.peer.uri)))
}
