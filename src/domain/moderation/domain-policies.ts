// What operators decide about other servers, and how it reaches the accounts known from there.
import { normalizeDomain } from '../../lib/text/domain.ts'
import type { IdWindow } from '../../model/page.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import {
  findDomainPolicy,
  findPolicyById,
  listDomainPolicies,
  pageDomainPolicies,
  putDomainPolicies,
  removeDomainPolicy,
} from '../../store/domain-policies.ts'
import type { DomainPolicyRow } from '../../store/domain-policies.ts'
import { afterCommit } from '../../store/open.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction, logActions } from './log-action.ts'
import type { Deed } from './log-action.ts'
import { MODE_SETTING, policiesChanged } from './policy-cache.ts'

export const POLICY_QUEUE = 'policies'
export const APPLY_POLICY = 'apply-policy'

export type Severity = 'none' | 'limit' | 'suspend'

export interface DomainPolicy {
  id: number
  domain: string
  severity: Severity
  /** Exchanges with us where only allowed servers do. */
  allowed: boolean
  rejectMedia: boolean
  rejectReports: boolean
  /** Its name is shown in part only, where policies are published. */
  obfuscate: boolean
  publicComment: string
  privateComment: string
  createdAt: number
}

export type PolicyWish = { domain: string } & Partial<Omit<DomainPolicy, 'id' | 'domain' | 'createdAt'>>

const MAX_COMMENT = 5000

export async function listPolicies(ctx: Context): Promise<DomainPolicy[]> {
  return (await listDomainPolicies(ctx.store.read)).map(toPolicy)
}

/** Newest first. */
export async function pagePolicies(
  ctx: Context,
  actor: Actor,
  choice: 'blocks' | 'allowed',
  window: IdWindow,
): Promise<DomainPolicy[]> {
  requirePermission(actor, 'manage-federation')
  return (await pageDomainPolicies(ctx.store.read, choice, window)).map(toPolicy)
}

export async function findPolicy(ctx: Context, actor: Actor, id: number): Promise<DomainPolicy> {
  requirePermission(actor, 'manage-federation')
  const row = await findPolicyById(ctx.store.read, id)
  if (!row) throw notFound()
  return toPolicy(row)
}

/** What is decided about exactly this domain. */
export async function policyOf(ctx: Context, domain: string): Promise<DomainPolicy | undefined> {
  const row = await findDomainPolicy(ctx.store.read, canonicalDomain(domain))
  return row && toPolicy(row)
}

/** Writes the policy for a domain and all below it; what is left out stays as it was. Refuses our own domain and malformed ones. */
export async function setPolicy(ctx: Context, wish: PolicyWish, actor?: Actor): Promise<DomainPolicy> {
  if (actor) requirePermission(actor, 'manage-federation')
  const domain = checkDomain(ctx, wish.domain)
  const row = await ctx.store.write(async (tx) => {
    const before = await findDomainPolicy(tx, domain)
    const written = rowFor(ctx, before, { ...wish, domain })
    await writePolicies(ctx, tx, [written], actor)
    const mark = before?.severity === 'limit' ? before.created_at : null
    await ctx.jobs.add(tx, applyJob(domain, mark, written.reject_media === 1))
    return written
  })
  policiesChanged(ctx)
  return toPolicy(row)
}

/** The policy as it is to be: what the wish leaves out stays as it was. */
export function rowFor(ctx: Context, before: DomainPolicyRow | undefined, wish: PolicyWish): DomainPolicyRow {
  const next = { ...(before ? toPolicy(before) : DEFAULTS), ...definedOf(wish) }
  return {
    id: before?.id ?? ctx.ids.next(),
    domain: wish.domain,
    severity: next.severity,
    allowed: Number(next.allowed),
    reject_media: Number(next.rejectMedia),
    reject_reports: Number(next.rejectReports),
    obfuscate: Number(next.obfuscate),
    public_comment: next.publicComment.slice(0, MAX_COMMENT),
    private_comment: next.privateComment.slice(0, MAX_COMMENT),
    created_at: before?.created_at ?? ctx.clock.now(),
  }
}

/** With their lines in the log. Accounts are brought in line by a job, which the caller adds. */
export async function writePolicies(
  ctx: Context,
  tx: Tx,
  rows: readonly DomainPolicyRow[],
  actor: Actor | undefined,
): Promise<void> {
  await putDomainPolicies(tx, rows)
  const deeds = rows.map(({ id, domain, severity, allowed }): Deed => {
    const detail = { name: domain, severity, allowed: allowed === 1 }
    return { action: 'set-policy', kind: 'domain', id, detail }
  })
  await logActions(ctx, tx, actor, deeds)
}

/** Takes the policy back; accounts that were suspended or limited because of it are so no longer. False when there was none. */
export async function removePolicy(ctx: Context, given: string, actor?: Actor): Promise<boolean> {
  if (actor) requirePermission(actor, 'manage-federation')
  const domain = normalizeDomain(given) ?? given.toLowerCase()
  const isRemoved = await ctx.store.write(async (tx) => {
    const row = await removeDomainPolicy(tx, domain)
    if (!row) return false
    await ctx.jobs.add(tx, applyJob(domain, row.severity === 'limit' ? row.created_at : null, false))
    const detail = { name: domain }
    await logAction(ctx, tx, actor, { action: 'remove-policy', kind: 'domain', id: row.id, detail })
    return true
  })
  policiesChanged(ctx)
  return isRemoved
}

export type FederationMode = 'open' | 'allow-list'

/** With `allow-list`, nothing is exchanged but with domains whose policy says `allowed`. */
export async function setFederationMode(ctx: Context, mode: FederationMode): Promise<void> {
  await ctx.store.write((tx) => writeFederationMode(ctx, tx, mode))
}

/** The same within a transaction. */
export async function writeFederationMode(
  ctx: Context,
  tx: Tx,
  mode: FederationMode,
  actor?: Actor,
): Promise<void> {
  if (actor) requirePermission(actor, 'manage-settings')
  await writeSetting(tx, MODE_SETTING, mode)
  await logAction(ctx, tx, actor, { action: 'set-federation-mode', kind: 'setting', detail: { mode } })
  afterCommit(tx, () => policiesChanged(ctx))
}

export async function federationMode(ctx: Context): Promise<FederationMode> {
  return (await readSetting(ctx.store.read, MODE_SETTING)) === 'allow-list' ? 'allow-list' : 'open'
}

/** What the job that brings accounts in line holds. */
export interface ApplyPolicyJob {
  domain: string
  /** The mark of accounts limited because of the policy as it was. */
  limitedBefore: number | null
  forgetsPictures: boolean
}

function applyJob(domain: string, limitedBefore: number | null, forgetsPictures: boolean) {
  const payload: ApplyPolicyJob = { domain, limitedBefore, forgetsPictures }
  return { queue: POLICY_QUEUE, kind: APPLY_POLICY, payload }
}

const DEFAULTS: Omit<DomainPolicy, 'id' | 'domain' | 'createdAt'> = {
  severity: 'none',
  allowed: false,
  rejectMedia: false,
  rejectReports: false,
  obfuscate: false,
  publicComment: '',
  privateComment: '',
}

function definedOf(wish: PolicyWish): Partial<PolicyWish> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

/** The canonical form of a domain (also as `*.domain`) or IP address; refuses anything else. */
export function canonicalDomain(given: string): string {
  const text = given.trim().toLowerCase()
  const domain =
    normalizeDomain(text.replace(/^\*\./, '')) ?? (/^[\d.]+$|^\[[\da-f:.]+\]$/.test(text) ? text : undefined)
  if (domain === undefined) throw new Refusal('invalid', `"${given.slice(0, 100)}" is not a domain`)
  return domain
}

export function checkDomain(ctx: Context, given: string): string {
  const domain = canonicalDomain(given)
  if (domain === ctx.config.domain.replace(/:\d+$/, ''))
    throw new Refusal('invalid', 'There is no policy about this server itself')
  return domain
}

function toPolicy(row: DomainPolicyRow): DomainPolicy {
  return {
    id: row.id,
    domain: row.domain,
    severity: row.severity as Severity,
    allowed: row.allowed === 1,
    rejectMedia: row.reject_media === 1,
    rejectReports: row.reject_reports === 1,
    obfuscate: row.obfuscate === 1,
    publicComment: row.public_comment,
    privateComment: row.private_comment,
    createdAt: row.created_at,
  }
}
