// Rate limits of the client API: per token, per user, per address, with the headers that apps read.
import type { Context as HonoContext } from 'hono'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import type { Caller } from './caller.ts'
import type { EndpointRule } from './rule.ts'

interface Limit {
  limit: number
  periodSeconds: number
}

const GENERAL: Limit = { limit: 1500, periodSeconds: 300 }
const ANONYMOUS: Limit = { limit: 300, periodSeconds: 300 }
const FAMILIES: Record<NonNullable<EndpointRule['family']>, Limit> = {
  media: { limit: 30, periodSeconds: 1800 },
  delete: { limit: 30, periodSeconds: 1800 },
  statuses: { limit: 300, periodSeconds: 10_800 },
  follows: { limit: 400, periodSeconds: 86_400 },
  reports: { limit: 400, periodSeconds: 86_400 },
  'sign-up': { limit: 5, periodSeconds: 1800 },
  apps: { limit: 5, periodSeconds: 600 },
}

/** Counts the call and sets the X-RateLimit headers of the tightest limit; refuses with `too-many` beyond it. */
export async function throttle(
  api: Api,
  c: HonoContext,
  caller: Caller | undefined,
  rule: EndpointRule,
  headers: Record<string, string>,
): Promise<void> {
  if (!api.config.rateLimits) return
  const who = caller?.accountId ?? undefined
  const key = who === undefined ? `ip:${api.clientKey(c)}` : `user:${who}`
  const general = await api.limits.consume('api', key, who === undefined ? ANONYMOUS : GENERAL)
  const family = rule.family
  const special = family ? await api.limits.consume(family, key, FAMILIES[family]) : undefined
  const tightest = special && special.remaining < general.remaining ? special : general
  headers['x-ratelimit-limit'] = String(tightest.limit)
  headers['x-ratelimit-remaining'] = String(tightest.remaining)
  headers['x-ratelimit-reset'] = new Date(tightest.resetAt).toISOString().replace('Z', '000Z')
  if (!general.allowed || special?.allowed === false) throw new Refusal('too-many', 'Too many requests')
}
