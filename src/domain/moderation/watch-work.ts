// What administrators see of jobs, deliveries and space, and what they can set going or drop.
import { notFound } from '../../model/refusal.ts'
import { measureStorage } from '../../store/storage-use.ts'
import type { StorageUse } from '../../store/storage-use.ts'
import { dropDeadJob, dropDeliveries, listStuckHosts, retryHost } from '../../store/moderation/stuck-hosts.ts'
import type { StuckHost } from '../../store/moderation/stuck-hosts.ts'
import { reviveJob } from '../../store/jobs.ts'
import { countOpenReports } from '../../store/moderation/report-queue.ts'
import { countWaiting } from '../../store/moderation/account-list.ts'
import { pageAppeals } from '../../store/moderation/strikes.ts'
import { countChores, listGivenUp } from '../chores.ts'
import type { Chores } from '../chores.ts'
import type { Context } from '../context.ts'
import { addPurge } from '../janitor/plan-purge.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction } from './log-action.ts'

export type { StorageUse, StuckHost }

const MOST_DEAD = 100
const MOST_HOSTS = 200

export interface Work extends Chores {
  givenUp: Awaited<ReturnType<typeof listGivenUp>>
  hosts: StuckHost[]
}

export async function readWork(ctx: Context, actor: Actor): Promise<Work> {
  requirePermission(actor, 'view-devops')
  const [chores, givenUp, hosts] = await Promise.all([
    countChores(ctx),
    listGivenUp(ctx, MOST_DEAD),
    listStuckHosts(ctx.store.read, MOST_HOSTS),
  ])
  return { ...chores, givenUp, hosts }
}

/** Tries a job anew that was given up, or forgets it. */
export async function settleJob(
  ctx: Context,
  actor: Actor,
  id: number,
  deed: 'retry' | 'drop',
): Promise<void> {
  requirePermission(actor, 'view-devops')
  await ctx.store.write(async (tx) => {
    const found = deed === 'retry' ? await reviveJob(tx, id, ctx.clock.now()) : await dropDeadJob(tx, id)
    if (!found) throw notFound()
    await logAction(ctx, tx, actor, { action: deed, kind: 'job', id })
  })
}

/** Sends what waits for a server at once, or drops it; says how much. */
export async function settleHost(
  ctx: Context,
  actor: Actor,
  domain: string,
  deed: 'retry' | 'drop',
): Promise<number> {
  requirePermission(actor, 'view-devops')
  return ctx.store.write(async (tx) => {
    const count =
      deed === 'retry' ? await retryHost(tx, domain, ctx.clock.now()) : await dropDeliveries(tx, domain)
    await logAction(ctx, tx, actor, {
      action: deed,
      kind: 'host',
      detail: { name: domain, deliveries: count },
    })
    return count
  })
}

export async function readStorage(ctx: Context, actor: Actor): Promise<StorageUse> {
  requirePermission(actor, 'view-devops')
  return measureStorage(ctx.store.read, ctx.store.dialect.name, ctx.clock.now())
}

/** Copies of other servers' media that nobody looked at for so many days go away, in the background. */
export async function purgeCopies(ctx: Context, actor: Actor, days: number): Promise<void> {
  requirePermission(actor, 'view-devops')
  await ctx.store.write(async (tx) => {
    await addPurge(ctx, tx, days)
    await logAction(ctx, tx, actor, { action: 'purge', kind: 'media', detail: { days } })
  })
}

const MOST_COUNTED = 100

/** What waits for moderators, each counted up to a hundred. */
export async function countPending(
  ctx: Context,
  actor: Actor,
): Promise<{ reports: number; accounts: number; appeals: number }> {
  requirePermission(actor, 'view-dashboard')
  const db = ctx.store.read
  const [reports, accounts, appeals] = await Promise.all([
    countOpenReports(db, MOST_COUNTED),
    countWaiting(db, MOST_COUNTED),
    pageAppeals(db, 'pending', { limit: MOST_COUNTED }),
  ])
  return { reports, accounts, appeals: appeals.length }
}
