// The pages that people open in a browser: public ones rendered here, the web client's shell and its files.
import type { Protocol } from '../protocol.ts'
import { loadBundle } from './bundle.ts'
import { addClientSession } from './client-session.ts'
import { addManifest, addOEmbed } from './oembed.ts'
import { addPageRoutes } from './page-routes.ts'
import type { PagesParts } from './parts.ts'
import { addStaticFiles, addWorker } from './static-files.ts'

/** Goes before the API in the list of protocols: it turns the client's cookie into the API's token. */
export async function createPages(parts: PagesParts): Promise<Protocol> {
  const bundle = await loadBundle()
  return {
    name: 'pages',
    routes(server) {
      addClientSession(server, parts)
      addStaticFiles(server)
      addWorker(server)
      addOEmbed(server, parts)
      addManifest(server, parts)
      if (bundle) addPageRoutes({ parts, bundle, server })
      else
        server.get('/', (c) =>
          c.text(
            `${parts.config.title} is running. Its web client has not been built; apps can connect to ${parts.config.origin}.`,
          ),
        )
    },
  }
}
