// Files over HTTP: our own, copies of other servers' media, and the pictures that come with the program.
import type { Protocol } from '../protocol.ts'
import { addAssets } from './assets.ts'
import { addOwnFiles } from './own-files.ts'
import type { FilesParts } from './parts.ts'
import { addProxyRoutes } from './proxy-routes.ts'

export function createFiles(parts: FilesParts): Protocol {
  return {
    name: 'files',
    routes(server) {
      addAssets(server)
      addOwnFiles(server, parts)
      addProxyRoutes(server, parts)
    },
  }
}
