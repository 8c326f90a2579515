// Reads the public posts that share a link which many people share at present.
import type { IdWindow } from '../../model/page.ts'
import { notFound } from '../../model/refusal.ts'
import { findCardByUrl } from '../../store/cards.ts'
import { pageSharing } from '../../store/trends.ts'
import type { Context } from '../context.ts'
import { readTrends } from '../trends/find-trends.ts'
import { publicReader } from './public-reader.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

/** Refuses links that are not popular with "not found": nobody shall look up who shared just any page. */
export async function linkTimeline(
  ctx: Context,
  viewerId: number | undefined,
  url: string,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const card = await findCardByUrl(db, url)
  const { links } = await readTrends(ctx)
  if (!card || !links.some((link) => link.cardId === card.id)) throw notFound()
  const reader = await publicReader(ctx, viewerId)
  return readTimeline(db, reader, (next) => pageSharing(db, card.id, next), window)
}
