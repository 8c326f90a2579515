// What we answer over ActivityPub, apart from the inboxes: actors, posts, collections, threads and the small things.
import type { Context } from '../../domain/context.ts'
import type { Server } from '../protocol.ts'
import { addActorRoutes } from './routes/actors.ts'
import { addCollectionRoutes } from './routes/collections.ts'
import { addPostRoutes } from './routes/posts.ts'
import { addSmallRoutes } from './routes/small-objects.ts'
import type { VerifyRequest } from './routes/answer.ts'

export type { VerifyRequest } from './routes/answer.ts'

/**
 * Adds the paths. Must come before the pages, which answer browsers under the same addresses. `verifyRequest` gives the id of
 * the account whose signature on a request is valid; everyone else sees what the public sees.
 */
export function addRoutes(server: Server, ctx: Context, verifyRequest: VerifyRequest): void {
  const site = { ctx, verifyRequest }
  addActorRoutes(server, site)
  addPostRoutes(server, site)
  addCollectionRoutes(server, site)
  addSmallRoutes(server, site)
}
