// Asks other servers by NodeInfo which software they run, once a week, so that they can be spoken to as they understand.
import { createLru } from '../../../lib/lru.ts'
import { putOff } from '../../../domain/federation/accept-activity.ts'
import { describeHost, isDescriptionDue } from '../../../domain/federation/describe-host.ts'
import { refuseSuspended } from '../../../domain/moderation/policy-cache.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import type { JsonObject } from '../signing/types.ts'
import { asArray, member, sameOrigin, textOf, webId } from '../wire.ts'
import type { World } from '../world.ts'

export const DESCRIBE_HOST = 'describe-host'
const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 8000
/** How often it is looked whether asking is due. */
const LOOK_AGAIN_MS = 3_600_000
const SCHEMA = /^https?:\/\/nodeinfo\.diaspora\.software\/ns\/schema\/(?:1\.[01]|2\.[012])$/

export interface HostDescriber {
  /** Asks in the background, when that is due. `url` is any address of the server. */
  soon(url: string, queue: string): Promise<void>
  /** The job of `soon`; never fails for what the other server does. */
  describe(origin: string): Promise<void>
}

export function createHostDescriber(world: World): HostDescriber {
  const lately = createLru<string, number>({ max: 20_000 })
  return {
    async soon(url, queue) {
      const { origin, host } = new URL(url)
      const now = world.clock.now()
      if (now - (lately.get(host) ?? 0) < LOOK_AGAIN_MS) return
      lately.set(host, now)
      if (!(await isDescriptionDue(world, host))) return
      await putOff(world, {
        queue,
        kind: DESCRIBE_HOST,
        payload: { origin },
        key: `${DESCRIBE_HOST} ${origin}`.slice(0, 500),
      })
    },
    async describe(origin) {
      const said = await ask(world, origin).catch((error: unknown) => {
        if (error instanceof Refusal || error instanceof Unreachable) return undefined
        throw error
      })
      await describeHost(world, new URL(origin).host, said)
    },
  }
}

/** The document lies on the server that names it; any other address in its list is not called. */
async function ask(world: World, origin: string): Promise<{ software: string; version: string } | undefined> {
  const list = await get(world, `${origin}/.well-known/nodeinfo`)
  const addresses = asArray(member(list, 'links'), 20).flatMap((link) => {
    const href = webId(member(link, 'href'))
    const isKnown = SCHEMA.test(textOf(member(link, 'rel'), 200) ?? '')
    return isKnown && href !== undefined && sameOrigin(href, origin) ? [href] : []
  })
  const address = addresses.at(-1)
  const info = address === undefined ? undefined : await get(world, address)
  const software = textOf(member(member(info, 'software'), 'name'), 100)?.trim()
  const version = textOf(member(member(info, 'software'), 'version'), 100)?.trim() ?? ''
  return software ? { software, version } : undefined
}

async function get(world: World, url: string): Promise<JsonObject> {
  await refuseSuspended(world, url)
  const answer = await world.outgoing.request(url, {
    headers: { accept: 'application/json' },
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    maxRedirects: 1,
    accept: (type) => /^application\/(?:[a-z0-9.+-]+\+)?json\b/i.test(type.trim()),
  })
  if (answer.status !== 200 || !sameOrigin(answer.url, url))
    throw new Refusal('not-found', 'That server does not say what it runs')
  return parseDocument(answer.body)
}
