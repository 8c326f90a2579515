// Files over HTTP: our own, copies of other servers' media, and the pictures that come with the program.
import { previewLink } from '../../domain/cards/preview-link.ts'
import { CARDS_QUEUE, PREVIEW_LINK } from '../../domain/cards/preview-soon.ts'
import type { Protocol } from '../protocol.ts'
import { addAssets } from './assets.ts'
import { addOwnFiles } from './own-files.ts'
import type { FilesParts } from './parts.ts'
import { createFetchPage } from './fetch-page.ts'
import { addProxyRoutes } from './proxy-routes.ts'

/** Registers its jobs with the runner; call before that starts. */
export function createFiles(parts: FilesParts): Protocol {
  const fetchPage = createFetchPage(parts)
  parts.jobs.register(
    PREVIEW_LINK,
    { single: ({ payload }) => previewLink(parts, fetchPage, (payload as { postId: number }).postId) },
    { queue: CARDS_QUEUE, concurrency: 3, maxAttempts: 3, timeoutMs: 60_000 },
  )
  return {
    name: 'files',
    routes(server) {
      addAssets(server)
      addOwnFiles(server, parts)
      addProxyRoutes(server, parts)
    },
  }
}
