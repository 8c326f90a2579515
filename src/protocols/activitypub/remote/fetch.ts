// Fetches ActivityPub documents from the servers whose they are, and believes only what comes from there.
import { LRUCache } from 'lru-cache'
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import type { Answer } from '../../../platform/outgoing.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import type { JsonObject } from '../signing/types.ts'
import { ACTIVITY_JSON, LD_JSON, isActivityMediaType, member, sameOrigin, webId } from '../wire.ts'
import type { World } from '../world.ts'
import { createAllowance } from './allowances.ts'
import { createHostPatience } from './host-patience.ts'
import { createRequestSigner } from './request-signer.ts'
import type { Manner } from './request-signer.ts'
import { siteOf } from './site.ts'

const MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 10_000
/** How long the same failure is answered from memory. */
const REMEMBER_MS = { refusal: 10 * 60_000, unreachable: 30_000 }
/** Documents of one site in a minute, whoever asks for them: no crowd of made-up hosts keeps us busy. */
const SITE_LIMIT = { times: 300, periodMs: 60_000 }

/** A document as its own server serves it; `url` is where it finally came from. */
export interface Fetched {
  json: JsonObject
  url: string
  raw: string
}

/** What a page for people answered where a document was hoped for. */
export interface FetchedPage {
  page: Buffer
  url: string
  contentType: string
}

export interface Fetcher {
  /**
   * The document at `url`. One that names another id is fetched again from there, once; its id is then vouched for. Throws Refusal
   * (not-found, gone, forbidden, unsupported, invalid ...) or Unreachable. Never call it in a transaction.
   */
  document(url: string): Promise<Fetched>
  /** The document exactly at `url`, whatever id it names; only of the same origin. For keys and pages of collections. */
  exactly(url: string): Promise<Fetched>
  /** As `document`, but a page for people is an answer as well. */
  documentOrPage(url: string): Promise<Fetched | FetchedPage>
}

export function createFetcher(world: World): Fetcher {
  const signer = createRequestSigner(world)
  const patience = createHostPatience(world.clock)
  const sites = createAllowance(world.clock, SITE_LIMIT.times, SITE_LIMIT.periodMs)
  const failures = new LRUCache<string, { error: Error; until: number }>({ max: 5000 })
  const underWay = new Map<string, Promise<Answer>>()
  const ownOrigin = new URL(world.config.origin).origin

  const call = async (url: string, wantsPage: boolean, manner?: Manner): Promise<Answer> => {
    const answer = await world.outgoing.request(url, {
      headers: {
        accept: wantsPage ? `${ACTIVITY_JSON}, ${LD_JSON}, text/html;q=0.1` : `${ACTIVITY_JSON}, ${LD_JSON}`,
      },
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
    if (second.status < 300) signer.learn(url, other)
    return second
  }

  const attempt = async (url: string, wantsPage: boolean): Promise<Answer> => {
    const target = URL.parse(url)
    if (!target || !/^https?:$/.test(target.protocol))
      throw new Refusal('invalid', 'That is not a web address')
    if (target.origin === ownOrigin) throw new Refusal('forbidden', 'That address is our own')
    await refuseSuspended(world, url)
    const known = failures.get(url)
    if (known && world.clock.now() < known.until) throw known.error
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
      remember(url, error)
      throw error
    }
  }

  const remember = (url: string, error: unknown): void => {
    if (error instanceof Unreachable) patience.failed(url)
    const ms =
      error instanceof Refusal
        ? REMEMBER_MS.refusal
        : error instanceof Unreachable
          ? REMEMBER_MS.unreachable
          : 0
    if (ms > 0) failures.set(url, { error: error as Error, until: world.clock.now() + ms })
  }

  const get = (given: string, wantsPage: boolean): Promise<Answer> => {
    const url = given.replace(/#.*$/, '')
    const key = `${wantsPage ? 'page ' : ''}${url}`
    const running = underWay.get(key)
    if (running) return running
    const started = attempt(url, wantsPage).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }

  const read = (answer: Answer): Fetched => ({
    json: parseDocument(answer.body),
    url: answer.url,
    raw: answer.body.toString(),
  })

  /** The document under its own id: what it says of itself counts only when it comes from that very address. */
  const atItsId = async (asked: string, fetched: Fetched): Promise<Fetched> => {
    const id = webId(member(fetched.json, 'id'))
    if (id === undefined) throw new Refusal('invalid', 'The document has no id')
    if (isAt(id, asked, fetched)) return fetched
    const again = read(await get(id, false))
    if (webId(member(again.json, 'id')) !== id || !isAt(id, id, again))
      throw new Refusal('invalid', 'The document does not come from the address that it names')
    return again
  }

  return {
    document: async (url) => atItsId(url, read(await get(url, false))),
    async exactly(url) {
      const fetched = read(await get(url, false))
      if (!sameOrigin(fetched.url, url))
        throw new Refusal('invalid', 'The document comes from another server')
      return fetched
    },
    async documentOrPage(url) {
      const answer = await get(url, true)
      const contentType = answer.headers['content-type'] ?? ''
      if (isActivityMediaType(contentType)) return atItsId(url, read(answer))
      return { page: answer.body, url: answer.url, contentType }
    },
  }
}

/** Whether a document with this id was served at it: at the address asked for or redirected to, without leaving the origin. */
function isAt(id: string, asked: string, fetched: Fetched): boolean {
  if (!sameOrigin(id, fetched.url)) return false
  return plain(id) === plain(fetched.url) || plain(id) === plain(asked)
}

function plain(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}

function judge({ status }: Answer): void {
  if (status >= 200 && status < 300) return
  if (status === 410) throw new Refusal('gone', 'That is gone')
  if (status === 404) throw new Refusal('not-found', 'That was not found there')
  if (status === 401 || status === 403) throw new Refusal('forbidden', 'That server does not show it to us')
  throw new Refusal('invalid', `That server answered ${status}`)
}
