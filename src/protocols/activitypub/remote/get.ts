// One signed GET to another server, with everything that keeps it short, rare and harmless.
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import type { Answer } from '../../../platform/outgoing.ts'
import { ACTIVITY_JSON, LD_JSON, isActivityMediaType } from '../wire.ts'
import type { World } from '../world.ts'
import { createAllowance } from './allowances.ts'
import { createFailureMemory } from './failure-memory.ts'
import { createHostPatience } from './host-patience.ts'
import { createRequestSigner } from './request-signer.ts'
import type { Manner, RequestSigner } from './request-signer.ts'
import { siteOf } from './site.ts'

const MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 10_000
const ACCEPT = `${ACTIVITY_JSON}, ${LD_JSON}`
/** Documents of one site in a minute, whoever asks for them: no crowd of made-up hosts keeps us busy. */
const SITE_LIMIT = { times: 300, periodMs: 60_000 }

/** Gives a 2xx answer that is a document (or, with `wantsPage`, a page for people); throws Refusal or Unreachable. */
export type Get = (url: string, wantsPage: boolean) => Promise<Answer>

/** The same address asked for twice at the same moment is fetched once. */
export function createGet(world: World): Get {
  const call = createCall(world, createRequestSigner(world))
  const patience = createHostPatience(world.clock)
  const failures = createFailureMemory(world.clock)
  const sites = createAllowance(world.clock, SITE_LIMIT.times, SITE_LIMIT.periodMs)
  const underWay = new Map<string, Promise<Answer>>()

  const attempt = async (url: string, wantsPage: boolean): Promise<Answer> => {
    checkAddress(world, url)
    await refuseSuspended(world, url)
    failures.check(url)
    patience.check(url)
    if (!sites.take(siteOf(url))) throw new Unreachable('That server is asked for too much just now')
    try {
      const answer = await call(url, wantsPage)
      if (answer.status >= 500 || answer.status === 429)
        throw new Unreachable('That server cannot answer just now')
      patience.answered(url)
      judge(answer)
      return answer
    } catch (error) {
      if (error instanceof Unreachable) patience.failed(url)
      failures.remember(url, error)
      throw error
    }
  }

  return (given, wantsPage) => {
    const url = given.replace(/#.*$/, '')
    const key = `${wantsPage ? 'page ' : ''}${url}`
    const started = underWay.get(key) ?? attempt(url, wantsPage).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }
}

type Call = (url: string, wantsPage: boolean, manner?: Manner) => Promise<Answer>

/** Signs as the host is known to want it; where that is refused, once more in the other dialect. */
function createCall(world: World, signer: RequestSigner): Call {
  const call: Call = async (url, wantsPage, manner) => {
    const answer = await world.outgoing.request(url, {
      headers: { accept: wantsPage ? `${ACCEPT}, text/html;q=0.1` : ACCEPT },
      sign: (hop) => signer.sign(hop, manner),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      maxRedirects: 3,
      accept: (type) => isActivityMediaType(type) || (wantsPage && /^text\/html\b/i.test(type)),
    })
    if (answer.status !== 401 || manner) return answer
    const first = await signer.mannerOf(url)
    const other: Manner = { ...first, dialect: first.dialect === 'cavage' ? 'rfc9421' : 'cavage' }
    const second = await call(url, wantsPage, other)
    if (second.status < 300) await signer.learn(url, other)
    return second
  }
  return call
}

function checkAddress(world: World, url: string): void {
  const target = URL.parse(url)
  if (!target || !/^https?:$/.test(target.protocol)) throw new Refusal('invalid', 'That is not a web address')
  if (target.origin === new URL(world.config.origin).origin)
    throw new Refusal('forbidden', 'That address is our own')
}

function judge({ status }: Answer): void {
  if (status >= 200 && status < 300) return
  if (status === 410) throw new Refusal('gone', 'That is gone')
  if (status === 404) throw new Refusal('not-found', 'That was not found there')
  if (status === 401 || status === 403) throw new Refusal('forbidden', 'That server does not show it to us')
  throw new Refusal('invalid', `That server answered ${status}`)
}
