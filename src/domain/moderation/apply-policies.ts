// Brings accounts that are known from other servers in line with what operators decided about these servers.
import {
  applyStanding,
  bringInLine,
  findStandings,
  forgetPictures,
  forgetPicturesOf,
  listStandings,
  standingChange,
} from '../../store/domain-policies.ts'
import type { StandingRow } from '../../store/domain-policies.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import type { ApplyPolicyJob } from './domain-policies.ts'
import { policiesChanged, policyFor } from './policy-cache.ts'
import type { Policy } from './policy-cache.ts'

const CHUNK = 200

/** Brings the accounts known from a domain in line with what is decided about it now, a chunk per transaction. */
export async function applyPolicy(ctx: Context, job: ApplyPolicyJob): Promise<void> {
  const { domain, limitedBefore } = job
  // The change may have been made by another process.
  policiesChanged(ctx)
  const policy = await policyFor(ctx, domain)
  const now = ctx.clock.now()
  const standing = { suspendedAt: policy.suspended ? now : null, limitedAt: policy.limitedAt }
  let afterId: number | undefined = 0
  while (afterId !== undefined) {
    const from: number = afterId
    afterId = await ctx.store.write(async (tx) => {
      const chunk = { domain, afterId: from, limit: CHUNK, standing, limitedBefore }
      const { lastId, suspended, unsuspended } = await applyStanding(tx, chunk)
      for (const accountId of suspended) await recordFact(ctx, tx, { type: 'account-suspended', accountId })
      for (const accountId of unsuspended)
        await recordFact(ctx, tx, { type: 'account-unsuspended', accountId })
      return lastId
    })
  }
  if (job.forgetsPictures && policy.rejectMedia) await forgetAllPictures(ctx, domain)
}

async function forgetAllPictures(ctx: Context, domain: string): Promise<void> {
  let afterId: number | undefined = 0
  while (afterId !== undefined) {
    const from: number = afterId
    afterId = await ctx.store.write((tx) => forgetPictures(tx, { domain, afterId: from, limit: CHUNK }))
  }
}

const standingOf = (policy: Policy, now: number) => ({
  suspendedAt: policy.suspended ? now : null,
  limitedAt: policy.limitedAt,
})

/** The same for every server at once, after a list was taken over: one walk, however long the list is. */
export async function applyPolicies(ctx: Context): Promise<void> {
  policiesChanged(ctx)
  const now = ctx.clock.now()
  let afterId = 0
  for (;;) {
    const rows = await listStandings(ctx.store.read, afterId, CHUNK)
    const last = rows.at(-1)
    if (!last) return
    afterId = last.id
    const policies = new Map<string, Policy>()
    for (const { domain } of rows)
      if (!policies.has(domain)) policies.set(domain, await policyFor(ctx, domain))
    const of = (row: StandingRow): Policy | undefined => policies.get(row.domain)
    const differing = rows.filter((row) => {
      const policy = of(row)
      const change = policy && standingChange(row, standingOf(policy, now), policy.marks)
      return change !== undefined && Object.keys(change).length > 0
    })
    const bare = rows.filter((row) => of(row)?.rejectMedia === true).map((row) => row.id)
    if (differing.length === 0 && bare.length === 0) continue
    await ctx.store.write(async (tx) => {
      if (bare.length > 0) await forgetPicturesOf(tx, bare)
      for (const row of await findStandings(
        tx,
        differing.map((one) => one.id),
      )) {
        const policy = of(row)
        const turn = policy && (await bringInLine(tx, row, standingOf(policy, now), policy.marks))
        if (turn) await recordFact(ctx, tx, { type: `account-${turn}`, accountId: row.id })
      }
    })
  }
}
