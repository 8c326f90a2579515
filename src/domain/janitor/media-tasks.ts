// Removes copies of other servers' media by age and by size, uploads that nobody used, and unused link previews.
import { listCardsAfter, removeUnusedCards } from '../../store/prune-cards.ts'
import {
  forgetCopies,
  listCopiesAfter,
  listFreeMedia,
  listPlannedTexts,
  removeFreeMedia,
} from '../../store/prune-media.ts'
import type { Copy, FreeMedia } from '../../store/prune-media.ts'
import { DAY_MS, daysAgo, dropFiles, readPlace } from './task.ts'
import type { Broom, Task } from './task.ts'

const CHUNK = 200
const WIDE_CHUNK = 2000

async function drop(broom: Broom, copies: readonly Copy[], unusedSince: number): Promise<number> {
  const ids = copies.map((copy) => copy.id)
  const { count, keys } = await broom.ctx.store.write((tx) => forgetCopies(tx, ids, unusedSince))
  await dropFiles(broom, keys)
  return count
}

const oldCopies: Task = {
  name: 'copies of media by age',
  async step(broom, from) {
    const before = daysAgo(broom, broom.retention.mediaCacheDays)
    const [cachedAt, id] = readPlace(from) ?? [0, 0]
    const page = await listCopiesAfter(broom.ctx.store.read, { cachedAt, id }, CHUNK)
    const old = page.filter((copy) => copy.usedAt < before)
    const count = old.length === 0 ? 0 : await drop(broom, old, before)
    const last = page.at(-1)
    if (page.length < CHUNK || !last || last.cachedAt >= before) return { count }
    return { count, next: `${last.cachedAt}-${last.id}` }
  },
}

/** Makes room for a tenth beyond what is over, so that it is not full again at once. */
const largeCache: Task = {
  name: 'copies of media by size',
  async step(broom) {
    const { ctx, retention } = broom
    const copies: Copy[] = []
    let total = 0
    let page: Copy[] = []
    do {
      const { cachedAt, id } = page.at(-1) ?? { cachedAt: 0, id: 0 }
      page = await listCopiesAfter(ctx.store.read, { cachedAt, id }, WIDE_CHUNK)
      for (const copy of page) {
        copies.push(copy)
        total += copy.bytes
      }
    } while (page.length === WIDE_CHUNK)
    if (total <= retention.mediaCacheBytes) return { count: 0 }
    copies.sort((a, b) => a.usedAt - b.usedAt)
    let excess = total - retention.mediaCacheBytes * 0.9
    const victims = copies.filter((copy) => {
      const isOver = excess > 0
      excess -= copy.bytes
      return isOver
    })
    let count = 0
    // Whatever was looked at since it was counted stays.
    const now = ctx.clock.now() + 1
    for (let first = 0; first < victims.length; first += CHUNK)
      count += await drop(broom, victims.slice(first, first + CHUNK), now)
    return { count }
  },
}

const freeUploads: Task = {
  name: 'uploads that no post has',
  async step(broom, from) {
    const { ctx } = broom
    const [start, afterId] = readPlace(from) ?? [0, 0]
    const window = { from: start, afterId, before: ctx.clock.now() - DAY_MS }
    const page = await listFreeMedia(ctx.store.read, window, CHUNK)
    const planned = await listPlanned(broom, page)
    const ids = page.map((media) => media.id).filter((id) => !planned.has(id))
    const { count, keys } = await ctx.store.write((tx) => removeFreeMedia(tx, ids))
    await dropFiles(broom, keys)
    const last = page.at(-1)
    if (page.length < CHUNK || !last) return { count }
    return { count, next: `${last.createdAt}-${last.id}` }
  },
}

/** Media of posts that wait to be published, and of drafts. */
async function listPlanned({ ctx }: Broom, media: readonly FreeMedia[]): Promise<Set<number>> {
  const accountIds = [...new Set(media.map((one) => one.accountId))]
  const planned = accountIds.length === 0 ? [] : await listPlannedTexts(ctx.store.read, accountIds)
  return new Set(planned.flatMap(({ params }) => (params.match(/\d{6,16}/g) ?? []).map(Number)))
}

const unusedCards: Task = {
  name: 'link previews that no post has',
  async step(broom, from) {
    const ids = await listCardsAfter(broom.ctx.store.read, Number(from || 0), CHUNK)
    const before = daysAgo(broom, 7)
    const { count, keys } = await broom.ctx.store.write((tx) => removeUnusedCards(tx, ids, before))
    await dropFiles(broom, keys)
    const last = ids.at(-1)
    return ids.length < CHUNK || last === undefined ? { count } : { count, next: String(last) }
  },
}

/** What `folkmoot media prune` does at once. */
export const cacheTasks: readonly Task[] = [oldCopies, largeCache]

export const mediaTasks: readonly Task[] = [...cacheTasks, freeUploads, unusedCards]
