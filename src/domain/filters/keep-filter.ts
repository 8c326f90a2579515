// Makes and changes filters, with the words that a client sends along.
import type { Filter } from '../../model/filter.ts'
import { Refusal } from '../../model/refusal.ts'
import { deleteFilter, deleteKeyword, insertFilter, putKeyword, updateFilter } from '../../store/filters.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { checkFilter, checkKeyword, checkRoom } from './check-filter.ts'
import type { FilterWish } from './check-filter.ts'
import { FILTER_LIMITS } from './limits.ts'
import { changeFilters, filterAmong, keywordAmong, ownFilter } from './own-filters.ts'

/** A word to add, or (with an id) to change or take away. */
export interface KeywordWish {
  id?: number
  keyword?: string
  wholeWord?: boolean
  remove?: boolean
}

export async function createFilter(
  ctx: Context,
  accountId: number,
  wish: FilterWish,
  keywords: readonly KeywordWish[],
): Promise<Filter> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  await changeFilters(ctx, accountId, async (tx, filters) => {
    if (filters.length >= FILTER_LIMITS.filters)
      throw new Refusal('invalid', `You can have at most ${FILTER_LIMITS.filters} filters`)
    await insertFilter(tx, { id, accountId, ...checkFilter(wish, now) }, now)
    await keepKeywords(ctx, tx, { filters, filterId: id, keywords })
  })
  return ownFilter(ctx, accountId, id)
}

/** What the wish leaves out stays as it is. */
export async function changeFilter(
  ctx: Context,
  owned: { accountId: number; id: number },
  wish: Partial<FilterWish>,
  keywords: readonly KeywordWish[],
): Promise<Filter> {
  const { accountId, id } = owned
  await changeFilters(ctx, accountId, async (tx, filters) => {
    const old = filterAmong(filters, id)
    const whole = {
      title: wish.title ?? old.title,
      contexts: wish.contexts ?? old.contexts,
      action: wish.action ?? old.action,
      expiresIn: wish.expiresIn,
    }
    await updateFilter(tx, { id, accountId, ...checkFilter(whole, ctx.clock.now(), old.expiresAt) })
    await keepKeywords(ctx, tx, { filters, filterId: id, keywords })
  })
  return ownFilter(ctx, accountId, id)
}

export async function removeFilter(ctx: Context, accountId: number, id: number): Promise<void> {
  await changeFilters(ctx, accountId, (tx, filters) => deleteFilter(tx, filterAmong(filters, id).id))
}

interface Keeping {
  filters: readonly Filter[]
  filterId: number
  keywords: readonly KeywordWish[]
}

async function keepKeywords(ctx: Context, tx: Tx, keeping: Keeping): Promise<void> {
  const { filterId, keywords } = keeping
  const own = keeping.filters.filter((filter) => filter.id === filterId)
  const removed = keywords.filter((wish) => wish.id !== undefined && wish.remove === true)
  const added = keywords.filter((wish) => wish.id === undefined && wish.remove !== true)
  checkRoom(keeping.filters, filterId, added.length - removed.length)
  for (const wish of keywords) {
    const known = wish.id === undefined ? undefined : keywordAmong(own, wish.id)
    if (wish.remove === true) {
      if (known) await deleteKeyword(tx, known.id)
      continue
    }
    await putKeyword(tx, {
      id: known?.id ?? ctx.ids.next(),
      filterId,
      keyword: checkKeyword(wish.keyword ?? known?.keyword ?? ''),
      wholeWord: wish.wholeWord ?? known?.wholeWord ?? true,
    })
  }
}
