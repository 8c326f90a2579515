// How often somebody may try to get in: counted per address, and per account, mail address or whatever is tried.
import type { Context as HonoContext } from 'hono'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'

interface Limit {
  limit: number
  periodSeconds: number
}

interface Attempt {
  address: Limit
  /** Of the account or mail address that is tried. */
  target?: Limit
  /** Guessing is hopeless only while tries at one account are counted: they are even where other limits are off. */
  always?: boolean
}

const ATTEMPTS = {
  'sign-in': { address: per(25, 300), target: per(25, 3600) },
  // Of a million codes three are right at any time.
  'second-factor': { address: per(25, 300), target: per(10, 3600), always: true },
  'sign-up': { address: per(5, 1800) },
  'password-reset': { address: per(25, 300), target: per(5, 1800) },
  confirmation: { address: per(25, 300), target: per(5, 1800) },
  appeal: { address: per(25, 300), target: per(10, 3600) },
  'own-password': { address: per(25, 300), target: per(10, 3600), always: true },
} satisfies Record<string, Attempt>

export type AttemptKind = keyof typeof ATTEMPTS

function per(limit: number, periodSeconds: number): Limit {
  return { limit, periodSeconds }
}

/** When the next try is allowed; undefined when this one was. */
async function lateUntil(api: Api, kind: string, key: string, limit: Limit): Promise<number | undefined> {
  const counted = await api.limits.consume(kind, key, limit)
  return counted.allowed ? undefined : counted.resetAt
}

/** Counts one attempt; refuses with `too-many`. */
export async function limitAttempts(
  api: Api,
  c: HonoContext,
  kind: AttemptKind,
  target?: string | number,
): Promise<void> {
  const attempt: Attempt = ATTEMPTS[kind]
  if (!api.config.rateLimits && attempt.always !== true) return
  // An address that is refused uses up no tries of the account: nobody locks others out for longer than its own tries last.
  const late =
    (api.config.rateLimits
      ? await lateUntil(api, kind, `ip:${api.clientKey(c)}`, attempt.address)
      : undefined) ??
    (target === undefined || attempt.target === undefined
      ? undefined
      : await lateUntil(api, kind, `of:${String(target).toLowerCase()}`, attempt.target))
  if (late === undefined) return
  const minutes = Math.max(1, Math.ceil((late - Date.now()) / 60_000))
  throw new Refusal(
    'too-many',
    `Too many attempts. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
  )
}
