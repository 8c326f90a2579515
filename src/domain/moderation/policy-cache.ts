// Knows at once what operators decided about a server: all policies in memory, read anew when one changes.
import { isDomainWithin, normalizeDomain } from '../../lib/text/domain.ts'
import { Refusal } from '../../model/refusal.ts'
import { listDomainPolicies } from '../../store/domain-policies.ts'
import type { DomainPolicyRow } from '../../store/domain-policies.ts'
import { readSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'

/** What holds for one server, from the policies for its domain and those above. */
export interface Policy {
  suspended: boolean
  limited: boolean
  /** When the limit began: the mark of accounts that are limited because of it. */
  limitedAt: number | null
  rejectMedia: boolean
  rejectReports: boolean
  /** When each of these policies was made: accounts limited at such a moment are limited because of one of them. */
  marks: readonly number[]
}

export const MODE_SETTING = 'federation.mode'
export const POLICIES_CHANNEL = 'domain_policies'

interface Policies {
  byDomain: Map<string, DomainPolicyRow>
  onlyAllowed: boolean
}

interface Kept {
  policies: Promise<Policies> | undefined
  loaded: Policies | undefined
  /** By the clock of `performance.now()`. */
  loadedAt: number
}

/** On SQLite other processes (the command line) cannot tell of a change, so what is known is read anew after this time. */
const LONGEST_MS = 5000

const kept = new WeakMap<object, Kept>()
const NONE: Policy = {
  suspended: false,
  limited: false,
  limitedAt: null,
  rejectMedia: false,
  rejectReports: false,
  marks: [],
}

function keptFor(ctx: Pick<Context, 'store'>): Kept {
  const known = kept.get(ctx.store)
  if (known) return known
  const fresh: Kept = { policies: undefined, loaded: undefined, loadedAt: 0 }
  kept.set(ctx.store, fresh)
  ctx.store.signals.listen(POLICIES_CHANNEL, () => {
    forget(fresh)
  })
  return fresh
}

function forget(entry: Kept): void {
  entry.policies = undefined
  entry.loaded = undefined
}

/** Policies changed: they are read anew, here and in every other process. */
export function policiesChanged(ctx: Pick<Context, 'store'>): void {
  forget(keptFor(ctx))
  ctx.store.signals.send(POLICIES_CHANNEL, 'changed')
}

async function load(ctx: Pick<Context, 'store'>, entry: Kept): Promise<Policies> {
  const started = Promise.withResolvers<Policies>()
  entry.policies = started.promise
  started.promise.catch(() => {
    if (entry.policies === started.promise) entry.policies = undefined
  })
  try {
    const rows = await listDomainPolicies(ctx.store.read)
    const mode = await readSetting(ctx.store.read, MODE_SETTING)
    const policies = {
      byDomain: new Map(rows.map((row) => [row.domain, row])),
      onlyAllowed: mode === 'allow-list',
    }
    started.resolve(policies)
    if (entry.policies === started.promise) {
      entry.loaded = policies
      entry.loadedAt = performance.now()
    }
  } catch (error) {
    started.reject(error)
  }
  return started.promise
}

/** `domain` is a host name, with or without a port. Everything said about a domain holds for those below it. */
export async function policyFor(ctx: Pick<Context, 'store'>, domain: string): Promise<Policy> {
  const entry = keptFor(ctx)
  if (entry.loaded && performance.now() - entry.loadedAt > LONGEST_MS) forget(entry)
  const policies = entry.loaded ?? (await (entry.policies ?? load(ctx, entry)))
  return policies.byDomain.size === 0 && !policies.onlyAllowed ? NONE : combine(policies, domain)
}

function combine({ byDomain, onlyAllowed }: Policies, domain: string): Policy {
  const bare = domain.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase()
  const name = normalizeDomain(bare) ?? bare
  const policy = { ...NONE }
  const marks: number[] = []
  let isAllowed = false
  for (const parent of parentsOf(name)) {
    const row = byDomain.get(parent)
    if (!row || !isDomainWithin(name, parent)) continue
    marks.push(row.created_at)
    if (row.allowed === 1) isAllowed = true
    if (row.severity === 'suspend') policy.suspended = true
    if (row.severity === 'limit') {
      policy.limited = true
      policy.limitedAt ??= row.created_at
    }
    if (row.reject_media === 1) policy.rejectMedia = true
    if (row.reject_reports === 1) policy.rejectReports = true
  }
  if (onlyAllowed && !isAllowed) policy.suspended = true
  return { ...policy, marks }
}

/** The domain and each one above it, at most as many as DNS allows. */
function parentsOf(name: string): string[] {
  const labels = name.split('.').slice(-127)
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/** Refuses addresses on servers that an operator suspended; `url` is any web address. */
export async function refuseSuspended(ctx: Pick<Context, 'store'>, url: string): Promise<Policy> {
  const host = URL.parse(url)?.hostname ?? url
  const policy = await policyFor(ctx, host)
  if (policy.suspended)
    throw new Refusal('forbidden', 'This server does not exchange anything with that server')
  return policy
}
