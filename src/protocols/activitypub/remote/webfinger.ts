// Asks other servers by WebFinger whose a handle is, and checks that handle and actor lead to each other.
import { createLru } from '../../../lib/lru.ts'
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import { parseHandle } from '../../../lib/text/handle.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import { asArray, isActivityMediaType, member, textOf, webId } from '../wire.ts'
import type { World } from '../world.ts'
import { createAllowance } from './allowances.ts'
import { siteOf } from './site.ts'

const MAX_BYTES = 128 * 1024
const TIMEOUT_MS = 8000
const KEEP_MS = 10 * 60_000
const SITE_LIMIT = { times: 120, periodMs: 60_000 }

/** What a server says of a handle. */
export interface Finger {
  username: string
  /** The domain in the `subject`: the canonical one as far as that server knows. */
  domain: string
  /** The id of the actor. */
  actorUri: string
  /** Where to send somebody who wants to follow from here: has `{uri}` in it. */
  subscribeTemplate?: string
}

export interface WebFinger {
  /** What `host` says of `username@domain`; undefined when it knows no such account. Throws Unreachable. */
  ask(host: string, username: string, domain: string): Promise<Finger | undefined>
  /**
   * The canonical domain of an actor's handle. A domain other than the actor's own host counts only when both lead to each other.
   */
  confirm(actor: { uri: string; username: string; domain: string }): Promise<string>
}

export function createWebFinger(world: World): WebFinger {
  const answers = createLru<string, { finger: Finger | undefined; until: number }>({ max: 5000 })
  const sites = createAllowance(world.clock, SITE_LIMIT.times, SITE_LIMIT.periodMs)
  const scheme = new URL(world.config.origin).protocol

  const fetchFinger = async (host: string, resource: string): Promise<Finger | undefined> => {
    const url = `${scheme}//${host}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`
    await refuseSuspended(world, url)
    if (!sites.take(siteOf(url))) throw new Unreachable('That server is asked for too much just now')
    const answer = await world.outgoing.request(url, {
      headers: { accept: 'application/jrd+json, application/json' },
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      accept: (type) => /^application\/(?:[a-z0-9.+-]+\+)?json\b/i.test(type.trim()),
    })
    if (answer.status >= 500 || answer.status === 429)
      throw new Unreachable('That server cannot answer just now')
    return answer.status >= 200 && answer.status < 300 ? readFinger(answer.body) : undefined
  }

  const ask: WebFinger['ask'] = async (host, username, domain) => {
    const resource = `acct:${username}@${domain}`
    const key = `${host} ${resource}`
    const known = answers.get(key)
    if (known && world.clock.now() < known.until) return known.finger
    const finger = await fetchFinger(host, resource)
    answers.set(key, { finger, until: world.clock.now() + KEEP_MS })
    return finger
  }

  /** As `ask`; nothing that goes wrong on the way is worth more than "unknown". */
  const askQuietly: WebFinger['ask'] = async (host, username, domain) => {
    try {
      return await ask(host, username, domain)
    } catch (error) {
      if (error instanceof Refusal || error instanceof Unreachable) return undefined
      throw error
    }
  }

  return {
    ask,
    async confirm(actor) {
      const { host } = new URL(actor.uri)
      const own = await askQuietly(host, actor.username, host)
      const leadsBack = own?.actorUri === actor.uri && isSameName(own.username, actor.username)
      const claimed = leadsBack ? own.domain : actor.domain
      if (claimed === host || claimed === world.config.domain) return host
      const there = await askQuietly(claimed, actor.username, claimed)
      const agrees = there?.actorUri === actor.uri && there.domain === claimed
      return agrees && isSameName(there.username, actor.username) ? claimed : host
    },
  }
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function readFinger(body: Uint8Array): Finger | undefined {
  const json = parseDocument(body)
  const links = asArray(member(json, 'links'), 100)
  const self = links.find(
    (link) => member(link, 'rel') === 'self' && isActivityMediaType(textOf(member(link, 'type'), 200)),
  )
  const actorUri = webId(member(self, 'href'))
  const subject = readSubject(textOf(member(json, 'subject'), 500) ?? '')
  if (actorUri === undefined || subject === undefined) return undefined
  const subscribe = links.find((link) => member(link, 'rel') === 'http://ostatus.org/schema/1.0/subscribe')
  const template = textOf(member(subscribe, 'template'), 2048)
  return { ...subject, actorUri, ...(template === undefined ? {} : { subscribeTemplate: template }) }
}

/** `acct:user@domain`; on private networks the domain may be an address with a port. */
function readSubject(subject: string): { username: string; domain: string } | undefined {
  const handle = parseHandle(subject)
  if (handle?.domain !== undefined) return { username: handle.username, domain: handle.domain }
  const match = /^acct:([^@\s]{1,255})@((?:\d{1,3}\.){3}\d{1,3}:\d{2,5}|localhost:\d{2,5})$/i.exec(subject)
  return match?.[1] && match[2] ? { username: match[1], domain: match[2].toLowerCase() } : undefined
}
