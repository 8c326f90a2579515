// Adds, changes and removes single words of a filter.
import type { FilterKeyword } from '../../model/filter.ts'
import { deleteKeyword, putKeyword } from '../../store/filters.ts'
import type { Context } from '../context.ts'
import { checkKeyword, checkRoom } from './check-filter.ts'
import { changeFilters, filterAmong, keywordAmong } from './own-filters.ts'

export interface Word {
  keyword: string
  wholeWord?: boolean | undefined
}

export async function addKeyword(
  ctx: Context,
  owned: { accountId: number; filterId: number },
  word: Word,
): Promise<FilterKeyword> {
  return changeFilters(ctx, owned.accountId, async (tx, filters) => {
    const { id: filterId } = filterAmong(filters, owned.filterId)
    checkRoom(filters, filterId, 1)
    const keyword = checkKeyword(word.keyword)
    const added = { id: ctx.ids.next(), filterId, keyword, wholeWord: word.wholeWord ?? true }
    await putKeyword(tx, added)
    return added
  })
}

export async function changeKeyword(
  ctx: Context,
  owned: { accountId: number; id: number },
  word: Word,
): Promise<FilterKeyword> {
  return changeFilters(ctx, owned.accountId, async (tx, filters) => {
    const known = keywordAmong(filters, owned.id)
    const changed = {
      ...known,
      keyword: checkKeyword(word.keyword),
      wholeWord: word.wholeWord ?? known.wholeWord,
    }
    await putKeyword(tx, changed)
    return changed
  })
}

export async function removeKeyword(ctx: Context, accountId: number, id: number): Promise<void> {
  await changeFilters(ctx, accountId, (tx, filters) => deleteKeyword(tx, keywordAmong(filters, id).id))
}
