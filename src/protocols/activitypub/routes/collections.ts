// Answers with the collections of an account: outbox, followers, following, pins, featured hashtags.
import type { Context as Request, Hono } from 'hono'
import { notFound, Refusal } from '../../../model/refusal.ts'
import type { Account, FollowEdge } from '../../../domain/federation/outgoing-rows.ts'
import {
  isBlockedBy,
  listFeaturedTagNames,
  listFollowersOfHost,
  listOpenPins,
  pageAuthored,
} from '../../../domain/federation/open-collections.ts'
import type { ListedPost } from '../../../domain/federation/open-collections.ts'
import {
  findPosts,
  loadAddresses,
  loadReferred,
  pageFollowers,
  pageFollowing,
} from '../../../domain/federation/outgoing-rows.ts'
import { loadOutgoing } from '../load.ts'
import { writeBoost } from '../outbox/boosts.ts'
import { writeCreate } from '../write/activity.ts'
import { writeCollection, writePage, writeWhole } from '../write/collection.ts'
import { writeNote } from '../write/note.ts'
import type { Document } from '../write/types.ts'
import { answerDocument, handle, identify, parameter, readMaxId } from './answer.ts'
import type { Signer, Site } from './answer.ts'
import { findActiveAccount } from './find-local.ts'
import { pageId } from './posts.ts'

const POSTS_PAGE = 20
const PEOPLE_PAGE = 100
const MAX_PINS = 50
const SYNCHRONIZATION = 'followers_synchronization'

export function addCollectionRoutes(server: Hono, site: Site): void {
  const { ctx } = site
  const collection = (
    path: string,
    write: (account: Account, request: Request, signer: Signer | undefined) => Promise<Document>,
  ): void => {
    server.get(
      `/users/:name/${path}`,
      handle(async (request) => {
        const signer = await identify(site, request)
        const account = await findActiveAccount(ctx, parameter(request, 'name'))
        const isShared = path !== SYNCHRONIZATION
        // Servers must agree on followers whoever of them asks; everything else is kept from the blocked.
        if (isShared && signer && (await isBlockedBy(ctx.store.read, account.id, signer))) throw notFound()
        const document = await write(account, request, signer)
        return answerDocument(site, request, document, { open: isShared })
      }),
    )
  }
  collection('outbox', (account, request) => writeOutbox(site, account, request))
  collection('followers', (account, request) =>
    writePeople(site, request, {
      account,
      id: ctx.urls.followers(account.username),
      totalItems: account.followers_count,
      page: (window) => pageFollowers(ctx.store.read, account.id, window),
    }),
  )
  collection('following', (account, request) =>
    writePeople(site, request, {
      account,
      id: ctx.urls.following(account.username),
      totalItems: account.following_count,
      page: (window) => pageFollowing(ctx.store.read, account.id, window),
    }),
  )
  collection('collections/featured', async (account) => {
    const ids = await listOpenPins(ctx.store.read, account.id, MAX_PINS)
    const posts = await loadOutgoing(ctx, ctx.store.read, ids)
    return writeWhole(ctx.urls.featured(account.username), posts.map(writeNote))
  })
  collection('collections/tags', async (account) => {
    const tags = await listFeaturedTagNames(ctx.store.read, account.id)
    const items = tags.map((tag) => ({
      type: 'Hashtag',
      href: ctx.urls.tag(tag.name),
      name: `#${tag.displayName}`,
    }))
    return writeWhole(ctx.urls.featuredTags(account.username), items, false)
  })
  collection(SYNCHRONIZATION, async (account, _, signer) => {
    if (!signer)
      throw new Refusal('unauthorized', 'This collection is for the server that signed the request')
    const items = await listFollowersOfHost(
      ctx.store.read,
      account.id,
      new URL(signer.uri).host.toLowerCase(),
    )
    return writeWhole(`${ctx.urls.account(account.username)}/${SYNCHRONIZATION}`, items)
  })
}

async function writeOutbox({ ctx }: Site, account: Account, request: Request): Promise<Document> {
  const id = ctx.urls.outbox(account.username)
  const window = { ...readMaxId(request), limit: POSTS_PAGE }
  if (request.req.query('page') === undefined && window.maxId === undefined) {
    return writeCollection(id, { totalItems: account.posts_count, first: pageId(id) })
  }
  const listed = await pageAuthored(ctx.store.read, account.id, window)
  const last = listed.length === POSTS_PAGE ? listed.at(-1) : undefined
  return writePage(pageId(id, window.maxId), {
    partOf: id,
    items: await writeActivities({ ctx }, account, listed),
    ...(last === undefined ? {} : { next: pageId(id, last.id) }),
  })
}

/** Create or Announce of each, without context of its own. */
export async function writeActivities(
  { ctx }: Pick<Site, 'ctx'>,
  account: Account,
  listed: readonly Pick<ListedPost, 'id' | 'uri' | 'boostOfId'>[],
): Promise<Document[]> {
  const boosts = listed.filter((post) => post.boostOfId !== null)
  const own = await loadOutgoing(
    ctx,
    ctx.store.read,
    listed.map((post) => post.id),
  )
  const creates = new Map(own.map((post) => [post.uri, writeCreate(post)]))
  const originals = await loadReferred(
    ctx.store.read,
    boosts.flatMap((boost) => boost.boostOfId ?? []),
  )
  const rows = new Map(
    (
      await findPosts(
        ctx.store.read,
        boosts.map((boost) => boost.id),
      )
    ).map((row) => [row.id, row]),
  )
  return listed.flatMap((post): Document[] => {
    const original = post.boostOfId === null ? undefined : originals.get(post.boostOfId)
    const row = rows.get(post.id)
    const create = creates.get(post.uri)
    if (!original || !row) return create === undefined ? [] : [create]
    const boost = writeBoost({
      uri: post.uri,
      actor: account.uri,
      followersUri: ctx.urls.followers(account.username),
      audience: row.audience,
      originalUri: original.uri,
      authorUri: original.authorUri,
      publishedAt: row.published_at,
    })
    return [boost]
  })
}

interface People {
  account: Account
  id: string
  totalItems: number
  page: (window: { maxId?: number; limit: number }) => Promise<FollowEdge[]>
}

/** Who hides these shows their number alone. */
async function writePeople({ ctx }: Site, request: Request, people: People): Promise<Document> {
  const { account, id, totalItems } = people
  const window = { ...readMaxId(request), limit: PEOPLE_PAGE }
  const isPage = request.req.query('page') !== undefined || window.maxId !== undefined
  if (account.hide_collections === 1) {
    if (isPage) throw notFound()
    return writeCollection(id, { totalItems })
  }
  if (!isPage) return writeCollection(id, { totalItems, first: pageId(id) })
  const edges = await people.page(window)
  const addresses = await loadAddresses(
    ctx.store.read,
    edges.map((edge) => edge.accountId),
  )
  const last = edges.length === PEOPLE_PAGE ? edges.at(-1) : undefined
  return writePage(pageId(id, window.maxId), {
    partOf: id,
    totalItems,
    items: edges.flatMap((edge) => addresses.get(edge.accountId)?.uri ?? []),
    ...(last === undefined ? {} : { next: pageId(id, last.id) }),
  })
}
