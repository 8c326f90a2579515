// Answers with actors: our people, groups and the server itself.
import type { Context as Request, Hono } from 'hono'
import { notFound } from '../../../model/refusal.ts'
import { findByUri } from '../../../domain/federation/outgoing-rows.ts'
import type { Account } from '../../../domain/federation/outgoing-rows.ts'
import { loadAccount } from '../load-account.ts'
import { softwareOf } from '../outbox/software.ts'
import { writeActor } from '../write/actor.ts'
import { writeWhole } from '../write/collection.ts'
import { writeTombstone } from '../write/note.ts'
import { answerDocument, answerGone, handle, identify, parameter, wantsDocument } from './answer.ts'
import type { Site } from './answer.ts'
import { findLocalAccount } from './find-local.ts'

/** Pages are somebody else's; browsers that come to an id are led to the page. */
export function addActorRoutes(server: Hono, site: Site): void {
  const { ctx } = site
  server.get(
    '/users/:name',
    handle(async (request) => {
      const account = await findLocalAccount(ctx, parameter(request, 'name'))
      if (wantsDocument(request.req.header('accept'))) return answerActor(site, request, account)
      request.header('vary', 'Accept, Signature')
      return request.redirect(ctx.urls.profile(account.username), 302)
    }),
  )
  server.get('/:handle{@[^/@]+}', async (request, next) => {
    if (!wantsDocument(request.req.header('accept'))) return next()
    const work = async (): Promise<Response> => {
      const account = await findLocalAccount(ctx, parameter(request, 'handle').slice(1))
      return answerActor(site, request, account)
    }
    return handle(work)(request, next)
  })
  server.get(
    '/actor',
    handle(async (request) => {
      const account = await findByUri(ctx.store.read, ctx.urls.instanceActor)
      const actor = account && (await loadAccount(ctx, ctx.store.read, account.id))
      if (!actor) throw notFound()
      // Nobody can check signatures without this document, so it is for everyone.
      return answerDocument(site, request, writeActor(actor, softwareOf(ctx)), { open: true })
    }),
  )
  server.get(
    '/actor/outbox',
    handle(async (request) => {
      await identify(site, request)
      return answerDocument(site, request, writeWhole(`${ctx.urls.instanceActor}/outbox`, []), { open: true })
    }),
  )
}

async function answerActor(site: Site, request: Request, account: Account): Promise<Response> {
  if (account.deleted_at !== null) return answerGone(request, writeTombstone(account.uri, account.deleted_at))
  await identify(site, request)
  const actor = await loadAccount(site.ctx, site.ctx.store.read, account.id)
  if (!actor) throw notFound()
  return answerDocument(site, request, writeActor(actor, softwareOf(site.ctx)), { open: true })
}
