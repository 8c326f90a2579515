// Takes over a list of decisions about other servers, a portion at a time.
import { Refusal } from '../../model/refusal.ts'
import { findDomainPolicies } from '../../store/domain-policies.ts'
import type { DomainPolicyRow } from '../../store/domain-policies.ts'
import type { Context } from '../context.ts'
import type { Actor } from './actor.ts'
import { requirePermission } from './actor.ts'
import { checkDomain, POLICY_QUEUE, rowFor, writePolicies } from './domain-policies.ts'
import { policiesChanged } from './policy-cache.ts'
import { readPolicies } from './policy-csv.ts'
import type { ListedPolicy, SkippedLine } from './policy-csv.ts'

export const APPLY_POLICIES = 'apply-policies'
/** Within one transaction. */
const CHUNK = 100
/** Within one request. */
export const MOST_TAKEN = 500

/** What an import did: domains written, and lines that were passed over with their reason. */
export interface PolicyImport {
  imported: number
  skipped: SkippedLine[]
}

/**
 * Sets a policy for each line. Columns are found by their names in the heading; without one, the first is the domain. Malformed
 * lines are passed over. Refuses texts beyond 10 MB.
 */
export async function importPolicies(ctx: Context, csv: string): Promise<PolicyImport> {
  const { wishes, skipped } = readPolicies(csv)
  const taken = await takePolicies(ctx, wishes)
  return { imported: taken.imported, skipped: [...skipped, ...taken.skipped] }
}

/** Decisions that say what is decided already are left alone. */
export async function takePolicies(
  ctx: Context,
  wishes: readonly ListedPolicy[],
  actor?: Actor,
): Promise<PolicyImport> {
  if (actor) requirePermission(actor, 'manage-federation')
  const skipped: SkippedLine[] = []
  const fitting = wishes.filter(({ domain, line }) => {
    try {
      checkDomain(ctx, domain)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      skipped.push({ line, reason: error.safeText })
      return false
    }
  })
  for (let start = 0; start < fitting.length; start += CHUNK)
    await takeChunk(ctx, fitting.slice(start, start + CHUNK), actor)
  return { imported: fitting.length, skipped }
}

async function takeChunk(
  ctx: Context,
  wishes: readonly ListedPolicy[],
  actor: Actor | undefined,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const domains = wishes.map((wish) => wish.domain)
    const known = new Map((await findDomainPolicies(tx, domains)).map((row) => [row.domain, row]))
    const changed = new Map<string, DomainPolicyRow>()
    for (const { line: _, ...wish } of wishes) {
      const before = known.get(wish.domain)
      const row = rowFor(ctx, before, wish)
      if (before && isSame(before, row)) continue
      known.set(row.domain, row)
      changed.set(row.domain, row)
    }
    await writePolicies(ctx, tx, [...changed.values()], actor)
    if (changed.size > 0)
      await ctx.jobs.add(tx, { queue: POLICY_QUEUE, kind: APPLY_POLICIES, payload: {}, key: APPLY_POLICIES })
  })
  policiesChanged(ctx)
}

function isSame(before: DomainPolicyRow, row: DomainPolicyRow): boolean {
  return (Object.keys(row) as (keyof DomainPolicyRow)[]).every((name) => row[name] === before[name])
}
