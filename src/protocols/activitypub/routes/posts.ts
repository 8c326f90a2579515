// Answers with posts, their activities, replies, counts and consents.
import type { Context as Request, Hono } from 'hono'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import { notFound } from '../../../model/refusal.ts'
import { pageReplies } from '../../../domain/federation/open-collections.ts'
import {
  findPost,
  isDeleted,
  loadAddressees,
  loadReferred,
} from '../../../domain/federation/outgoing-rows.ts'
import type { Post } from '../../../domain/federation/outgoing-rows.ts'
import { loadOutgoing } from '../load.ts'
import { forServer } from '../outbox/posts.ts'
import { writeCreate } from '../write/activity.ts'
import { writeCollection, writePage } from '../write/collection.ts'
import { writeNote, writeTombstone } from '../write/note.ts'
import { quoteStamp, writeQuoteStamp } from '../write/quote-stamp.ts'
import type { OutgoingPost } from '../write/types.ts'
import {
  answerDocument,
  answerGone,
  handle,
  identify,
  parameter,
  readId,
  readMaxId,
  wantsDocument,
} from './answer.ts'
import type { Signer, Site } from './answer.ts'
import { findLocalAccount, findVisiblePost } from './find-local.ts'

const PAGE = 40

export function addPostRoutes(server: Hono, site: Site): void {
  const { ctx } = site
  server.get(
    '/users/:name/posts/:id',
    handle(async (request) => {
      const id = readId(parameter(request, 'id'))
      if (!wantsDocument(request.req.header('accept'))) {
        request.header('vary', 'Accept, Signature')
        return request.redirect(ctx.urls.postPage(parameter(request, 'name'), id), 302)
      }
      return answerPost(site, request, parameter(request, 'name'))
    }),
  )
  server.get('/:handle{@[^/@]+}/:id{[0-9]+}', async (request, next) => {
    if (!wantsDocument(request.req.header('accept'))) return next()
    return handle(() => answerPost(site, request, parameter(request, 'handle').slice(1)))(request, next)
  })
  const part = (path: string, write: (found: Found, request: Request) => Promise<Response>): void => {
    server.get(
      `/users/:name/posts/:id/${path}`,
      handle(async (request) => write(await findNamed(site, request, parameter(request, 'name')), request)),
    )
  }
  part('activity', async ({ post, signer }, request) => {
    const outgoing = await loadFor(site, post, signer)
    return answerDocument(site, request, writeCreate(outgoing), { open: isOpenPost(post) })
  })
  part('likes', async ({ post }, request) =>
    answerDocument(site, request, writeCount(`${post.uri}/likes`, post.likes_count), {
      open: isOpenPost(post),
    }),
  )
  part('shares', async ({ post }, request) =>
    answerDocument(site, request, writeCount(`${post.uri}/shares`, post.boosts_count), {
      open: isOpenPost(post),
    }),
  )
  part('replies', ({ post }, request) => answerReplies(site, request, post))
  part('quotes/:quoting', ({ post }, request) => answerStamp(site, request, post))
}

interface Found {
  post: Post
  signer: Signer | undefined
}

/** The post in the path, when it belongs to the one named there and whoever asks may see it. */
async function findNamed(site: Site, request: Request, username: string): Promise<Found> {
  const id = readId(parameter(request, 'id'))
  const signer = await identify(site, request)
  const account = await findLocalAccount(site.ctx, username)
  const post = await findVisiblePost(site.ctx, signer, id)
  if (post.account_id !== account.id) throw notFound()
  return { post, signer }
}

async function answerPost(site: Site, request: Request, username: string): Promise<Response> {
  const id = readId(parameter(request, 'id'))
  const uri = site.ctx.urls.post(username, id)
  if (await isDeleted(site.ctx.store.read, uri)) {
    await identify(site, request)
    return answerGone(request, writeTombstone(uri))
  }
  const { post, signer } = await findNamed(site, request, username)
  const outgoing = await loadFor(site, post, signer)
  return answerDocument(site, request, writeNote(outgoing), { open: isOpenPost(post) })
}

/** The post as whoever asks may know it: members of circles are named to their own server only. */
async function loadFor(site: Site, post: Post, signer: Signer | undefined): Promise<OutgoingPost> {
  const [outgoing] = await loadOutgoing(site.ctx, site.ctx.store.read, [post.id])
  if (!outgoing) throw notFound()
  if (outgoing.audience !== 'circles') return outgoing
  const addressees = (await loadAddressees(site.ctx.store.read, [post.id])).get(post.id) ?? []
  const here = addressees.filter(
    (addressee) => addressee.domain !== '' && addressee.domain === signer?.domain,
  )
  return forServer(outgoing, here)
}

function isOpenPost(post: Post): boolean {
  return isOpen(post.audience as Audience)
}

function writeCount(id: string, totalItems: number) {
  return writeCollection(id, { totalItems, ordered: false })
}

async function answerReplies(site: Site, request: Request, post: Post): Promise<Response> {
  const id = `${post.uri}/replies`
  const caching = { open: isOpenPost(post) }
  const isPage = request.req.query('page') !== undefined || request.req.query('max_id') !== undefined
  const window = { ...readMaxId(request), limit: PAGE }
  const replies = await pageReplies(site.ctx.store.read, post.id, window)
  const last = replies.length === PAGE ? replies.at(-1) : undefined
  const page = writePage(isPage ? pageId(id, window.maxId) : pageId(id), {
    partOf: id,
    items: replies.map((reply) => reply.uri),
    ordered: false,
    ...(last === undefined ? {} : { next: pageId(id, last.id) }),
  })
  if (isPage) return answerDocument(site, request, page, caching)
  const collection = {
    ...writeCollection(id, { totalItems: post.replies_count, ordered: false }),
    first: page,
  }
  return answerDocument(site, request, collection, caching)
}

/** The id of a collection's page: the first, or the one below an id. */
export function pageId(collection: string, maxId?: number): string {
  return maxId === undefined ? `${collection}?page=true` : `${collection}?max_id=${maxId}&page=true`
}

/** The consent of our author to being quoted (FEP-044f), for as long as it stands. */
async function answerStamp(site: Site, request: Request, quoted: Post): Promise<Response> {
  const quotingId = readId(parameter(request, 'quoting'))
  const quoting = await findPost(site.ctx.store.read, quotingId)
  if (quoting?.quote_of_id !== quoted.id || quoting.quote_state !== 'accepted') throw notFound()
  const author = (await loadReferred(site.ctx.store.read, [quoted.id])).get(quoted.id)
  if (!author) throw notFound()
  const stamp = writeQuoteStamp({
    uri: quoteStamp(quoted.uri, quoting.id),
    authorUri: author.authorUri,
    quotedUri: quoted.uri,
    quotingUri: quoting.uri,
  })
  return answerDocument(site, request, stamp, { open: isOpenPost(quoted) })
}
