// Gives a post the preview of the page it links to; each page is read once for all posts, and again after a week.
import { findPost } from '../../store/posts.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import { claimCard, findCardByUrl, keepCard, linkCard, unlinkCard } from '../../store/cards.ts'
import type { CardRow } from '../../store/cards.ts'
import type { Context } from '../context.ts'
import { findCreator } from './find-creator.ts'
import { firstLink } from './first-link.ts'
import { previewLater } from './preview-soon.ts'
import { readPage } from './read-page.ts'
import type { FetchPage } from './read-page.ts'

const MINUTE_MS = 60_000
const FRESH_MS = 7 * 86_400_000
/** A page that said nothing may say something a day later. */
const FAILED_MS = 86_400_000
/** Whoever reads a page has an answer by then. */
const CLAIM_MS = 2 * MINUTE_MS
/** Then whoever waits for somebody else's reading looks again. */
const WAIT_MS = 15_000
const MOST_PER_MINUTE = 60

/** How many pages were read in the current minute. */
const paces = new WeakMap<object, { minute: number; count: number }>()

function mayRead(ctx: Context): boolean {
  const minute = Math.floor(ctx.clock.now() / MINUTE_MS)
  const known = paces.get(ctx.store)
  const pace = known?.minute === minute ? known : { minute, count: 0 }
  paces.set(ctx.store, pace)
  pace.count += 1
  return pace.count <= MOST_PER_MINUTE
}

export async function previewLink(ctx: Context, fetchPage: FetchPage, postId: number): Promise<void> {
  const db = ctx.store.read
  const post = await findPost(db, postId)
  if (!post) return
  const url = firstLink(post, new URL(ctx.config.origin).host)
  if (url === undefined || (await listMediaOf(db, postId)).length > 0) {
    await ctx.store.write((tx) => unlinkCard(tx, postId))
    return
  }
  const known = await settled(ctx, url)
  if (known) return show(ctx, postId, known)
  if (!mayRead(ctx)) return again(ctx, postId, MINUTE_MS)
  const claim = await claimPage(ctx, url)
  if (claim === undefined) return again(ctx, postId, WAIT_MS)
  await read(ctx, fetchPage, claim, url)
  const card = await findCardByUrl(db, url)
  if (card) await show(ctx, postId, card)
}

async function again(ctx: Context, postId: number, delayMs: number): Promise<void> {
  await ctx.store.write((tx) => previewLater(ctx, tx, postId, delayMs))
}

/** The card when it is as fresh as it need be. */
async function settled(ctx: Context, url: string): Promise<CardRow | undefined> {
  const card = await findCardByUrl(ctx.store.read, url)
  if (!card || card.state === 'pending') return undefined
  const age = ctx.clock.now() - (card.fetched_at ?? card.created_at)
  return age < (card.state === 'ready' ? FRESH_MS : FAILED_MS) ? card : undefined
}

/** Undefined when somebody else reads the page already. */
async function claimPage(ctx: Context, url: string): Promise<number | undefined> {
  const now = ctx.clock.now()
  const claim = { id: ctx.ids.next(), url, now, since: now - CLAIM_MS }
  return ctx.store.write((tx) => claimCard(tx, claim))
}

async function read(ctx: Context, fetchPage: FetchPage, id: number, url: string): Promise<void> {
  const found = await readPage(fetchPage, url).catch((error: unknown) => {
    ctx.log.debug({ error, url }, 'a page could not be previewed')
    return undefined
  })
  const creatorId = found?.creator === undefined ? undefined : await findCreator(ctx, found.creator, url)
  const kept = found && creatorId !== undefined ? { ...found, card: { ...found.card, creatorId } } : found
  await ctx.store.write((tx) => keepCard(tx, id, kept ?? null, ctx.clock.now()))
}

/** A post may have been edited or deleted while its page was read. */
async function show(ctx: Context, postId: number, card: CardRow): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await findPost(tx, postId)
    const isSame = post && firstLink(post, new URL(ctx.config.origin).host) === card.url
    if (isSame && card.state === 'ready') await linkCard(tx, postId, card.id)
    else await unlinkCard(tx, postId)
  })
}
