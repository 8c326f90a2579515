// WebFinger (RFC 7033): who is behind a handle or a profile's address, and where to find what they publish.
import type { Hono } from 'hono'
import { instanceName } from '../../domain/accounts/instance-account.ts'
import { isLetIn } from '../../domain/accounts/is-let-in.ts'
import { accountOfHandle, accountOfUri } from '../../domain/federation/find-remote.ts'
import type { Account } from '../../domain/federation/find-remote.ts'
import { parseHandle } from '../../lib/text/handle.ts'
import type { DiscoveryLink, Protocol } from '../protocol.ts'
import type { Site } from './site.ts'

const MAX_RESOURCE = 2048
const SECONDS = 3600
const PICTURES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

interface Descriptor {
  subject: string
  aliases: string[]
  links: DiscoveryLink[]
}

export function webFingerRoutes(server: Hono, site: Site, protocols: () => readonly Protocol[]): void {
  server.get('/.well-known/webfinger', async (c) => {
    const resource = c.req.query('resource')
    if (resource === undefined || resource === '' || resource.length > MAX_RESOURCE)
      return answer({ error: 'Name a resource, such as acct:user@domain' }, 400)
    const account = await findResource(site, resource)
    if (account === 'malformed')
      return answer({ error: 'This is neither a handle nor an address of this server' }, 400)
    if (!account || !(await isLetIn(site, account)))
      return answer({ error: 'There is no such account here' }, 404)
    if (account.deleted_at !== null || account.suspended_at !== null)
      return answer({ error: 'This account is gone' }, 410)
    const descriptor = describe(site, account, protocols())
    const wanted = c.req.queries('rel') ?? []
    const links =
      wanted.length === 0 ? descriptor.links : descriptor.links.filter((link) => wanted.includes(link.rel))
    return answer({ ...descriptor, links }, 200)
  })
}

function answer(body: object, status: number): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': status === 200 ? 'application/jrd+json' : 'application/json',
      'access-control-allow-origin': '*',
      'cache-control': status === 200 ? `max-age=${SECONDS}, public` : 'no-cache',
    },
  })
}

/** By `acct:user@domain`, the account's id, its profile (`/@name`, `/users/name`), or the server's own address. */
async function findResource(site: Site, resource: string): Promise<Account | undefined | 'malformed'> {
  const { config, urls } = site
  if (/^https?:\/\//i.test(resource)) return findByUrl(site, resource)
  const acct = resource.replace(/^acct:/i, '').replace(/^@/, '')
  const at = acct.lastIndexOf('@')
  if (at < 1) return 'malformed'
  const domain = (parseHandle(acct)?.domain ?? acct.slice(at + 1)).toLowerCase()
  const username = acct.slice(0, at)
  if (domain !== config.domain) return undefined
  if ([config.domain, instanceName(config.domain)].includes(username.toLowerCase()))
    return accountOfUri(site, urls.instanceActor)
  return accountOfHandle(site, username, '')
}

async function findByUrl(site: Site, resource: string): Promise<Account | undefined | 'malformed'> {
  const url = URL.parse(resource)
  if (!url) return 'malformed'
  if (url.origin !== site.config.origin) return undefined
  const path = url.pathname.replace(/\/$/, '')
  if (path === '' || path === '/actor') return accountOfUri(site, site.urls.instanceActor)
  const name = /^\/(?:@|users\/)([^/@]+)$/.exec(path)?.[1]
  return name === undefined ? undefined : accountOfHandle(site, name, '')
}

function describe(site: Site, account: Account, protocols: readonly Protocol[]): Descriptor {
  const { config, urls } = site
  const profile = account.url ?? urls.profile(account.username)
  const { username, id } = account
  const picture = account.avatar_key
  const type = PICTURES[picture?.split('.').at(-1) ?? '']
  return {
    subject: `acct:${username}@${config.domain}`,
    aliases: [...new Set([profile, account.uri])],
    links: [
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: profile },
      ...protocols.flatMap((protocol) => protocol.links?.({ id, username }) ?? []),
      ...(account.kind === 'application' ? [] : intents(config.origin)),
      ...(picture === null
        ? []
        : [{ rel: 'http://webfinger.net/rel/avatar', ...(type ? { type } : {}), href: urls.media(picture) }]),
    ],
  }
}

/** Where this person's own server lets them act on things of other servers: following (OStatus) and the intents of FEP-3b86. */
function intents(origin: string): DiscoveryLink[] {
  const object = `${origin}/authorize_interaction?uri={object}`
  return [
    { rel: 'http://ostatus.org/schema/1.0/subscribe', template: `${origin}/authorize_interaction?uri={uri}` },
    { rel: 'https://w3id.org/fep/3b86/Object', template: object },
    { rel: 'https://w3id.org/fep/3b86/Follow', template: object },
    { rel: 'https://w3id.org/fep/3b86/Create', template: `${origin}/share?text={content}` },
  ]
}
