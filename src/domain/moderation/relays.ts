// Relays: servers whose public posts we get, and that get ours; followed and unfollowed by the operator.
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  findRelayByActor,
  findRelayByFollow,
  insertRelay,
  listRelayRows,
  removeRelayRow,
  updateRelay,
} from '../../store/relays.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction } from './log-action.ts'
import { refuseSuspended } from './policy-cache.ts'

export const RELAY_QUEUE = 'relays'
export const FOLLOW_RELAY = 'follow-relay'
export const UNFOLLOW_RELAY = 'unfollow-relay'

/** mastodon: the Follow names the public collection; litepub: it names the relay's own actor. */
export type RelayStyle = 'mastodon' | 'litepub'

export interface Relay {
  id: number
  inbox: string
  actorUri: string | null
  style: RelayStyle
  state: 'pending' | 'accepted' | 'rejected'
  followUri: string
  createdAt: number
}

/** What the job that tells a relay of it holds. */
export type RelayJob = Pick<Relay, 'inbox' | 'actorUri' | 'style' | 'followUri'>

/**
 * `address` is the relay's inbox (an address that ends in `/inbox`) or its actor's address. Its Accept decides the rest.
 * Refuses malformed addresses, suspended servers, and relays that are there already.
 */
export async function addRelay(ctx: Context, address: string, actor?: Actor): Promise<Relay> {
  if (actor) requirePermission(actor, 'manage-federation')
  const url = URL.parse(address.trim())
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Refusal('invalid', 'Name the web address of the relay')
  await refuseSuspended(ctx, url.href)
  const isInbox = url.pathname.endsWith('/inbox')
  const id = ctx.ids.next()
  const relay: Relay = {
    id,
    inbox: isInbox ? url.href : `${url.origin}/inbox`,
    actorUri: isInbox ? null : url.href,
    style: isInbox ? 'mastodon' : 'litepub',
    state: 'pending',
    followUri: ctx.urls.activity('follow', id),
    createdAt: ctx.clock.now(),
  }
  const { inbox, actorUri, style, followUri } = relay
  await ctx.store.write(async (tx) => {
    const row = { id, inbox, actor_uri: actorUri, style, state: relay.state, follow_uri: followUri }
    if (!(await insertRelay(tx, { ...row, created_at: relay.createdAt })))
      throw new Refusal('conflict', 'This relay is there already')
    await ctx.jobs.add(tx, tellJob(FOLLOW_RELAY, { inbox, actorUri, style, followUri }))
    await logAction(ctx, tx, actor, { action: 'create', kind: 'relay', id, detail: { name: inbox } })
  })
  return relay
}

/** The relay is told; refuses unknown ids. */
export async function removeRelay(ctx: Context, id: number, actor?: Actor): Promise<void> {
  if (actor) requirePermission(actor, 'manage-federation')
  await ctx.store.write(async (tx) => {
    const row = await removeRelayRow(tx, id)
    if (!row) throw notFound()
    const { inbox, actor_uri: actorUri, follow_uri: followUri } = row
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'relay', id, detail: { name: inbox } })
    await ctx.jobs.add(
      tx,
      tellJob(UNFOLLOW_RELAY, { inbox, actorUri, style: row.style as RelayStyle, followUri }),
    )
  })
}

function tellJob(kind: string, payload: RelayJob): { queue: string; kind: string; payload: RelayJob } {
  return { queue: RELAY_QUEUE, kind, payload }
}

export async function listRelays(ctx: Context): Promise<Relay[]> {
  return (await listRelayRows(ctx.store.read)).map((row) => ({
    id: row.id,
    inbox: row.inbox,
    actorUri: row.actor_uri,
    style: row.style as RelayStyle,
    state: row.state as Relay['state'],
    followUri: row.follow_uri,
    createdAt: row.created_at,
  }))
}

/** A relay answered our follow; false when this is no relay's answer. Only an actor of the relay's own server can answer. */
export async function relayAnswered(
  ctx: Context,
  answer: { followUri: string; actorUri: string; isAccepted: boolean },
): Promise<boolean> {
  const relay = await findRelayByFollow(ctx.store.read, answer.followUri)
  if (!relay) return false
  if (new URL(relay.inbox).origin !== new URL(answer.actorUri).origin)
    throw new Refusal('forbidden', 'Only the relay itself can answer')
  const state = answer.isAccepted ? 'accepted' : 'rejected'
  await ctx.store.write((tx) => updateRelay(tx, relay.id, { state, actor_uri: answer.actorUri }))
  return true
}

/** Whether an actor is that of a relay which accepted us. */
export async function isRelayActor(ctx: Context, actorUri: string): Promise<boolean> {
  return (await findRelayByActor(ctx.store.read, actorUri))?.state === 'accepted'
}

/** The relay's actor says where its inbox is. */
export async function relayFound(ctx: Context, followUri: string, inbox: string): Promise<void> {
  const relay = await findRelayByFollow(ctx.store.read, followUri)
  if (relay) await ctx.store.write((tx) => updateRelay(tx, relay.id, { inbox }))
}
