// Has the page that a post links to read after a while, so that a popular link does not meet all servers at once.
import { randomInt } from 'node:crypto'
import type { Fact } from '../../model/facts.ts'
import { hasCard } from '../../store/cards.ts'
import type { Context } from '../context.ts'
import { toldPost } from '../posts/told-post.ts'
import type { Tx } from '../ports.ts'
import { firstLink } from './first-link.ts'

export const CARDS_QUEUE = 'cards'
export const PREVIEW_LINK = 'preview-link'

const SOONEST_MS = 5000
const LATEST_MS = 60_000

export async function previewSoon(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type !== 'post-published' && fact.type !== 'post-edited') return
  const told = await toldPost(tx, fact, fact.postId)
  if (!told || told.post.boost_of_id !== null) return
  const link = firstLink(told.post, new URL(ctx.config.origin).host)
  const isStale = fact.type === 'post-edited' && (await hasCard(tx, fact.postId))
  if (link === undefined && !isStale) return
  await previewLater(ctx, tx, fact.postId, randomInt(SOONEST_MS, LATEST_MS))
}

/** Once for each post, however often it is asked for. */
export async function previewLater(ctx: Context, tx: Tx, postId: number, delayMs: number): Promise<void> {
  await ctx.jobs.add(tx, {
    queue: CARDS_QUEUE,
    kind: PREVIEW_LINK,
    key: `${PREVIEW_LINK} ${postId}`,
    payload: { postId },
    runAt: ctx.clock.now() + delayMs,
  })
}
