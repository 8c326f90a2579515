// Answers with threads, hashtags, custom emoji, and single likes and boosts.
import type { Context as Request, Hono } from 'hono'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import { notFound } from '../../../model/refusal.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import {
  findEmojis,
  findPost,
  findReactionById,
  loadAddresses,
  loadReferred,
} from '../../../domain/federation/outgoing-rows.ts'
import { pageTagged, pageThread } from '../../../domain/federation/open-collections.ts'
import type { ListedPost } from '../../../domain/federation/open-collections.ts'
import { writeCustomEmoji } from '../load-account.ts'
import { writeBoost } from '../outbox/boosts.ts'
import { writeReaction } from '../write/activity.ts'
import { addressTo } from '../write/audience.ts'
import { writeCollection, writePage } from '../write/collection.ts'
import { writeEmoji } from '../write/tags.ts'
import type { Document } from '../write/types.ts'
import { answerDocument, handle, identify, parameter, readId, readMaxId, wantsDocument } from './answer.ts'
import type { Site } from './answer.ts'
import { findVisiblePost } from './find-local.ts'
import { pageId } from './posts.ts'

const PAGE = 40

export function addSmallRoutes(server: Hono, site: Site): void {
  const { ctx } = site
  const document = (path: string, write: (request: Request) => Promise<Document>): void => {
    server.get(
      path,
      handle(async (request) => {
        const found = await write(request)
        return answerDocument(site, request, found, { open: true })
      }),
    )
  }
  document('/contexts/:id', (request) => writeThread(site, request))
  document('/activities/boost/:id', (request) => writeOneBoost(site, request))
  document('/activities/:kind{like|dislike|reaction}/:id', (request) => writeOneReaction(site, request))
  document('/emojis/:id', async (request) => {
    await identify(site, request)
    const [emoji] = await findEmojis(ctx.store.read, [readId(parameter(request, 'id'))])
    const outgoing = emoji && writeCustomEmoji(ctx, emoji)
    if (!outgoing) throw notFound()
    return writeEmoji(outgoing)
  })
  server.get('/tags/:name', async (request, next) => {
    if (!wantsDocument(request.req.header('accept'))) return next()
    return handle(async () => answerDocument(site, request, await writeTag(site, request), { open: true }))(
      request,
      next,
    )
  })
}

/** A thread that began here, as a collection (FEP-7888) of what everyone may see of it. */
async function writeThread(site: Site, request: Request): Promise<Document> {
  const { ctx } = site
  const threadId = readId(parameter(request, 'id'))
  const signer = await identify(site, request)
  const root = await findVisiblePost(ctx, signer, threadId)
  if (root.thread_id !== threadId || !isOpen(root.audience as Audience)) throw notFound()
  const author = (await loadReferred(ctx.store.read, [root.id])).get(root.id)
  const id = ctx.urls.thread(threadId)
  const page = await writeListed(request, id, (window) => pageThread(ctx.store.read, threadId, window))
  return author && page['type'] === 'OrderedCollection' ? { ...page, attributedTo: author.authorUri } : page
}

async function writeTag(site: Site, request: Request): Promise<Document> {
  await identify(site, request)
  const name = normalizeTag(parameter(request, 'name'))
  if (name === undefined) throw notFound()
  const { ctx } = site
  return writeListed(request, ctx.urls.tag(name), (window) => pageTagged(ctx.store.read, name, window))
}

async function writeListed(
  request: Request,
  id: string,
  list: (window: { maxId?: number; limit: number }) => Promise<ListedPost[]>,
): Promise<Document> {
  const window = { ...readMaxId(request), limit: PAGE }
  if (request.req.query('page') === undefined && window.maxId === undefined) {
    return writeCollection(id, { first: pageId(id) })
  }
  const listed = await list(window)
  const last = listed.length === PAGE ? listed.at(-1) : undefined
  return writePage(pageId(id, window.maxId), {
    partOf: id,
    items: listed.map((post) => post.uri),
    ...(last === undefined ? {} : { next: pageId(id, last.id) }),
  })
}

async function writeOneBoost(site: Site, request: Request): Promise<Document> {
  const { ctx } = site
  const signer = await identify(site, request)
  const boost = await findVisiblePost(ctx, signer, readId(parameter(request, 'id')), { boosts: true })
  const original =
    boost.boost_of_id === null
      ? undefined
      : (await loadReferred(ctx.store.read, [boost.boost_of_id])).get(boost.boost_of_id)
  const booster = (await loadAddresses(ctx.store.read, [boost.account_id])).get(boost.account_id)
  if (!original || !booster || !isOpen(boost.audience as Audience)) throw notFound()
  return writeBoost({
    uri: boost.uri,
    actor: booster.uri,
    followersUri: booster.followersUri ?? ctx.urls.followers(booster.username),
    audience: boost.audience,
    originalUri: original.uri,
    authorUri: original.authorUri,
    publishedAt: boost.published_at,
  })
}

async function writeOneReaction(site: Site, request: Request): Promise<Document> {
  const { ctx } = site
  await identify(site, request)
  const reaction = await findReactionById(ctx.store.read, readId(parameter(request, 'id')))
  const post = reaction && (await findPost(ctx.store.read, reaction.post_id))
  const actor =
    reaction && (await loadAddresses(ctx.store.read, [reaction.account_id])).get(reaction.account_id)
  const author = post && (await loadReferred(ctx.store.read, [post.id])).get(post.id)
  if (!reaction || !post || !author || actor?.domain !== '') throw notFound()
  if (!isOpen(post.audience as Audience) || post.local_only === 1) throw notFound()
  const id = reaction.uri ?? ctx.urls.activity('like', reaction.id)
  const envelope = { id, actor: actor.uri, addressing: addressTo([author.authorUri], { open: true }) }
  return writeReaction(reaction.kind, envelope, { objectUri: post.uri, emoji: reaction.emoji })
}
