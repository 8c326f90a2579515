// NodeInfo 2.0 and 2.1 (FEP-f1d5): what software this is, what it speaks and how large it is.
import type { Hono } from 'hono'
import { readServerFacts } from '../../domain/federation/read-server-facts.ts'
import type { Protocol } from '../protocol.ts'
import type { Site } from './site.ts'

const VERSIONS = ['2.0', '2.1'] as const
const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema'
/** The names that NodeInfo knows for what our plugs speak. */
const WIRES: Record<string, string> = { activitypub: 'activitypub', diaspora: 'diaspora' }

export function nodeInfoRoutes(server: Hono, site: Site, protocols: () => readonly Protocol[]): void {
  server.get('/.well-known/nodeinfo', () =>
    answer({
      links: VERSIONS.map((version) => ({
        rel: `${SCHEMA}/${version}`,
        href: `${site.config.origin}/nodeinfo/${version}`,
      })),
    }),
  )
  for (const version of VERSIONS)
    server.get(`/nodeinfo/${version}`, async () =>
      answer(await describe(site, version, protocols()), `${SCHEMA}/${version}#`),
    )
}

function answer(body: object, profile?: string): Response {
  const type = profile === undefined ? 'application/json' : `application/json; profile="${profile}"`
  return new Response(JSON.stringify(body), {
    headers: {
      'content-type': type,
      'access-control-allow-origin': '*',
      'cache-control': 'max-age=1800, public',
    },
  })
}

async function describe(
  site: Site,
  version: (typeof VERSIONS)[number],
  protocols: readonly Protocol[],
): Promise<object> {
  const { config } = site
  const facts = await readServerFacts(site)
  return {
    version,
    software: {
      name: 'folkmoot',
      version: config.version,
      ...(version === '2.1' ? { homepage: config.origin } : {}),
    },
    protocols: protocols.flatMap((protocol) => WIRES[protocol.name] ?? []),
    services: {
      inbound: [],
      outbound: protocols.some(({ name }) => name === 'feeds') ? ['atom1.0', 'rss2.0'] : [],
    },
    openRegistrations: config.registrations !== 'closed',
    usage: {
      users: { total: facts.users, activeMonth: facts.activeMonth, activeHalfyear: facts.activeHalfYear },
      localPosts: facts.posts,
    },
    metadata: {
      nodeName: config.title,
      nodeDescription: config.description,
      // Apps that speak several dialects (megalodon's) learn here which one we understand.
      upstream: { name: 'mastodon' },
    },
  }
}
