// Boosts: a local account or one of another server spreads a post to its own followers.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { isDeleted } from '../../store/post-rows.ts'
import { findAuthor } from '../../store/post-authors.ts'
import {
  addToPostCounter,
  countPostOf,
  findBoost,
  findPost,
  findPostByUri,
  insertPost,
} from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { activeAuthor, localAuthor } from './active-author.ts'
import { canSee, seeOriginal } from './see-post.ts'

/** `boostId` is a post of its own, which stands in feeds; boosting twice gives the same one. */
export interface Boosted {
  boostId: number
  postId: number
  isNew: boolean
}

/** `audience` is public where nothing is said; a post seen by followers only is boosted for them only. */
export async function boostPost(
  ctx: Context,
  accountId: number,
  postId: number,
  audience?: Audience,
): Promise<Boosted> {
  const booster = await localAuthor(ctx, accountId)
  const original = await seeOriginal(ctx.store.read, booster, postId)
  if (original.local_only === 1 && !isOpen(original.audience as Audience)) throw notBoostable()
  return ctx.store.write((tx) => {
    const id = ctx.ids.next()
    const uri = ctx.urls.activity('boost', id)
    const chosen = { id, uri, accountId, isLocal: true, publishedAt: ctx.clock.now() }
    return storeBoost(ctx, tx, original.id, { ...chosen, audience: audience ?? 'public' })
  })
}

export interface IncomingBoost {
  uri: string
  accountId: number
  postId: number
  publishedAt: number
  audience: Audience
}

/** A boost by an account of another server. Refuses what it may not see, and boosts that were undone before. */
export async function receiveBoost(ctx: Context, incoming: IncomingBoost): Promise<Boosted> {
  const booster = await activeAuthor(ctx.store.read, incoming.accountId)
  if (booster.domain === '') throw new Refusal('forbidden', 'Our own people do not boost from elsewhere')
  return ctx.store.write(async (tx) => {
    const known = await findPostByUri(tx, incoming.uri)
    if (known) return existingBoost(known, incoming.accountId)
    if (await isDeleted(tx, incoming.uri)) throw new Refusal('gone', 'This boost was undone')
    const named = await findPost(tx, incoming.postId)
    const original = named?.boost_of_id ? await findPost(tx, named.boost_of_id) : named
    if (!original || !(await canSee(tx, booster, original))) throw notFound()
    const id = ctx.ids.at(incoming.publishedAt)
    return storeBoost(ctx, tx, original.id, { ...incoming, id, isLocal: false })
  })
}

function existingBoost(known: Post, accountId: number): Boosted {
  if (known.boost_of_id === null || known.account_id !== accountId) {
    throw new Refusal('conflict', 'This address belongs to something else')
  }
  return { boostId: known.id, postId: known.boost_of_id, isNew: false }
}

interface Wanted {
  id: number
  uri: string
  accountId: number
  isLocal: boolean
  publishedAt: number
  audience: Audience
}

/** Counting first makes two boosts of the same post wait for each other, so that only one comes to be. */
async function storeBoost(ctx: Context, tx: Tx, postId: number, wanted: Wanted): Promise<Boosted> {
  const before = await findBoost(tx, postId, wanted.accountId)
  if (before) return { boostId: before.id, postId, isNew: false }
  await addToPostCounter(tx, postId, 'boosts_count', 1)
  const meanwhile = await findBoost(tx, postId, wanted.accountId)
  if (meanwhile) {
    await addToPostCounter(tx, postId, 'boosts_count', -1)
    return { boostId: meanwhile.id, postId, isNew: false }
  }
  const original = await findPost(tx, postId)
  if (!original) throw notFound()
  const audience = boostAudience(original, wanted)
  const boostId = await insertBoost(ctx, tx, original, { ...wanted, audience })
  await countPostOf(tx, wanted.accountId, 1, wanted.publishedAt)
  const { accountId } = wanted
  await recordFact(ctx, tx, { type: 'post-boosted', boostId, postId, accountId })
  return { boostId, postId, isNew: true }
}

/** A boost never reaches further than the post. */
function boostAudience(original: Post, wanted: Wanted): Audience {
  if (isOpen(original.audience as Audience)) {
    return isOpen(wanted.audience) || wanted.audience === 'followers' ? wanted.audience : 'followers'
  }
  if (original.audience !== 'followers' || original.account_id !== wanted.accountId) throw notBoostable()
  return 'followers'
}

function notBoostable(): Refusal {
  return new Refusal('forbidden', 'This post cannot be boosted')
}

const MAX_TRIES = 5

async function insertBoost(ctx: Context, tx: Tx, original: Post, wanted: Wanted): Promise<number> {
  const author = await findAuthor(tx, wanted.accountId)
  if (!author) throw notFound()
  const now = ctx.clock.now()
  let { id } = wanted
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const isStored = await insertPost(tx, {
      id,
      uri: wanted.uri,
      url: wanted.isLocal ? ctx.urls.postPage(author.username, id) : null,
      account_id: wanted.accountId,
      local: wanted.isLocal ? 1 : 0,
      local_only: original.local_only,
      audience: wanted.audience,
      thread_id: id,
      boost_of_id: original.id,
      published_at: Math.min(wanted.publishedAt, now),
      created_at: now,
    })
    if (isStored) return id
    id = ctx.ids.next()
  }
  throw new Refusal('conflict', 'This boost could not be stored')
}
