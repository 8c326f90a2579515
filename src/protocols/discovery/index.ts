// Discovery: WebFinger, host-meta, NodeInfo and the few other addresses by which programs get to know a server.
import type { Protocol } from '../protocol.ts'
import { hostMetaRoutes } from './host-meta.ts'
import { nodeInfoRoutes } from './node-info.ts'
import type { Site } from './site.ts'
import { webFingerRoutes } from './webfinger.ts'

/** `protocols` gives the plugs whose links and names are told; it is asked when somebody looks. */
export function createDiscovery(site: Site, protocols: () => readonly Protocol[]): Protocol {
  return {
    name: 'discovery',
    routes(server) {
      webFingerRoutes(server, site, protocols)
      hostMetaRoutes(server, site)
      nodeInfoRoutes(server, site, protocols)
      server.get('/.well-known/change-password', (c) => c.redirect('/settings/security', 302))
    },
  }
}
