// Feeds for readers of Atom and RSS: what somebody posts for everybody, and posts with a hashtag.
import type { Protocol } from '../protocol.ts'
import type { FeedParts } from './find-feed.ts'
import { addFeedRoutes } from './feed-routes.ts'

/** Goes before the pages in the list of protocols: `/@alice.atom` is no profile of somebody called `alice.atom`. */
export function createFeeds(parts: FeedParts): Protocol {
  return {
    name: 'feeds',
    routes(server) {
      addFeedRoutes(server, parts)
    },
  }
}
